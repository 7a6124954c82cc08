"""No more reminders: by the link in the letter, without an account, and with nothing told of it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from hearth.access.gate import PageRequest, public_page
from hearth.kit.spoken import in_language
from hearth.listening.actions.reminding import want_no_more
from hearth.listening.views.door import around, slot_in, survey_of
from hearth.schools.models import District


@public_page(methods=("GET", "POST"))
def quiet(request: PageRequest, district: District, key: UUID, ticket: str) -> HttpResponse:
    """Do you want no more reminders? Pressed twice, it is the same."""
    survey = survey_of(key)
    if "lang" in request.GET and request.method != "POST":
        return in_language(request)
    slot = slot_in(survey, ticket)
    if slot is None:
        raise Http404
    if request.method == "POST":
        if survey.takes_answers(timezone.localdate()):
            want_no_more(survey=survey, slot=slot)
        return redirect(f"{request.path}?done=1")
    facts = around(request, survey) | {
        "done": "done" in request.GET,
        "own": reverse("say:own", args=[district.slug, key, ticket]),
    }
    return render(request, "listening/quiet.html", facts)
