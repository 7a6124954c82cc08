"""Measures of fairness that are counts of their own: who is here, and who teaches whom."""

from ibis.expr.types import Table

from hearth.insight.measures.measure import Counted, measure


@measure()
def enrolled(row: Table) -> Counted:
    return Counted(row.student.notnull(), {"": row.student.notnull()})


@measure(by="staff")
def staff(row: Table) -> Counted:
    return Counted(row.person.notnull(), {"": row.person.notnull()})


MEASURES = (enrolled, staff)
