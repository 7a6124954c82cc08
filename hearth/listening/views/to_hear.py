"""What waits with the listening: a page, and a part of Today once that stands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.listening.reading.to_hear import to_hear


@page(May.RUN_LISTENING)
def waits(request: PageRequest) -> HttpResponse:
    """What must I read, and what did we promise to bring back?"""
    template = "listening/to_hear.html#list" if request.htmx else "listening/to_hear.html"  # type: ignore[attr-defined]
    return render(request, template, {"to_hear": to_hear(request.user, timezone.localdate())})
