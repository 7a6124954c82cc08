"""What is told and what is withheld, of one table and of many that share their counts."""

import pytest

from hearth.insight.disclose import Because, Shown, Withheld, as_json, from_json
from hearth.insight.disclose.counts import DISTRICT, Facet, Tally
from hearth.insight.disclose.figures import figures
from hearth.insight.disclose.protecting import verdicts
from tests.insight.attackers import JULY, at, facet, made, recovered, told_by


def test_what_one_table_withholds_no_other_gives_away() -> None:
    """The school's total stands in the table by race and in that by gender."""
    one = facet(made(("race", "gender", "foster", "homeless"), {1: 160, 2: 60, 3: 240}, seed=7))
    found = verdicts([one])
    for cut in ("race", "gender", "foster", "homeless"):
        assert recovered(one, found, cut) == []


@pytest.mark.parametrize("seed", range(6))
def test_in_no_made_district_can_a_withheld_figure_be_recovered(seed: int) -> None:
    one = facet(made(("race", "english_learner"), {1: 90, 2: 140, 3: 30, 4: 200}, seed=seed))
    found = verdicts([one])
    for cut in ("race", "english_learner"):
        assert recovered(one, found, cut) == []


def test_no_group_of_ten_or_fewer_is_told_and_most_of_the_others_are() -> None:
    one = facet(made(("race", "gender"), {1: 420, 2: 380, 3: 610}, seed=4))
    told = figures(one, verdicts([one]), JULY, {})
    every = [figure for place in told.values() for figure in place]
    shown = [figure for figure in every if isinstance(figure, Shown)]
    assert all(figure.whole >= 11 for figure in shown)
    assert len(shown) > len(every) / 2


def test_what_is_stored_is_what_was_told() -> None:
    one = facet(made(("race",), {1: 420, 2: 90}, seed=4))
    for told in figures(one, verdicts([one]), JULY, {}).values():
        assert from_json(as_json(told)) == told


def test_a_gap_is_named_only_where_it_is_one() -> None:
    one = facet(told_by("race", {"1": {"black": (60, 120), "white": (40, 200), "asian": (22, 80)}}))
    found = verdicts([one])
    black, asian = (at(one, found, "1", "race", group) for group in ("black", "asian"))
    assert isinstance(black, Shown)
    assert isinstance(asian, Shown)
    assert black.gap is not None
    assert black.gap.is_one
    assert asian.gap is not None
    assert not asian.gap.is_one, "27.5 of a hundred against 31.3 may well be chance"


def test_days_that_one_child_was_sent_home_are_nobodys_to_read() -> None:
    """Three days among 120 students: the days are told nowhere, for they are one child's."""
    wholes = {("1", "", ()): 120, (DISTRICT, "", ()): 320, ("2", "", ()): 200}
    days, heads = {"1": 3, "2": 40, DISTRICT: 43}, {"1": 1, "2": 12, DISTRICT: 13}
    enrolled = Facet("enrolled", 2026, "", None, {c: Tally(n, n) for c, n in wholes.items()})
    lost = Facet(
        "instruction_lost", 2026, "days", None,
        {cell: Tally(days[cell[0]], n, n) for cell, n in wholes.items()},
    )  # fmt: skip
    behind = Facet(
        "instruction_lost+heads", 2026, "days", None,
        {cell: Tally(heads[cell[0]], n) for cell, n in wholes.items()},
    )  # fmt: skip
    found = verdicts([enrolled, lost, behind])
    told = {place: figure for place, (figure,) in figures(lost, found, JULY, {}).items()}
    assert isinstance(told["1"], Withheld)
    assert isinstance(told["2"], Withheld) or isinstance(told[DISTRICT], Withheld)
    assert isinstance(figures(enrolled, found, JULY, {})["1"][0], Shown)


def test_days_until_two_services_began_are_withheld() -> None:
    """The denominator counts children itself: two of them are too few."""
    few = Facet("days_to_link", 2026, "", None, {("1", "", ()): Tally(31, 2),
                                                 ("2", "", ()): Tally(300, 40),
                                                 (DISTRICT, "", ()): Tally(331, 42)})  # fmt: skip
    told = figures(few, verdicts([few]), JULY, {})
    assert told["1"] == [Withheld(few.spot("", ()), Because.FEW)]
