"""Every measure against the slow and obvious way: plain Python, one student after the other."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.insight import measures
from hearth.insight.mart.engine import Mart
from hearth.insight.mart.schema import KINDS
from hearth.insight.measures.groups import cut_of
from hearth.insight.rules.absence import LOST, Days, early_sign, standing
from hearth.insight.rules.dated import school_year_end
from hearth.insight.rules.suspension import Result, counts_in_dataquest, counts_on_dashboard
from tests.insight import marts

SCHOOLS, STUDENTS, YEARS = (1, 2), (11, 12, 13, 14), (2025, 2026)
CUTS = [(), cut_of("race"), cut_of("race", "disability"), cut_of("grade_span")]
SPAN = {"04": "GR46", "08": "GR78"}

place = st.fixed_dictionaries({"exempt": st.booleans(), "grade": st.sampled_from(["04", "08"])})
student = st.fixed_dictionaries(
    {
        "race": st.sampled_from(["asian", "black"]),
        "disability": st.booleans(),
        "at": st.dictionaries(
            st.tuples(st.sampled_from(SCHOOLS), st.sampled_from(YEARS)), place, min_size=1
        ),
        # Day of the year and kind; a run of the same kind makes rates that are not all tiny.
        "runs": st.lists(
            st.tuples(st.integers(0, 60), st.integers(1, 25), st.integers(0, 6)), max_size=4
        ),
        "results": st.lists(
            st.tuples(st.sampled_from([100, 110, 200, 300]), st.sampled_from([0.25, 0.5, 1.0])),
            max_size=3,
        ),
    }
)
worlds = st.lists(student, min_size=1, max_size=len(STUDENTS))


def facts_of(world: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    facts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for key, told in zip(STUDENTS, world, strict=False):
        last = {year: max(s for s, y in told["at"] if y == year) for _, year in told["at"]}
        for (school, year), there in told["at"].items():
            who = {"student": key, "school": school, "year": year}
            facts["student_years"].append(
                {**who, "race": told["race"], "disability": told["disability"], **there,
                 "last": last[year] == school}
            )  # fmt: skip
            days = {}
            for begins, length, kind in told["runs"]:
                first = date(year - 1, 8, 1) + timedelta(begins)
                days |= {first + timedelta(n): kind for n in range(length)}
            facts["attendance"] += [
                {"student": key, "school": school, "day": day, "kind": kind}
                for day, kind in days.items()
            ]
            facts["incidents"] += [
                {**who, "day": date(year, 2, 2), "incident": 1, "result": code, "days": length,
                 "minutes": 10}
                for code, length in told["results"]
            ]  # fmt: skip
    return facts


def units(facts: dict[str, list[dict[str, Any]]], level: str) -> Iterable[tuple[Any, list[Any]]]:
    """Each student of a level and year once, with the rows of the schools it is made of."""
    rows: dict[Any, list[Any]] = defaultdict(list)
    for row in facts["student_years"]:
        place = row["school"] if level == "school" else None
        rows[(row["student"], place, row["year"])].append(row)
    for (_key, place, year), own in rows.items():
        who = next((row for row in own if row["last"]), own[0])
        yield (place, year, who), own


def days_of(facts: Any, row: Any, until: date | None = None) -> list[Any]:
    return [
        day
        for day in facts["attendance"]
        if day["student"] == row["student"]
        and day["school"] == row["school"]
        and date(row["year"] - 1, 7, 1) <= day["day"] <= (until or school_year_end(row["year"]))
    ]


def tally(days: Iterable[Any]) -> Days:
    counts = dict.fromkeys(KINDS, 0)
    for day in days:
        counts[KINDS[day["kind"]]] += 1
    return Days(**counts)


def cells(who: Any) -> list[tuple[str, ...]]:
    disability = "yes" if who["disability"] else "no"
    return [
        ("", "", "", ""),
        ("race", who["race"], "", ""),
        ("race+disability", who["race"], disability, ""),
        ("grade_span", "", "", SPAN[who["grade"]]),
    ]


def by_hand(facts: Any, level: str) -> dict[Any, list[float]]:
    found: dict[Any, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (place, year, who), own in units(facts, level):
        on = school_year_end(year)
        told = tally(day for row in own if not row["exempt"] for day in days_of(facts, row))
        stands = standing(expected=told.expected, absent=told.absent, exempt=False, on=on)
        results = [
            Result(str(part["result"]), Decimal(str(part["days"])))
            for part in facts["incidents"]
            for row in own
            if (part["student"], part["school"], part["year"])
            == (row["student"], row["school"], row["year"])
        ]
        figures = {
            ("chronic_absence", ""): (stands == "chronic", stands.counts),
            ("attendance_rate", ""): (told.attended, told.expected),
            ("suspension_rate", ""): (counts_in_dataquest(results, on), 1),
            ("suspension_rate_dashboard", ""): (counts_on_dashboard(results, on), 1),
            ("enrolled", ""): (1, 1),
            **{("days_lost", kind): (getattr(told, kind), told.expected) for kind in LOST},
        }
        for (measure, part), (up, down) in figures.items():
            for cell in cells(who):
                figure = found[(measure, part, place, year, cell)]
                figure[0] += up
                figure[1] += down
    return dict(found)


def tabled(mart: Mart, level: Any) -> dict[Any, list[float]]:
    chosen = ["chronic_absence", "attendance_rate", "suspension_rate",
              "suspension_rate_dashboard", "enrolled", "days_lost"]  # fmt: skip
    table = measures.table_of([measures.MEASURES[key] for key in chosen], mart, CUTS, level)
    return {
        (row["measure"], row["part"], row["school"], row["year"], _cell(row)): [
            row["numerator"],
            row["denominator"],
        ]
        for row in table.to_pylist()
    }


def _cell(row: Any) -> tuple[str, ...]:
    return (row["cut"], row["race"] or "", row["disability"] or "", row["grade_span"] or "")


@settings(max_examples=6, deadline=None)
@given(world=worlds)
def test_a_years_measures_are_those_of_the_plain_rules(
    world: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    facts = facts_of(world)
    with marts.opened_mart(tmp_path_factory.mktemp("mart"), **facts) as mart:
        for level in ("school", "district"):
            assert tabled(mart, level) == by_hand(facts, level)


@settings(max_examples=6, deadline=None)
@given(world=worlds)
def test_early_signs_are_those_of_the_plain_rule(
    world: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    facts = facts_of(world)
    with marts.opened_mart(tmp_path_factory.mktemp("mart"), **facts) as mart:
        for level in ("school", "district"):
            table = measures.MEASURES["early_warning"].table(mart, level=level)
            found = {
                (row["school"], row["month"], row["part"]): [row["numerator"], row["denominator"]]
                for row in table.to_pylist()
            }
            assert found == signs_by_hand(facts, level)


def signs_by_hand(facts: Any, level: str) -> dict[Any, list[float]]:
    """Month by month: what each student's days so far, and last year's, say together."""
    held: dict[Any, set[date]] = defaultdict(set)
    for row in facts["student_years"]:
        place = row["school"] if level == "school" else None
        held[place, row["year"]] |= {d["day"].replace(day=1) for d in days_of(facts, row)}
    found: dict[Any, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (place, year, who), rows in units(facts, level):
        days = [d for row in rows if not row["exempt"] for d in days_of(facts, row)]
        months = sorted(held[place, year])
        before = tally(
            day
            for past in facts["student_years"]
            if past["student"] == who["student"] and past["year"] == year - 1 and not past["exempt"]
            for day in days_of(facts, past)
        )
        for nth, month in enumerate(months, start=1):
            own = [
                tally(d for d in days if d["day"].replace(day=1) == each) for each in months[:nth]
            ]
            if own[-1].expected == 0:
                continue
            sign = early_sign(own, before, school_year_end(year))
            for tier in (2, 3):
                figure = found[place, month, f"tier_{tier}"]
                figure[0] += sign.tier == tier
                figure[1] += 1
    return dict(found)
