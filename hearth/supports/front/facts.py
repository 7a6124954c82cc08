"""What this room tells the rest of the house. A sentence for the framework's quilt, for now.

No count of children leaves here: how many may be said only after disclosure has been checked.
"""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.framework.quilt import Doing
from hearth.supports.models import Referral


def doing(user: User) -> Mapping[str, Sequence[Doing]]:
    """What the framework's tiles may say of this room: that it lives, and where this user enters.

    Asked without regard to who may see which row, as one yes or no for the whole district.
    """
    if not Referral.objects.exists():
        return {}
    link = _door(user)
    return {
        "pillar.integrated_supports": [
            Doing(
                _("Concerns are asked about, answered and followed until a service begins."), link
            )
        ],
        "condition.supports": [
            Doing(_("Each referral has an owner, a next date and an answer."), link)
        ],
        "commitment.assets": [
            Doing(_("Whoever asks for support names a strength of the student first."), link)
        ],
    }


def _door(user: User) -> str:
    if user.may(May.SEE_REFERRALS):
        return reverse("supports:board")
    return reverse("supports:mine") if user.may(May.ASK_FOR_SUPPORT) else ""
