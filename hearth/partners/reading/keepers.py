"""Who keeps the agreements: whoever is reminded of them, and answers for what Hearth asks."""

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.partners.models.grounds import anyone_with


def keepers(district_id: int) -> list[User]:
    found = User.objects.filter(is_active=True, district_id=district_id)
    return list(found.filter(anyone_with(May.KEEP_AGREEMENTS)).order_by("pk"))
