"""View-as: an administrator looks through somebody else's eyes, and sees what both may see."""

from typing import Any

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
