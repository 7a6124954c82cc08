"""A class review, the clean slate and the cells of a file, as plain values."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.kit.sheets import ACTS, SIGNATURE, as_csv, harmless
from hearth.supports.rules.keeping import Keep, days_kept, export_kept_until, folds_before
from hearth.supports.rules.review import Walk, school_year, year_in_words

DIEGO, MINH_ANH, SAM = 1, 2, 3
CLASSES = st.lists(st.integers(1, 40), unique=True).map(tuple)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 6, 30), 2025), (date(2026, 7, 1), 2026), (date(2026, 12, 31), 2026),
     (date(2027, 1, 1), 2026)],
)  # fmt: skip
def test_the_school_year_turns_on_the_first_of_july(day: date, year: int) -> None:
    assert school_year(day) == year


def test_a_school_year_is_written_as_everybody_writes_it() -> None:
    assert [year_in_words(year) for year in (2026, 2099)] == ["2026–27", "2099–00"]


def test_sam_who_left_keeps_nobody_from_finishing() -> None:
    assert Walk((DIEGO, MINH_ANH), frozenset({DIEGO, MINH_ANH, SAM})).is_whole


def test_sam_who_joins_later_is_not_yet_reviewed() -> None:
    walk = Walk((DIEGO, MINH_ANH, SAM), frozenset({DIEGO, MINH_ANH}))
    assert (walk.is_whole, walk.left, walk.done) == (False, (SAM,), 2)


def test_an_empty_class_is_never_whole() -> None:
    assert not Walk((), frozenset()).is_whole


def test_whoever_was_skipped_comes_again_at_the_end() -> None:
    walk = Walk((DIEGO, MINH_ANH, SAM), frozenset({MINH_ANH}))
    assert walk.next_after(DIEGO) == SAM
    assert walk.next_after(SAM) == DIEGO
    assert (walk.before(SAM), walk.before(DIEGO)) == (MINH_ANH, None)


@given(CLASSES, st.frozensets(st.integers(1, 40)))
def test_going_on_sees_everybody_once_and_ends(
    roster: tuple[int, ...], said: frozenset[int]
) -> None:
    walk, seen = Walk(roster, said), []
    here = next(iter(walk.left), None)
    while here is not None:
        seen.append(here)
        after = Walk(roster, walk.said | {here}).next_after(here)
        walk, here = Walk(roster, walk.said | {here}), after
    assert sorted(seen) == sorted(set(roster) - said)
    assert walk.is_whole == bool(roster)


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_a_year_has_one_first_of_july(day: date) -> None:
    assert school_year(day + timedelta(days=366)) - school_year(day) in (1, 2)
    assert date(school_year(day), 7, 1) <= day < date(school_year(day) + 1, 7, 1)


def test_of_several_entries_the_newest_that_holds_is_used() -> None:
    table = [
        Keep("export_file", date(2026, 7, 1), 7, "ours"),
        Keep("export_file", date(2027, 7, 1), 3, "the district's"),
    ]
    days = [date(2025, 1, 1), date(2027, 6, 30), date(2027, 7, 1)]
    assert [days_kept("export_file", day, table) for day in days] == [7, 7, 3]


def test_two_years_fold_and_a_file_is_kept_a_week() -> None:
    assert folds_before(date(2026, 11, 23)) == date(2024, 11, 23)
    assert export_kept_until(date(2026, 12, 28)) == date(2027, 1, 4)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"]
)
def test_a_cell_that_would_act_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Diego", "O'Brien-Ruiz", "3 + 4", "", "¡Hola!"])
def test_a_plain_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_day_is_written_so_that_it_sorts() -> None:
    assert (harmless(date(2026, 11, 3)), harmless(None)) == ("2026-11-03", "")


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2))
)
def test_every_cell_comes_back_and_none_acts(rows: list[list[str]]) -> None:
    content, count = as_csv(["One", "Two"], rows)
    text = content.decode()
    assert text.startswith(SIGNATURE)
    read = list(csv.reader(io.StringIO(text.removeprefix(SIGNATURE), newline="")))[1:]
    assert count == len(rows) == len(read)
    for wrote, got in zip(rows, read, strict=True):
        assert [cell.removeprefix("'") for cell in got] == [c.removeprefix("'") for c in wrote]
        assert not any(cell[:1] in ACTS for cell in got if cell)
