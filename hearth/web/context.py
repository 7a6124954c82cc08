"""What every page carries: navigation, who is here, whether this is a demonstration."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from hearth.access.permissions import May
from hearth.access.session import session_facts
from hearth.access.view_as import viewing_facts
from hearth.kit.spoken import of_families, of_the_house
from hearth.web.navigation import own_links, places


def surroundings(request: HttpRequest) -> dict[str, object]:
    """The slots of kit/base.html. Pages outside the gate (errors, sign-in) get the bare frame."""
    facts: dict[str, object] = {
        "demo": settings.HEARTH.is_demo,
        "set_language_url": reverse("access:language"),
        "languages_here": _languages_here(request),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "district_id"):
        return facts
    return {
        **facts,
        "person_name": user.name,
        "draft_owner": user.pk,
        "sign_out_url": reverse("account_logout"),
        "search_url": reverse("search") if user.may(May.SEE_STUDENTS) else "",
        "navigation": places(user, request.path),
        "person_links": own_links(user),
        **session_facts(request),
        **viewing_facts(request),
    }


def _languages_here(request: HttpRequest) -> dict[str, str]:
    """What this page can be read in. A page for families says so in its gate."""
    found = getattr(request, "resolver_match", None)
    return of_families() if getattr(getattr(found, "func", None), "families", 0) else of_the_house()
