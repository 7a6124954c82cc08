"""Pages that bring several rooms together."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May


@page(May.SIGN_IN)
def today(request: PageRequest) -> HttpResponse:
    return render(request, "web/today.html")


def health(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})
