"""What the framework's tiles may say of this room; no count of anybody."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.framework.quilt import Doing
from hearth.partners.models import Asset


def doing(user: User) -> Mapping[str, Sequence[Doing]]:
    """That neighbors tell what the neighborhood has, once something of it is shown."""
    if not Asset.objects.shown().exists():
        return {}
    said = _("Families, students and neighbors say what the neighborhood has, and it is on a map.")
    return {"commitment.assets": [Doing(said, reverse("neighborhood:ours"))]}
