"""What a family with an account allowed, what was shared under it, and taking it back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.partners.actions import consent as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.front.at_home import allowed_about
from hearth.partners.models import Consent
from hearth.people.models import Student
from hearth.people.models.team import own_children


@page(May.SEE_OWN_CHILD, families=True)
def at_home(request: PageRequest, student: int) -> HttpResponse:
    """What may partners know about my child, and what did they get?"""
    rows = Student.objects.visible_to(request.user).filter(pk__in=own_children(request.user))
    found = get_object_or_404(rows.select_related("person"), pk=student)
    looked(request, found, page="what partners may know", why="This is their child.",
           student_id=found.pk)  # fmt: skip
    return render(
        request,
        "partners/at_home.html",
        {"student": found, "allowed": allowed_about(found, request.user, timezone.localdate())},
    )


@page(May.SEE_OWN_CHILD, methods=("POST",), families=True)
def say(request: PageRequest, pk: int) -> HttpResponse:
    """Yes or no to what was asked of me; or take back what anybody of the family allowed."""
    mine = Consent.objects.visible_to(request.user).filter(student__in=own_children(request.user))
    found = get_object_or_404(mine.select_related("student__person", "adult__person"), pk=pk)
    pressed = request.POST.get("answer", "")
    try:
        if pressed == "take_back":
            actions.take_back(consent=found, by=request.user)
            tell(request, _("It is taken back. From now on nothing of it is shared."))
        elif pressed in ("yes", "no"):
            _asked_of(request, found)
            actions.answer(
                consent=found, yes=pressed == "yes", way=Consent.Way.ACCOUNT, by=request.user
            )
            tell(request, _("Thank you. The school sees your answer."))
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    return redirect("out:at_home", found.student_id)


def _asked_of(request: PageRequest, found: Consent) -> None:
    if found.adult.person.user_id != request.user.pk:
        raise NotAllowed(_("This was asked of another adult of your family."))
