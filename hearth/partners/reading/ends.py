"""What of an agreement can end, in words: for Today, the list, and the letters."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.partners.rules.agreement import What

WHAT_ENDS: dict[str, Promise] = {
    What.EXPIRES: _("the agreement expires"),
    What.INSURANCE: _("the insurance ends"),
    What.FINGERPRINTS: _("the fingerprints run out"),
}
