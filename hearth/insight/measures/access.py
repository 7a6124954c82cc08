"""Measures of access and service: who was asked for, answered, linked, and looked at."""

from ibis.expr.types import Table

from hearth.insight.mart.schema import DOMAINS
from hearth.insight.measures.measure import Counted, measure


@measure("referrals")
def referred(row: Table) -> Counted:
    return Counted(row.student.notnull(), {"": row.asked > 0})


@measure("referrals")
def answered_in_time(row: Table) -> Counted:
    return Counted(row.answers_due, {"": row.answers_in_time})


@measure("referrals")
def linked(row: Table) -> Counted:
    return Counted(row.asked, {"": row.linked})


@measure("referrals")
def days_to_link(row: Table) -> Counted:
    return Counted(row.linked, {"": row.days_to_link})


@measure("tiers")
def tier(row: Table) -> Counted:
    held = {
        f"{domain}_{level}": row[f"tier_{domain}"] == level
        for domain in DOMAINS
        for level in (2, 3)
    }
    return Counted(row.student.notnull(), held)


@measure("reviews")
def reviewed(row: Table) -> Counted:
    return Counted(row.student.notnull(), {"": row.reviewed > 0})


MEASURES = (referred, answered_in_time, linked, days_to_link, tier, reviewed)
