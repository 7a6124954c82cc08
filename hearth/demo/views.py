"""Sign in as a member of the cast with one click. These addresses exist in the demo alone."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hearth.access.models import User
from hearth.access.roles import ROLES
from hearth.demo.cast import BY_KEY
from hearth.demo.settle import SIGNS_IN, YOUNG_WITHOUT_LOGIN
from hearth.demo.words import came_to


@require_safe
@never_cache
def cast(request: HttpRequest) -> HttpResponse:
    """Everybody who can be tried out, each with what they came to do."""
    members = [
        {"key": m.key, "name": m.name, "role": ROLES[m.role].name, "came_to": came_to(m.key)}
        for m in SIGNS_IN
        if m.key not in YOUNG_WITHOUT_LOGIN
    ]
    return render(request, "demo/cast.html", {"members": members})


@require_POST
def sign_in(request: HttpRequest, key: str) -> HttpResponse:
    if key not in BY_KEY:
        raise Http404
    user = get_object_or_404(User, email=BY_KEY[key].email, district__is_demo=True)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("today")
