"""What may be told of single referrals without telling whose they are. Plain values in and out.

A row is told only as one of many: in everything that is told of it except how it stands, it is the
same as rows of so many students. Where there are not so many, less is told of them, step by step;
of what is left, nothing. What was told once is never told otherwise: two files side by side tell no
more than the newer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from hearth.partners.rules.dated import holding, read

NOT_TOLD, NOT_KNOWN = "not_told", "not_known"


@dataclass(frozen=True)
class Facts:
    """What the county may read of one referral, besides how it stands."""

    school: str
    need: str
    asked_in: str
    grades: str
    language: str

    def as_told(self) -> dict[str, str]:
        return asdict(self)


COLUMNS = tuple(Facts.__dataclass_fields__)


@dataclass(frozen=True)
class Row:
    """One referral, not told so far; `student` counts people and never leaves."""

    key: int
    student: int
    facts: Facts


def _without_language(facts: Facts) -> Facts:
    return replace(facts, language=NOT_TOLD)


def _by_quarter(facts: Facts) -> Facts:
    year, month = facts.asked_in.split("-")
    quarter = f"{year}-Q{(int(month) + 2) // 3}"
    return replace(_without_language(facts), asked_in=quarter)


def _without_grades(facts: Facts) -> Facts:
    return replace(_by_quarter(facts), grades=NOT_TOLD)


def _by_school_year(facts: Facts) -> Facts:
    year, month = (int(part) for part in facts.asked_in.split("-"))
    first = year if month > 6 else year - 1
    return replace(_without_grades(facts), asked_in=f"{first}-{(first + 1) % 100:02d}")


def _without_school(facts: Facts) -> Facts:
    return replace(_by_school_year(facts), school=NOT_TOLD)


STEPS = (
    lambda facts: facts, _without_language, _by_quarter, _without_grades, _by_school_year,
    _without_school,
)  # fmt: skip
"""From everything to the need and the school year alone."""


def settle(rows: Iterable[Row], least: int) -> tuple[dict[int, Facts], int]:
    """What is told of each row, and of how many rows nothing is told. A group counts its students:
    eleven referrals of one child are one."""
    left = list(rows)
    told: dict[int, Facts] = {}
    for step in STEPS:
        groups: dict[Facts, list[Row]] = {}
        for row in left:
            groups.setdefault(step(row.facts), []).append(row)
        left = []
        for facts, group in groups.items():
            if len({row.student for row in group}) >= least:
                told |= {row.key: facts for row in group}
            else:
                left += group
    return told, len(left)


def about(count: int, least: int) -> str:
    """How many are withheld; a few are not counted."""
    return str(count) if count == 0 or count >= least else f"1-{least - 1}"


def outcome(state: str, met: str) -> str:
    """How a referral stands, for the county: the family's word where it was given."""
    if state == "withdrawn":
        return "taken_back"
    if met:
        return {"yes": "met", "partly": "partly_met", "no": "not_met"}[met]
    return {
        "sent": "no_answer", "accepted": "accepted", "waiting": "waiting", "served": "linked",
        "ended": "linked", "declined": "declined",
    }[state]  # fmt: skip


def grade_span(grade: str, on: date) -> str:
    spans: Mapping[str, list[str]] = holding(read("county.toml")["spans"], on)["spans"]["spans"]
    padded = grade.zfill(2) if grade.isdigit() else grade
    return next((span for span, grades in spans.items() if padded in grades), NOT_KNOWN)


def least_students(on: date) -> int:
    return int(holding(read("county.toml")["least"], on)["students"]["students"])
