"""The services log as a file: one row to a time, each column as docs/reference tells it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from hearth.partners.models import ServiceGiven


def _withdrawn(given: ServiceGiven) -> date | None:
    taken_back = given.consent.withdrawn_at
    return timezone.localdate(taken_back) if taken_back else None


def _student(given: ServiceGiven) -> str:
    person = given.student.person
    return f"{person.given_name} {person.family_name}"


# Headings are for a program, and are not translated.
COLUMNS: dict[str, Callable[[ServiceGiven], Any]] = {
    "entry": lambda g: g.pk,
    "replaces": lambda g: g.replaces_id,
    "student": _student,
    "student_number": lambda g: g.student.person.source_id,
    "school": lambda g: g.school.name,
    "date": lambda g: g.day,
    "start": lambda g: f"{g.starts:%H:%M}",
    "end": lambda g: f"{g.ends:%H:%M}",
    "minutes": lambda g: g.minutes,
    "kind": lambda g: g.kind,
    "service": lambda g: g.referral.service.name,
    "organization": lambda g: g.referral.organization.name,
    "provider": lambda g: g.provider,
    "credential": lambda g: g.credential,
    "group_size": lambda g: g.group_size,
    "place": lambda g: g.place,
    "consent": lambda g: g.consent_id,
    "consent_given_on": lambda g: timezone.localdate(g.consent.answered_at),
    "consent_holds_until": lambda g: g.consent.expires_on,
    "consent_taken_back_on": _withdrawn,
    "written_by": lambda g: g.by.name if g.by else g.contact.name if g.contact else "",
    "written_at": lambda g: timezone.localtime(g.at).isoformat(timespec="minutes"),
}


def lines(rows: Iterable[ServiceGiven]) -> Iterable[list[Any]]:
    """`rows` come with their student's person, school, referral, consent and writers."""
    return ([read(row) for read in COLUMNS.values()] for row in rows)


WITH = (
    "student__person", "school", "referral__service", "referral__organization", "consent", "by",
    "contact",
)  # fmt: skip
