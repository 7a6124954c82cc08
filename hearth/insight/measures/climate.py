"""Measures of climate: who was sent away, for how long, and who stayed."""

from ibis.expr.types import Table

from hearth.insight.measures.in_force import value_in
from hearth.insight.measures.measure import Counted, measure
from hearth.insight.measures.rows import SUSPENDED


@measure("suspensions")
def suspension_rate(row: Table) -> Counted:
    return Counted(row.student.notnull(), {"": row.suspended_times > 0})


@measure("suspensions")
def suspension_rate_dashboard(row: Table) -> Counted:
    days = value_in(row.year, "suspension", "dashboard_days")
    return Counted(row.student.notnull(), {"": row.suspended_days >= days})


@measure("suspensions")
def instruction_lost(row: Table) -> Counted:
    lost = {
        f"{kind}_{in_}": row[f"{kind}_{in_}"] for kind in SUSPENDED for in_ in ("days", "minutes")
    }
    return Counted(row.student.notnull(), lost)


@measure("stability")
def stability_rate(row: Table) -> Counted:
    return Counted(row.stays_counted > 0, {"": row.stayed > 0})


MEASURES = (suspension_rate, suspension_rate_dashboard, instruction_lost, stability_rate)
