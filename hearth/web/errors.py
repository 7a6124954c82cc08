"""Pages for when something is not there, not allowed, or broke: each says what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also for what exists but may not be seen: the two must look the same."""
    return render(request, "web/errors/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/errors/403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/errors/csrf.html", status=403)


def broke(request: HttpRequest) -> HttpResponse:
    return render(request, "web/errors/500.html", status=500)
