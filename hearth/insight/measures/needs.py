"""Measures of unmet need: of what partners were asked for, and what is still open."""

from ibis.expr.types import BooleanColumn, Table

from hearth.insight.mart.schema import OPENNESS
from hearth.insight.measures.measure import Counted, measure


def _stands(row: Table, *names: str) -> BooleanColumn:
    return row.standing.isin([OPENNESS.index(name) for name in names])


def _refused(row: Table) -> BooleanColumn:
    return _stands(row, "no_capacity", "not_eligible", "not_taken")


def _without_service(row: Table) -> BooleanColumn:
    return _stands(row, "no_answer") | _refused(row)


def _still_open(row: Table) -> BooleanColumn:
    return _without_service(row) | _stands(row, "not_met", "partly")


@measure(by="asked")
def unmet_need(row: Table) -> Counted:
    return Counted(row.student.notnull(), {"": _still_open(row)})


@measure(by="need")
def unmet_by_need(row: Table) -> Counted:
    return Counted(row.student.notnull(), {"": _still_open(row)})


@measure(by="asked")
def what_became(row: Table) -> Counted:
    """A tree: each part is a part of one side of the part above it (`disclose.tree`)."""
    settled = ~_still_open(row)
    going_on = settled & ~_stands(row, "met")
    under_way = _stands(row, "waiting", "under_way", "linked")
    return Counted(
        row.student.notnull(),
        {
            "not_enough": _stands(row, "not_met", "partly"),
            "no_answer": _stands(row, "no_answer"),
            "no_capacity": _stands(row, "no_capacity"),
            "not_eligible": _stands(row, "not_eligible"),
            "met": _stands(row, "met"),
            "said_no": _stands(row, "family_declined", "taken_back"),
            "linked": _stands(row, "linked"),
            "waiting": _stands(row, "waiting"),
        },
        denominators={
            "not_enough": _still_open(row), "no_answer": _without_service(row),
            "no_capacity": _refused(row),
            "not_eligible": _stands(row, "not_eligible", "not_taken"), "met": settled,
            "said_no": going_on, "linked": under_way,
            "waiting": _stands(row, "waiting", "under_way"),
        },
    )  # fmt: skip


MEASURES = (unmet_need, unmet_by_need, what_became)
