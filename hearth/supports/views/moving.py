"""A student moves to another school: the referral goes along, to the team that is there."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.supports import actions
from hearth.supports.forms.legal import WhyForm
from hearth.supports.models import Referral
from hearth.supports.rules import NotAllowed


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def hand_over(request: PageRequest, pk: int) -> HttpResponse:
    """Let the team of the student's new school take the referral over."""
    rows = Referral.objects.where_team_may(request.user, May.WORK_REFERRALS).with_people()
    referral = get_object_or_404(rows, pk=pk)
    school = referral.student.school
    if school.pk == referral.school_id:
        raise Http404
    form = WhyForm(request.POST if request.method == "POST" else None)
    hand = partial(actions.hand_over_school, referral=referral, school=school, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            hand(**form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, _("The team of the new school has it now."))
            return redirect(reverse("supports:board"))
    return render(
        request,
        "supports/legal_act.html",
        {
            "student": referral.student,
            "form": form,
            "question": _("What should the team of %(school)s know first?")
            % {"school": school.name},
            "explain": _(
                "Nothing that was written is lost. Their team sees it from now on, and yours does "
                "not any more."
            ),
            "submit": _("Hand it over to that team"),
            "back": referral.get_absolute_url(),
        },
    )
