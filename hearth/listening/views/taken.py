"""What a survey told becomes something to sort, and something a finding may rest on."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.listening.actions import surveyed
from hearth.listening.actions.survey import NotAllowed
from hearth.listening.views.surveys import run_by


@page(May.RUN_LISTENING, methods=("POST",))
def take(request: PageRequest, pk: int) -> HttpResponse:
    """What a question told, or one text of it, becomes something a finding may rest on."""
    found = run_by(request, pk)
    question, _space, said = request.POST.get("of", "").partition(" ")
    try:
        surveyed.take(survey=found, question=question, said=said, by=request.user)
    except NotAllowed as refusal:
        tell(request, str(refusal))
    else:
        tell(request, _("It is among what you sort now, and a finding may rest on it."))
    return redirect("listening:results", pk=found.pk)
