"""How long somebody stays signed in, and what the page's warning needs to know of it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from hearth.access import rules

BEGAN = "signed_in_at"


def begin(request: HttpRequest) -> None:
    """The clock starts: this person has just shown who they are."""
    now = timezone.now()
    request.session[BEGAN] = now.isoformat()
    request.session.set_expiry(rules.session_ends(now=now, began=now))


def renew(request: HttpRequest) -> datetime:
    """Ten more hours, up to a day in all."""
    now = timezone.now()
    began = datetime.fromisoformat(request.session.setdefault(BEGAN, now.isoformat()))
    ends = rules.session_ends(now=now, began=began)
    request.session.set_expiry(ends)
    return ends


def seconds_until(ends: datetime) -> int:
    return max(0, int((ends - timezone.now()).total_seconds()))


def session_facts(request: HttpRequest) -> dict[str, Any]:
    """What kit/base.html needs to warn before the session ends; nothing for strangers."""
    if not request.user.is_authenticated:
        return {}
    return {
        "session_ends": int(request.session.get_expiry_date().timestamp()),
        "session_renew_url": reverse("access:session"),
    }
