"""The poster of a school's open door: a code to point a phone at, in one language."""

import io

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hearth.kit.document import pdf
from hearth.schools.models import District, School

POSTER = "supports/typst/poster.typ"


def address_of(school: School, district: District, language: str = "") -> str:
    """The door's address; with a language, the form opens in it."""
    path = reverse("door:ask", args=[district.slug, school.slug])
    return f"{settings.HEARTH.address}{path}{f'?lang={language}' if language else ''}"


def poster(school: School, district: District, language: str) -> bytes:
    """One tagged page for a wall."""
    address = address_of(school, district, language)
    with translation.override(language):
        return pdf(
            POSTER,
            {
                "title": _("What could help?"),
                "school": school.name,
                "lead": _("For your child, for yourself, or for a friend."),
                "steps": [
                    _("Point your phone's camera at the square."),
                    _("Say what is going well and what is hard. You need no account."),
                    _("People of this school read it and answer you within a school week."),
                ],
                "code": code(address),
                "code_says": _("A code that opens %(address)s") % {"address": address},
                "address": address_of(school, district).partition("://")[2],
                "kind": _("It is never used for discipline, and nobody asks about papers."),
                "danger": _("Somebody in danger? Call 911. To talk with somebody at any hour, "
                            "call or text 988."),
                "phone": school.urgent_phone,
                "phone_says": _("Call the school:"),
            },
        )  # fmt: skip


def code(address: str) -> str:
    """The code as a drawing. A quarter of it may be torn or dirty."""
    drawn = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        drawn, kind="svg", border=2, xmldecl=False, svgns=True
    )
    return drawn.getvalue().decode()
