"""A service as a text message, to be sent from the telephone of whoever hands it out."""

from urllib.parse import quote

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hearth.kit.spoken import spoken_at
from hearth.partners.models import Service
from hearth.partners.reading.sheet import Sheet
from hearth.schools.models import District


def message(service: Service, told: Sheet, district: District, language: str) -> str:
    """What it is, who to call, and where the rest stands. The words around are in this language."""
    page = spoken_at(reverse("offers:offer", args=[district.slug, service.pk]), language)
    with translation.override(language):
        lines = [
            f"{service.name}, {service.organization.name}",
            *(f"{_('Who to call')}: {call}" for call in told.calls[:1]),
            _("Ask there before you go: hours and rules change."),
            page,
        ]
    return "\n".join(lines)


def to_send(text: str) -> str:
    """An address that opens a phone's messages with these words, and nobody's number in it: whom
    it is for, only the phone knows. `?&body` is what both kinds of telephone understand."""
    return f"sms:?&body={quote(text)}"
