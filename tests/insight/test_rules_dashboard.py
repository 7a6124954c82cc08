"""The Dashboard's status, change and color at the edges of its tables; dated parameters."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hearth.insight.rules.dashboard import Change, Color, Status, read, table
from hearth.insight.rules.dated import FOLDER, NotKnown, parameter, value
from hearth.insight.rules.dated import read as rows_of
from hearth.kit.interval import Count

CHRONIC = table("chronic", "any", 2026)


@pytest.mark.parametrize(
    ("percent", "status"),
    [("2.5", Status.VERY_LOW), ("2.6", Status.LOW), ("10.0", Status.MEDIUM),
     ("10.1", Status.HIGH), ("20.0", Status.HIGH), ("20.1", Status.VERY_HIGH)],
)  # fmt: skip
def test_status_turns_over_at_a_tenth(percent: str, status: Status) -> None:
    assert CHRONIC.status(Decimal(percent)) is status


@pytest.mark.parametrize(
    ("points", "moved"),
    [("3.1", Change.INCREASED_SIGNIFICANTLY), ("3.0", Change.INCREASED), ("0.5", Change.INCREASED),
     ("0.4", Change.MAINTAINED), ("0.0", Change.MAINTAINED), ("-0.4", Change.MAINTAINED),
     ("-0.5", Change.DECLINED), ("-2.9", Change.DECLINED),
     ("-3.0", Change.DECLINED_SIGNIFICANTLY)],
)  # fmt: skip
def test_change_turns_over_at_a_tenth(points: str, moved: Change) -> None:
    assert CHRONIC.change(Decimal(points)) is moved


def test_cottonwood_fell_from_very_high_to_high() -> None:
    found = read(Count(60, 400), Count(100, 400), CHRONIC, 2026)
    assert found is not None
    assert (found.percent, found.points) == (Decimal("15.0"), Decimal("-10.0"))
    assert (found.status, found.change) == (Status.HIGH, Change.DECLINED_SIGNIFICANTLY)
    assert (found.color, found.few) == (Color.YELLOW, False)


def test_with_fewer_than_150_students_nothing_is_significant() -> None:
    small = read(Count(3, 149), Count(30, 149), CHRONIC, 2026)
    large = read(Count(3, 150), Count(30, 150), CHRONIC, 2026)
    assert small is not None
    assert large is not None
    assert (small.change, large.change) == (Change.DECLINED, Change.DECLINED_SIGNIFICANTLY)


@pytest.mark.parametrize(
    ("now", "before", "colored"),
    [(30, 30, True), (29, 30, False), (30, 29, False), (11, 11, False)],
)
def test_fewer_than_thirty_have_no_color(now: int, before: int, colored: bool) -> None:
    found = read(Count(3, now), Count(3, before), CHRONIC, 2026)
    assert found is not None
    assert (found.color is not None) is colored
    assert found.few is not colored


def test_fewer_than_eleven_are_not_shown() -> None:
    assert read(Count(3, 10), Count(3, 200), CHRONIC, 2026) is None
    alone = read(Count(3, 40), Count(3, 10), CHRONIC, 2026)
    assert alone is not None
    assert (alone.status, alone.points, alone.color) == (Status.MEDIUM, None, None)


@pytest.mark.parametrize("kind", ["middle_school", "high_district"])
def test_a_table_that_nobody_has_given_us_is_refused(kind: str) -> None:
    with pytest.raises(NotKnown, match="has not been found"):
        table("suspension", kind, 2026)


def test_a_row_that_could_not_be_read_is_refused_and_the_others_are_not() -> None:
    partly = table("suspension", "elementary_district", 2026)
    assert partly.since == 2017
    assert partly.color(Status.LOW, Change.INCREASED) is Color.YELLOW
    with pytest.raises(NotKnown, match="very_high"):
        partly.color(Status.VERY_HIGH, Change.MAINTAINED)


def test_a_pair_that_cannot_be_is_gray() -> None:
    found = table("suspension", "high_school", 2026)
    assert found.color(Status.VERY_LOW, Change.INCREASED_SIGNIFICANTLY) is Color.GRAY


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_every_parameter_says_where_it_comes_from_and_no_two_hold_at_once(file: Path) -> None:
    rows = rows_of(file.stem)
    assert all(row.source for row in rows)
    for row in rows:
        later = [r for r in rows if r.key == row.key and r.begins > row.begins]
        same = [r for r in rows if r.key == row.key and r.begins == row.begins]
        assert same == [row]
        assert row.ends is None or all(row.ends < r.begins for r in later)


def test_a_new_year_brings_a_new_value_and_an_ended_one_holds_no_more(tmp_path: Path) -> None:
    (tmp_path / "cells.toml").write_text(
        '[[parameter]]\nkey = "least"\nfrom = 2024-07-01\nto = 2025-06-30\nvalue = 0.5\n'
        'source = "a"\n[[parameter]]\nkey = "least"\nfrom = 2026-07-01\nvalue = 11\nsource = "b"\n'
    )
    assert parameter("cells", "least", date(2025, 6, 30), tmp_path).value == Decimal("0.5")
    assert parameter("cells", "least", date(2027, 1, 1), tmp_path).source == "b"
    with pytest.raises(NotKnown):
        parameter("cells", "least", date(2025, 7, 1), tmp_path)
    with pytest.raises(NotKnown):
        value("chronic", "no_such_key", date(2026, 6, 30))


def test_a_row_is_either_known_or_says_that_it_is_not(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text(
        '[[parameter]]\nkey = "k"\nfrom = 2024-07-01\nsource = "nobody"\n'
    )
    with pytest.raises(ValueError, match="needs a value, or known = false"):
        parameter("odd", "k", date(2026, 6, 30), tmp_path)
