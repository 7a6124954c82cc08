"""Two entries that look alike and are two people: say so, and take it back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.people import actions
from hearth.people.models import TwoPeople
from hearth.people.rules import NotAllowed
from hearth.people.views.merging import comparable


@page(May.MERGE_PEOPLE, methods=("POST",))
def keep_two(request: PageRequest, one: int, other: int) -> HttpResponse:
    """These are two people."""
    pair = comparable(request, one), comparable(request, other)
    try:
        said = actions.keep_two(one=pair[0], other=pair[1], by=request.user)
    except NotAllowed as refused:
        tell(request, str(refused), tone="attention")
    else:
        undo = reverse("people:ask_again", args=[said.pk])
        tell(request, _("We will not ask about these two again."), undo=undo)
    return redirect("people:duplicates")


@page(May.MERGE_PEOPLE, methods=("POST",))
def ask_again(request: PageRequest, pk: int) -> HttpResponse:
    """Perhaps they are one person after all."""
    said = get_object_or_404(TwoPeople, pk=pk)
    try:
        actions.ask_again(said=said, by=request.user)
    except NotAllowed as refused:
        tell(request, str(refused), tone="attention")
    else:
        tell(request, _("You can compare these two again."))
    return redirect("people:duplicates")
