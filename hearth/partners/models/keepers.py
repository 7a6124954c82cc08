"""On what footing agreements, contacts and links are seen: they are kept, not looked up."""

from django.utils.translation import gettext_lazy as _

from hearth.access.permissions import May
from hearth.partners.models.grounds import to_whom_holds

KEEPS_AGREEMENTS = to_whom_holds(
    May.KEEP_AGREEMENTS, "keeps_agreements", _("Your role keeps the agreements with partners.")
)
