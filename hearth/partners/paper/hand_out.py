"""A service as one page to give away, with a code that opens it on a phone."""

import io

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hearth.kit.dates import full
from hearth.kit.document import pdf
from hearth.kit.spoken import NAMED
from hearth.partners.models import Service
from hearth.partners.reading.sheet import Sheet, sheet
from hearth.schools.models import District

HAND_OUT = "partners/typst/hand_out.typ"
Section = dict[str, object]


def address_of(service: Service, district: District) -> str:
    """Where everybody can read this service, without an account."""
    return f"{settings.HEARTH.address}{reverse('offers:offer', args=[district.slug, service.pk])}"


def hand_out(service: Service, district: District, language: str) -> bytes:
    """One tagged page. The words around are in this language; what the organization wrote stays."""
    now = timezone.localtime()
    address = address_of(service, district)
    with translation.override(language):
        told = sheet(service, now)
        verified = service.verified_on
        return pdf(
            HAND_OUT,
            {
                "title": service.name,
                "lead": service.organization.name,
                "about": service.description,
                "sections": [section for section in _sections(told) if section["list"]],
                "code": code_to(f"{address}?{NAMED}={language}"),
                "code_says": _("A code that opens %(address)s") % {"address": address},
                "address": address.partition("://")[2],
                "kind": _("Ask there before you go: hours and rules change."),
                "foot": _("Last verified on %(day)s") % {"day": full(verified, now.date())}
                if verified
                else _("Nobody has verified this yet"),
            },
        )  # fmt: skip


def _sections(told: Sheet) -> list[Section]:
    service = told.service
    where = [
        " · ".join(part for part in (place.name, place.address, place.transportation) if part)
        for place in told.places
    ]
    return [
        {"heading": _("To know first"), "list": _some(service.alert)},
        {"heading": _("Who to call"),
         "list": [*map(str, told.calls), *_some(service.email, service.url)]},
        {"heading": _("Where"), "list": where},
        {"heading": _("When"), "list": told.hours_in_words},
        {"heading": _("Who can come"),
         "list": _some(told.ages, service.eligibility_description)},
        {"heading": _("How to begin"),
         "list": _some(service.application_process, service.wait_time)},
        {"heading": _("What it costs"), "list": told.costs},
        {"heading": _("What to bring"), "list": told.documents},
        {"heading": _("Languages"),
         "list": [*told.languages, *_some(service.interpretation_services)]},
    ]  # fmt: skip


def _some(*words: str) -> list[str]:
    return [word for word in words if word]


def code_to(address: str) -> str:
    """A picture that opens an address on a phone."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=2, xmldecl=False, svgns=True
    )
    return drawn.getvalue().decode()
