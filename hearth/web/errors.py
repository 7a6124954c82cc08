"""Pages for when something is not there, not allowed, or broke: each says what to do next."""

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_read(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For what was refused before any page saw it; nothing of it is read again."""
    match exception:
        case DisallowedHost():
            what = "address"
        case RequestDataTooBig():
            what = "long"
        case TooManyFieldsSent() | TooManyFilesSent():
            what = "many"
        case _:
            what = "cut"
    words = {"what": what, "address": settings.HEARTH.address.rstrip("/")}
    return render(request, "web/errors/400.html", words, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also for what exists but may not be seen: the two must look the same."""
    return render(request, "web/errors/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/errors/403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/errors/csrf.html", status=403)


def broke(request: HttpRequest) -> HttpResponse:
    return render(request, "web/errors/500.html", status=500)
