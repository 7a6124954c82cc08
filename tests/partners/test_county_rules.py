"""Nobody is told apart in what the county is told: the rules, without a database."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.partners.rules.county import (
    NOT_TOLD,
    STEPS,
    Facts,
    Row,
    about,
    grade_span,
    least_students,
    outcome,
    settle,
)
from hearth.partners.rules.outward import LEGAL

FOOD = Facts("Cottonwood", "food", "2026-09", "4-6", "es")


def rows(count: int, facts: Facts = FOOD, first: int = 1) -> list[Row]:
    return [Row(first + n, first + n, facts) for n in range(count)]


def test_a_group_that_is_large_enough_is_told_in_full() -> None:
    told, withheld = settle(rows(11), 11)
    assert set(told.values()) == {FOOD}
    assert withheld == 0


def test_one_fewer_is_told_with_less_only_where_others_join_it() -> None:
    """Ten in Spanish and ten in Hmong: together they are enough without the language."""
    told, withheld = settle(rows(10) + rows(10, replace(FOOD, language="hmn"), 11), 11)
    assert set(told.values()) == {replace(FOOD, language=NOT_TOLD)}
    assert withheld == 0
    assert settle(rows(10), 11) == ({}, 10)


def test_eleven_referrals_of_one_child_are_one() -> None:
    told, withheld = settle([Row(n, 7, FOOD) for n in range(11)], 11)
    assert told == {}
    assert withheld == 11


def test_the_rare_one_gives_up_its_month_its_grades_and_at_last_its_school() -> None:
    spread = [
        Row(n, n, Facts(f"School {n}", "food", f"2026-{9 + n % 3:02d}", "4-6", "es"))
        for n in range(11)
    ]
    told, _withheld = settle(spread, 11)
    assert set(told.values()) == {Facts(NOT_TOLD, "food", "2026-27", NOT_TOLD, NOT_TOLD)}


def test_each_step_tells_less_and_never_something_else() -> None:
    for finer, coarser in pairwise(STEPS):
        assert coarser(FOOD) != finer(FOOD)
    assert [step(FOOD).asked_in for step in STEPS] == [
        "2026-09", "2026-09", "2026-Q3", "2026-Q3", "2026-27", "2026-27",
    ]  # fmt: skip
    assert STEPS[4](replace(FOOD, asked_in="2027-02")).asked_in == "2026-27"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 30), st.sampled_from("AB"), st.sampled_from(["food", "talking"]),
            st.sampled_from(["2026-09", "2026-12"]), st.sampled_from(["4-6", "7-8"]),
            st.sampled_from(["es", "en"]),
        ),
        max_size=80,
    )
)  # fmt: skip
def test_whatever_comes_each_told_row_is_one_of_so_many_students(
    said: list[tuple[int, str, str, str, str, str]],
) -> None:
    found = [Row(n, student, Facts(*facts)) for n, (student, *facts) in enumerate(said)]
    told, withheld = settle(found, 5)
    groups = defaultdict(set)
    for row in found:
        if row.key in told:
            groups[told[row.key]].add(row.student)
            assert any(step(row.facts) == told[row.key] for step in STEPS)
    assert all(len(students) >= 5 for students in groups.values())
    assert len(told) + withheld == len(found)


def test_a_few_that_are_withheld_are_not_counted() -> None:
    assert [about(n, 11) for n in (0, 3, 10, 11)] == ["0", "1-10", "1-10", "11"]


def test_grades_and_the_smallest_group_are_dated_data() -> None:
    day = date(2026, 11, 30)
    assert [grade_span(grade, day) for grade in ("TK", "3", "04", "08", "12", "")] == [
        "TK-3", "TK-3", "4-6", "7-8", "9-12", "not_known",
    ]  # fmt: skip
    assert least_students(day) == 11


def test_every_state_has_its_word_and_the_family_has_the_last() -> None:
    assert all(outcome(state, "") for state in LEGAL)
    assert outcome("ended", "partly") == "partly_met"
    assert outcome("withdrawn", "") == "taken_back"
