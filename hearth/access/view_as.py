"""View-as: an administrator looks through somebody else's eyes, and sees what both may see."""

from typing import Any

from django.urls import reverse

from hearth.access.models import User
from hearth.access.permissions import May

SESSION_KEY = "viewing_as"


def put_on_glasses(request: Any) -> None:
    """While the session names somebody to view as, the request's user becomes that person."""
    wanted = request.session.get(SESSION_KEY)
    if not wanted or not request.user.may(May.VIEW_AS):
        return
    seen = User.objects.filter(
        pk=wanted, district_id=request.user.district_id, is_active=True
    ).first()
    if seen is not None:
        seen.viewed_by = request.user
        request.user = seen


def viewing_facts(request: Any) -> dict[str, str]:
    """What the ribbon says while the glasses are on: through whose eyes, and the way back."""
    if getattr(request.user, "viewed_by", None) is None:
        return {}
    return {"viewing_as": request.user.name, "stop_viewing_url": reverse("access:stop_viewing")}
