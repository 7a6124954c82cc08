"""What the school is missing with partners, for a page upstairs where a team sits together."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from hearth.access.models import User
from hearth.partners.reading.missing import open_needs


@dataclass(frozen=True)
class Missing:
    """One need, and each student of whom it is open; without names where they are put away."""

    need: str
    lines: list[tuple[str, str, str]]  # address, the student as they are called here, what is said


def what_is_missing(user: User, school: int, called: Callable[[str], str]) -> list[Missing]:
    """Need by need; `called` says how this page names a student. One query."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for one in open_needs(user, school, timezone.localdate()):
        out = one.referral
        lines = found.setdefault(one.need_name, [])
        lines.append((out.get_absolute_url(), called(out.student.person.called), one.said))
    return [Missing(need, lines) for need, lines in found.items()]
