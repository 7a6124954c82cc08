"""The county's office, which has signed to be told figures, and children who were referred out."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from hearth.kit import signing
from hearth.partners.actions import agreement, outward
from hearth.partners.actions import consent as consents
from hearth.partners.models import Agreement, Element, Organization, ReferralOut
from hearth.people.models import Student
from tests import makers
from tests.cast import Cast
from tests.partners.helping import Helping, terms


def county(cast: Cast, **said: Any) -> tuple[Organization, Agreement]:
    made = Organization.objects.create(district=cast.alder, name="County Office")
    told = {
        "purposes": ["figures"], "basis": "school_official",
        "elements": [Element.SCHOOL_GRADE, Element.ASKED_FOR, Element.HOME_LANGUAGE],
    }  # fmt: skip
    signed = agreement.write(
        organization=made, by=cast.helen, said=terms(timezone.localdate(), **{**told, **said})
    )
    return made, signed


def with_key() -> Path:
    """The tests' own key; made once in the folder of this run."""
    file = Path(settings.HEARTH.data) / "secrets" / signing.NAME
    return file if file.exists() else signing.make(Path(settings.HEARTH.data))


def children(cast: Cast, count: int, **said: Any) -> list[Student]:
    told = {"grade": "04", **said}
    return [
        makers.make_student(cast.cottonwood, f"Kid{n}", "Lastname", **told) for n in range(count)
    ]


def refer(help_there: Helping, student: Student) -> ReferralOut:
    """Their mother said yes on paper, and Rosa refers them to the clinic."""
    cast = help_there.cast
    adult = makers.make_guardian(student, makers.make_person(cast.alder, "Mo", "Ther"), "mother")
    asked = help_there.asked(student=student, adult=adult.guardian)
    given = consents.answer(consent=asked, yes=True, way="paper", written_by=cast.rosa)
    return outward.send(
        consent=given, service=help_there.service, contact=help_there.ines, words="Please.",
        by=cast.rosa,
    )  # fmt: skip


SOON = timedelta(days=30)
