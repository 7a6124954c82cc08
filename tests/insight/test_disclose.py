"""Each way of asking for too much: none of them tells of anybody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from hearth.disclosure import OUTCOME, TOTAL, audit
from hearth.insight.disclose import Because, Shown, Withheld, as_json, from_json
from hearth.insight.disclose.counts import DISTRICT, NO, WHOLE, YES, Facet, Key, Tally
from hearth.insight.disclose.figures import Before, figures, printed
from hearth.insight.disclose.protecting import Verdicts, verdicts
from tests.insight import worlds

JULY = date(2026, 7, 1)
Cells = dict[tuple[str, str, tuple[str, ...]], Tally]


def facet(tallies: Cells) -> Facet:
    return Facet("chronic_absence", 2026, "", None, tallies)


def told_by(cut: str, schools: Mapping[str, Mapping[str, tuple[int, int]]]) -> Cells:
    """(part, whole) of each group at each school, with every margin."""
    found: Counter[tuple[Any, ...]] = Counter()
    for school, groups in schools.items():
        for group, (part, whole) in groups.items():
            for place in (school, DISTRICT):
                for cell in ((place, cut, (group,)), (place, "", ())):
                    found[cell, "part"] += part
                    found[cell, "whole"] += whole
    return {cell: Tally(found[cell, "part"], found[cell, "whole"]) for cell, _side in found}


def made(cuts: Iterable[str], sizes: Mapping[int, int], seed: int) -> Cells:
    """The counts of a made district, straight from its students."""
    students, years = worlds.students(sizes, seed=seed)
    found: Counter[tuple[Any, ...]] = Counter()
    for row, year in zip(students, years, strict=True):
        away = year["excused"] >= 18
        for place in (str(row["school"]), DISTRICT):
            for cell in [(place, "", ()), *((place, cut, (_said(row[cut]),)) for cut in cuts)]:
                found[cell, "whole"] += 1
                found[cell, "part"] += away
    return {cell: Tally(found[cell, "part"], found[cell, "whole"]) for cell, _side in found}


def _said(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, value)


def recovered(one: Facet, found: Verdicts, cut: str) -> list[Any]:
    """What somebody learns who has every printed count of a cut, its margins and the district."""
    shown, withheld = {}, []
    hidden = found.of(one)
    for (place, of, values), tally in one.tallies.items():
        if of not in (cut, ""):
            continue
        counts = {YES: int(tally.part), NO: tally.whole - int(tally.part), WHOLE: tally.whole}
        for side, count in counts.items():
            cell = (place or TOTAL, *(values or (TOTAL,)), TOTAL if side == WHOLE else side)
            if Key(place, of, values, side) in hidden:
                withheld.append(cell)
            else:
                shown[cell] = count
    return audit(("school", cut, OUTCOME), shown, withheld, explain=False)


def at(one: Facet, found: Verdicts, place: str, cut: str, *values: str) -> Shown | Withheld:
    told = figures(one, found, JULY, {})[place]
    return next(f for f in told if (f.spot.cut, f.spot.values) == (cut, values))


def test_two_filters_that_differ_by_one_child() -> None:
    """Everybody less everybody who is not in foster care is one child."""
    one = facet(told_by("foster", {"1": {"yes": (1, 1), "no": (94, 419)},
                                   "2": {"yes": (9, 30), "no": (80, 350)}}))  # fmt: skip
    found = verdicts([one])
    assert isinstance(at(one, found, "1", ""), Shown)
    assert isinstance(at(one, found, "1", "foster", "yes"), Withheld)
    assert isinstance(at(one, found, "1", "foster", "no"), Withheld)
    assert recovered(one, found, "foster") == []


def test_a_school_against_its_district() -> None:
    """The district less all other schools is the one school that was withheld."""
    one = facet(told_by("race", {
        "1": {"black": (3, 7), "white": (20, 90), "hispanic": (30, 140)},
        "2": {"black": (9, 40), "white": (22, 95), "hispanic": (35, 150)},
        "3": {"black": (11, 45), "white": (25, 99), "hispanic": (40, 160)},
    }))  # fmt: skip
    found = verdicts([one])
    assert at(one, found, "1", "race", "black") == Withheld(
        one.spot("race", ("black",)), Because.FEW
    )
    others = [at(one, found, place, "race", "black") for place in ("2", "3", DISTRICT)]
    assert any(isinstance(other, Withheld) for other in others)
    assert recovered(one, found, "race") == []


def test_a_complement_and_a_zero() -> None:
    """Nobody of sixteen is absent; everybody else's figure must not say so either."""
    one = facet(told_by("english_learner", {"1": {"yes": (0, 16), "no": (20, 120)},
                                            "2": {"yes": (9, 60), "no": (25, 130)}}))  # fmt: skip
    found = verdicts([one])
    withheld = at(one, found, "1", "english_learner", "yes")
    assert isinstance(withheld, Withheld)
    assert withheld.because is Because.LINKED, "a reason such as 'nobody' would tell it"
    assert recovered(one, found, "english_learner") == []


def test_a_rate_with_its_n() -> None:
    """Where the rate is withheld, its numerator stands nowhere, though the size may."""
    one = facet(told_by("english_learner", {"1": {"yes": (0, 16), "no": (20, 120)},
                                            "2": {"yes": (9, 60), "no": (25, 130)}}))  # fmt: skip
    told = as_json(figures(one, verdicts([one]), JULY, {})["1"])
    withheld = next(row for row in told if row["values"] == ["yes"])
    assert set(withheld) == {"cut", "values", "because", "n"}


def test_last_month_against_this() -> None:
    """One child more since June: the June figure stays, with its day."""
    before = facet(told_by("race", {"1": {"white": (20, 90), "hispanic": (30, 140)}}))
    after = facet(told_by("race", {"1": {"white": (21, 90), "hispanic": (60, 140)}}))
    ledger = printed(before, verdicts([before]))
    found = verdicts([after], {after.name: ledger})
    june = date(2026, 6, 1)
    stood = {cell: Before(tally, june) for cell, tally in before.tallies.items()}
    told = {f.spot.values: f for f in figures(after, found, JULY, stood)["1"]}
    white = told[("white",)]
    assert isinstance(white, Shown)
    assert (white.part, white.as_of) == (20, june)


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
