"""The rows that are counted: one for each student at a level, with what the facts say of them.

A student who went to two schools counts once at each and once in the district. So the district's
rows are made anew from the facts and never added up from the schools'.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import add
from typing import Literal

import ibis
from ibis.expr.types import Table, Value

from hearth.insight.mart.engine import Mart
from hearth.insight.mart.schema import ABSENT, ATTENDED, COUNTED, DOMAINS, OPENNESS
from hearth.insight.measures.in_force import listed_in

Level = Literal["school", "district"]
SUSPENDED = ("out_of_school", "in_school")
DAYS = (*COUNTED, "absent", "attended")
SO_FAR = ("expected_so_far", "absent_so_far", "expected_last_year", "absent_last_year")


def keys(level: Level) -> list[str]:
    """What tells one student's row from another's at a level."""
    return ["student", "school", "year"] if level == "school" else ["student", "year"]


def students(mart: Mart, level: Level, needs: Iterable[str]) -> Table:
    """One row for each student enrolled at any time in a year, joined with what is needed."""
    rows = mart.table("student_years")
    if level == "district":
        rows = rows.filter(rows.last).mutate(school=ibis.null("int32"))
    by, joined, told = keys(level), rows, []
    for number, need in enumerate(needs):
        facts = FACTS_OF[need](mart, level)
        joined = joined.left_join(facts, by, rname=f"{{name}}_{number}")
        told += [name for name in facts.columns if name not in by]
    if not told:
        return rows
    # In one step: an expression of many small steps takes the engine's compiler seconds.
    return joined.select(*rows.columns, **{name: joined[name].fill_null(0) for name in told})


def staff(mart: Mart, level: Level, needs: Iterable[str] = ()) -> Table:
    """One row for each member of staff; whoever works for the whole district is at no school."""
    rows = mart.table("staff")
    if level == "school":
        return rows.filter(rows.school.notnull())
    return rows.mutate(school=ibis.null("int32"))


def attendance(mart: Mart, level: Level) -> Table:
    """Days expected and days of each kind in the year, exempt enrollments left out."""
    return _summed(_not_exempt(mart, mart.table("years")), keys(level))


def months(mart: Mart, level: Level, needs: Iterable[str] = ()) -> Table:
    """One row for each student and month, with the days of the school year so far.

    `nth` is the month's place among those in which there was school. Last year is the student's
    whole last year, at whichever schools.
    """
    by = keys(level)
    days = _summed(_not_exempt(mart, mart.table("months")), [*by, "month"])
    to_here = ibis.window(group_by=by, order_by="month", preceding=None, following=0)
    days = days.mutate(
        expected_so_far=days.expected.sum().over(to_here).cast("int64"),
        absent_so_far=days.absent.sum().over(to_here).cast("int64"),
    )
    days = _joined(days, _calendar(mart, level), [*by[1:], "month"], "inner")
    before = attendance(mart, "district")
    before = before.select(
        "student",
        year=(before.year + 1).cast("int16"),
        expected_last_year=before.expected,
        absent_last_year=before.absent,
    )
    days = _joined(days, before, ["student", "year"])
    days = days.mutate(**{name: days[name].fill_null(0) for name in SO_FAR})
    return _joined(students(mart, level, ()), days, by, "inner")


def _joined(left: Table, right: Table, by: list[str], how: str = "left") -> Table:
    """Joined on columns of the same names, the right ones left out."""
    table = left.join(right, by, how=how, rname="{name}_beside")
    return table.drop(*[name for name in table.columns if name.endswith("_beside")])


def _not_exempt(mart: Mart, days: Table) -> Table:
    exempt = mart.table("student_years").filter(lambda row: row.exempt)
    return days.anti_join(exempt, ["student", "school", "year"])


def _summed(days: Table, by: list[str]) -> Table:
    if "school" not in by:
        days = days.group_by(by).agg(**{name: days[name].sum() for name in COUNTED})
    absent = reduce(add, [days[kind] for kind in ABSENT])
    attended = reduce(add, [days[kind] for kind in ATTENDED])
    return days.mutate(absent=absent, attended=attended).select(*by, *DAYS)


def _calendar(mart: Mart, level: Level) -> Table:
    """Days taught in each month, and which month of the year it is: 1 is the first with school."""
    taught = mart.table("taught")
    by = [*keys(level)[1:], "month"]
    held = taught.group_by(by).agg(taught=taught.days.max().cast("int32"))
    within = ibis.window(group_by=by[:-1], order_by="month")
    return held.mutate(nth=ibis.row_number().over(within) + 1)


def taught(mart: Mart, level: Level) -> Table:
    """Days taught in the year, for an average over days. A district's is that of its calendar:
    in each month the most days that any of its schools was in session."""
    held = _calendar(mart, level)
    by = keys(level)[1:]
    days = held.group_by(by).agg(taught=held.taught.sum().cast("int32"))
    who = mart.table("student_years").select(*keys(level)).distinct()
    return _joined(who, days, by, "inner")


def suspensions(mart: Mart, level: Level) -> Table:
    """Times suspended, and what it took: days and minutes, out of school and in school apart."""
    parts = mart.table("incidents")
    own = {kind: listed_in(parts.year, "suspension", kind, parts.result) for kind in SUSPENDED}
    parts = parts.mutate(**own)
    return (
        parts.filter(parts.out_of_school | parts.in_school)
        .group_by(keys(level))
        .agg(
            suspended_times=ibis._.count(),
            suspended_days=ibis._.days.sum(),
            **{f"{kind}_days": ibis._.days.sum(where=parts[kind]) for kind in SUSPENDED},
            **{f"{kind}_minutes": ibis._.minutes.sum(where=parts[kind]) for kind in SUSPENDED},
        )
    )


def stability(mart: Mart, level: Level) -> Table:
    """Whether the student stayed: 1 or 0 in `stayed`, of 1 or 0 in `stays_counted`.

    One school at which they stayed is enough; otherwise one about which nothing can be said
    leaves them out.
    """
    rows = mart.table("student_years")
    stayed = rows.stable.fill_null(False).cast("int8").max()
    known = rows.stable.notnull().cast("int8").min()
    return rows.group_by(keys(level)).agg(stayed=stayed, stays_counted=ibis.greatest(stayed, known))


def referrals(mart: Mart, level: Level) -> Table:
    """What was asked for and what became of it. An answer counts once given or once due."""
    asked = mart.table("referrals")
    today = ibis.literal(mart.built_on)
    due = asked.answered.notnull() | (asked.answer_due < today)
    in_time = asked.answered.notnull() & (asked.answered <= asked.answer_due)
    return asked.group_by(keys(level)).agg(
        asked=asked.count(),
        answers_due=asked.count(where=due),
        answers_in_time=asked.count(where=in_time),
        linked=asked.count(where=asked.linked.notnull()),
        days_to_link=asked.linked.delta(asked.opened, unit="day").sum(where=asked.linked.notnull()),
    )


def tiers(mart: Mart, level: Level) -> Table:
    """The highest tier of each domain that the student was given in the year; 0 where none."""
    held = mart.table("tiers")
    return held.group_by(keys(level)).agg(
        **{f"tier_{domain}": held.tier.max(where=held.domain == domain) for domain in DOMAINS}
    )


def reviews(mart: Mart, level: Level) -> Table:
    seen = mart.table("reviews")
    return seen.group_by(keys(level)).agg(reviewed=seen.reviewed.cast("int8").max())


def asked(mart: Mart, level: Level, needs: Iterable[str] = ()) -> Table:
    """One row for each student for whom a partner was asked: in which month first, and where the
    most open of their needs stands. Every student counts once, by that one."""
    by = keys(level)
    found = _of_level(mart, level)
    found = found.group_by(by).agg(
        asked_month=found.asked_month.min(), standing=_openness(found.standing).min()
    )
    return _joined(students(mart, level, ()), found, by, "inner")


def asked_needs(mart: Mart, level: Level, needs: Iterable[str] = ()) -> Table:
    """One row for each student and each need of which a partner was asked."""
    found = _of_level(mart, level)
    found = found.select(*keys(level), "need", standing=_openness(found.standing))
    return _joined(students(mart, level, ()), found, keys(level), "inner")


def _of_level(mart: Mart, level: Level) -> Table:
    found = mart.table("needs")
    return found.filter(found.last) if level == "district" else found


def _openness(standing: Value) -> Value:
    """The place of a standing in `OPENNESS`."""
    return standing.cases(*[(name, n) for n, name in enumerate(OPENNESS)], else_=len(OPENNESS))


FACTS_OF: dict[str, Callable[[Mart, Level], Table]] = {
    "attendance": attendance,
    "taught": taught,
    "suspensions": suspensions,
    "stability": stability,
    "referrals": referrals,
    "tiers": tiers,
    "reviews": reviews,
}
ROWS: dict[str, Callable[[Mart, Level, Iterable[str]], Table]] = {
    "year": students,
    "month": months,
    "staff": staff,
    "asked": asked,
    "need": asked_needs,
}
