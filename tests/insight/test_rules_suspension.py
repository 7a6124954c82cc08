"""Suspension in both published definitions, the school it costs, and who could stay."""

from datetime import date
from decimal import Decimal

import pytest

from hearth.insight.rules.stability import Spell, consecutive_days, disqualifying_exits, is_stable
from hearth.insight.rules.suspension import (
    Kind,
    Result,
    counts_in_dataquest,
    counts_on_dashboard,
    time_lost,
)

SPRING = date(2026, 6, 30)
OUT, IN, EXPELLED, OTHER = "100", "110", "200", "300"


@pytest.mark.parametrize(
    ("why", "results", "dataquest", "dashboard"),
    [
        ("no incident", [], False, False),
        ("one day at home", [Result(OUT, Decimal(1))], True, True),
        ("half a day at home", [Result(OUT, Decimal("0.5"))], True, False),
        ("two half days make a day", [Result(OUT, Decimal("0.5")), Result(IN, Decimal("0.5"))],
         True, True),
        ("a day in school", [Result(IN, Decimal(1))], True, True),
        ("talked it over instead", [Result(OTHER, Decimal(0))], False, False),
        ("expelled without being suspended", [Result(EXPELLED, Decimal(30))], False, False),
    ],
)  # fmt: skip
def test_whether_sam_counts_as_suspended(
    why: str, results: list[Result], dataquest: bool, dashboard: bool
) -> None:
    assert counts_in_dataquest(results, SPRING) is dataquest, why
    assert counts_on_dashboard(results, SPRING) is dashboard, why


def test_time_lost_keeps_days_and_minutes_apart() -> None:
    results = [
        Result(OUT, Decimal(2)),
        Result(OUT, Decimal("0.5"), minutes=160),
        Result(IN, Decimal(1), minutes=300),
    ]
    out = time_lost(results, Kind.OUT_OF_SCHOOL, SPRING)
    assert (out.days, out.minutes, out.without_minutes) == (Decimal("2.5"), 160, 1)
    assert time_lost(results, Kind.IN_SCHOOL, SPRING).minutes == 300
    assert time_lost(results, Kind.EXPULSION, SPRING).days == 0


YEAR = {"year_starts": date(2025, 7, 1), "year_ends": SPRING}
AUGUST = date(2025, 8, 13)


@pytest.mark.parametrize(
    ("why", "spells", "listed", "stable"),
    [
        ("all year long", [Spell(AUGUST, None)], None, True),
        ("came in the last week that is early enough", [Spell(date(2025, 10, 29), None)], None,
         True),
        ("came a day later", [Spell(date(2025, 10, 30), None)], None, False),
        ("away in winter, so twice too short",
         [Spell(AUGUST, date(2025, 12, 1)), Spell(date(2026, 1, 12), None)], None, False),
        ("left in May, after 270 days, with a code that nobody has told us of",
         [Spell(AUGUST, date(2026, 5, 10), "T160")], None, None),
        ("left in May with a code that does not disqualify",
         [Spell(AUGUST, date(2026, 5, 10), "T160")], {"E140"}, True),
        ("left in May with one that does",
         [Spell(AUGUST, date(2026, 5, 10), "E140")], {"E140"}, False),
        ("left in December: the code does not matter",
         [Spell(AUGUST, date(2025, 12, 1), "T160")], None, False),
        ("the year's last day is not leaving",
         [Spell(AUGUST, SPRING, "E155")], None, True),
    ],
)  # fmt: skip
def test_whether_sam_could_stay(
    why: str, spells: list[Spell], listed: set[str] | None, stable: bool | None
) -> None:
    assert is_stable(spells, disqualifying=listed, **YEAR) is stable, why


def test_days_are_counted_inside_the_school_year_only() -> None:
    lasting = Spell(date(2020, 8, 12), None)
    assert consecutive_days(lasting, date(2025, 7, 1), SPRING) == 365
    assert consecutive_days(Spell(AUGUST, AUGUST), date(2025, 7, 1), SPRING) == 1


def test_the_states_list_of_exits_is_not_known_and_nobody_pretends() -> None:
    assert disqualifying_exits(SPRING) is None
