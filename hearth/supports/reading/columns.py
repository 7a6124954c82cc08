"""What of a referral may leave the house in a list, by the privacy class of each column."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy, privacy_of
from hearth.people.models import Person, Student
from hearth.schools.models import School
from hearth.supports.models import Referral

# Identity has its own permission and no place in a list of worries; restricted and secret never go.
LEAVES = frozenset({Privacy.PUBLIC, Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE})


@dataclass(frozen=True)
class Column:
    """A heading, the field whose class decides whether it leaves, and how it is read."""

    heading: Promise
    table: type[Any]
    field: str
    read: Callable[[Referral], object]

    @property
    def leaves(self) -> bool:
        return privacy_of(self.table)[self.field] in LEAVES


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


COLUMNS = (
    Column(_("Student"), Person, "given_name", lambda r: r.student.person.called),
    Column(_("Student number"), Student, "local_id", lambda r: r.student.local_id),
    Column(_("Grade"), Student, "grade", lambda r: r.student.grade_in_words),
    Column(_("School"), School, "name", lambda r: r.school.name),
    Column(_("About"), Referral, "domain", lambda r: r.get_domain_display()),
    Column(_("How soon"), Referral, "urgency", lambda r: r.get_urgency_display()),
    Column(_("State"), Referral, "state", lambda r: r.get_state_display()),
    Column(_("In this state since"), Referral, "since", lambda r: r.since),
    Column(_("Owner"), Referral, "owner", lambda r: r.owner.name if r.owner else ""),
    Column(_("Next date"), Referral, "next_on", lambda r: r.next_on),
    Column(_("Asked on"), Referral, "asked_at", lambda r: _day(r.asked_at)),
    Column(_("Asked by"), Referral, "referrer", lambda r: r.referrer.name),
    Column(_("What is going well"), Referral, "strength", lambda r: r.strength),
    Column(_("What is hard just now"), Referral, "concern", lambda r: r.concern),
    Column(_("What was tried"), Referral, "tried", lambda r: r.tried),
    Column(_("Service"), Referral, "service", lambda r: r.service),
    Column(_("Who provides it"), Referral, "provider", lambda r: r.provider),
    Column(_("First service"), Referral, "first_service_on", lambda r: r.first_service_on),
    Column(_("Answer by"), Referral, "answer_due_on", lambda r: r.answer_due_on),
    Column(_("Answered on"), Referral, "answered_at", lambda r: _day(r.answered_at)),
    Column(_("Answer"), Referral, "answer", lambda r: r.answer),
    Column(
        _("Closed because"), Referral, "closed_because", lambda r: r.get_closed_because_display()
    ),
)


def leaving() -> list[Column]:
    return [column for column in COLUMNS if column.leaves]
