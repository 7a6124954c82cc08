"""Is it fair? Every ratio comes from printed counts, and none tells what was withheld."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

import pytest

from hearth.insight.disclose import EVERYBODY, Because, Figure, Shown, Spot, Withheld
from hearth.insight.disclose.figures import figures
from hearth.insight.disclose.protecting import verdicts
from hearth.insight.fairness.beside import Group, group, reference_of
from hearth.insight.fairness.counts import Compared, Untold, Why
from hearth.insight.fairness.dashboard import Dashboard, dashboard
from hearth.insight.fairness.grownups import likeness
from hearth.insight.fairness.state import State
from hearth.insight.fairness.years import over_years
from hearth.insight.measures.cards import cards
from hearth.insight.reading import Place, Told
from hearth.insight.rules.dashboard import Change, Color, Status
from hearth.insight.rules.fairness import rule
from hearth.kit.interval import Count, is_gap
from tests.insight.test_disclose import facet, made, told_by

JULY = date(2026, 7, 1)
RULE = rule("federal", date(2026, 6, 30))
COTTONWOOD = Place("cottonwood", "Cottonwood Elementary", cast("Any", SimpleNamespace(pk=1)))
DISTRICT = Place("district", "Alder Valley", None)


def shown(part: int, whole: int, *values: str, cut: str = "race", as_of: date = JULY) -> Shown:
    spot = Spot(cut if values else EVERYBODY, values)
    return Shown(spot, part, whole, Decimal(0), as_of)


def hidden(*values: str, because: Because = Because.FEW, whole: int | None = None) -> Withheld:
    return Withheld(Spot("race" if values else EVERYBODY, values), because, whole)


def told(
    *these: Figure, measure: str = "chronic_absence", year: int = 2026, place: Place = COTTONWOOD,
    as_of: date | None = None,
) -> Told:  # fmt: skip
    return Told(cards()[measure], place, year, as_of or date(year, 7, 1), these)


BLACK, WHITE = shown(12, 60, "black"), shown(15, 300, "white")
ALL = shown(52, 860)


def compared(figure: Figure, everybody: Figure | None = ALL, **more: Any) -> Group:
    return group(figure, everybody, more.pop("reference", WHITE), RULE, **more)


def value(one: Compared | Untold) -> Fraction | Why:
    return one.why if isinstance(one, Untold) else one.value


class TestOneGroupBesideTheOthers:
    def test_black_students_of_alder_valley_by_every_figure(self) -> None:
        """12 of 60, and 40 of the 800 others: one in five beside one in twenty."""
        found = compared(BLACK)
        assert value(found.risk) == 4
        assert value(found.rate) == 4, "15 of 300 white students is one in twenty, too"
        assert value(found.apart) == -15, "reached less: fifteen points more is less than nothing"
        assert value(found.share) == Fraction(12, 52)
        assert value(found.weight) == Fraction(12, 52) / Fraction(60, 860)
        assert found.difference == 1

    def test_four_of_twenty_beside_three_of_twenty_is_no_gap(self) -> None:
        found = compared(shown(4, 20, "asian"), shown(19, 120), reference=shown(15, 100, "white"))
        assert isinstance(found.rate, Compared)
        assert not found.rate.is_gap
        assert isinstance(found.weight, Compared)
        assert not found.weight.is_gap
        assert found.difference == 0

    def test_representation_is_unsure_just_where_the_ratio_to_everybody_else_is(self) -> None:
        for part in range(10, 60, 5):
            found = compared(shown(part, 60, "black"), shown(part + 40, 860))
            assert isinstance(found.risk, Compared)
            assert isinstance(found.weight, Compared)
            assert found.risk.is_gap is found.weight.is_gap
            assert found.weight.between.low <= found.weight.value <= found.weight.between.high

    def test_oaklands_black_students_of_2010(self) -> None:
        """Published: 33 percent of enrollment, 63 percent of the suspensions (Results for America,
        "Restorative Justice in Schools, Oakland"): nearly twice their size."""
        found = compared(shown(63, 330, "black"), shown(100, 1000))
        assert round(float(cast("Fraction", value(found.weight))), 1) == 1.9

    def test_the_rule_makes_no_ratio_of_nine_cases_but_the_others_stand(self) -> None:
        found = compared(shown(9, 60, "black"), shown(49, 860))
        assert value(found.risk) is Why.GROUP_TOO_FEW
        assert value(found.rate) == 3

    def test_where_everybody_else_is_too_few_the_state_stands_in(self) -> None:
        """34 CFR 300.647(a)(1): beside all other groups of the state, the alternate risk ratio."""
        few = shown(15, 360)
        assert value(compared(BLACK, few).risk) is Why.COMPARISON_TOO_FEW
        found = compared(BLACK, few, state=Count(30_000, 600_000))
        assert found.elsewhere
        assert value(found.risk) == 4

    def test_the_states_own_printed_counts_give_everybody_else(self) -> None:
        """Suspended in 2023-24, as the state printed it: all students and its English learners."""
        every, learners = Count(197_709, 6_023_851), Count(45_697, 1_210_441)
        state = State(2024, "CDE", {"all": every, "english_learners": learners})
        assert state.others("english_learner", "yes") == Count(152_012, 4_813_410)
        assert state.others("english_learner", "no") == learners
        assert state.others("race", "black") is None, "not printed, not worked out"

    def test_the_group_to_compare_with_is_the_largest_that_is_told(self) -> None:
        asian = shown(4, 20, "asian")
        these: list[Figure] = [
            BLACK,
            WHITE,
            hidden("hispanic", because=Because.LINKED, whole=500),
            asian,
        ]
        assert reference_of(these) == WHITE
        assert reference_of(these, "black") == BLACK
        assert reference_of(these, "hispanic") == WHITE, "one cannot compare with what is withheld"

    def test_where_nobody_has_it_there_is_nothing_to_divide_by(self) -> None:
        found = compared(BLACK, reference=shown(0, 300, "white"))
        assert value(found.rate) is Why.NOBODY
        assert value(found.apart) == -20


class TestWhatIsWithheldStaysSo:
    """A needed count that is withheld takes with it whatever would be made of it."""

    @pytest.mark.parametrize(
        ("figure", "why"),
        [
            (hidden("black"), Why.FEW),
            (hidden("black", because=Because.LINKED, whole=60), Why.LINKED),
            (hidden("black", because=Because.MISSING), Why.MISSING),
        ],
    )
    def test_of_the_group_itself(self, figure: Figure, why: Why) -> None:
        """Even where its size is told: a rate, a share, anything with its n would be the count."""
        found = compared(figure, state=Count(30_000, 600_000))
        every = [found.risk, found.rate, found.apart, found.share, found.weight]
        assert [value(one) for one in every] == [why] * 5
        assert (found.difference, found.told) == (0, False)

    def test_of_everybody(self) -> None:
        found = compared(BLACK, hidden(because=Because.LINKED))
        assert [value(one) for one in (found.risk, found.share, found.weight)] == [
            Why.EVERYBODY
        ] * 3
        assert value(found.rate) == 4, "two groups that are told may stand beside each other"

    def test_of_the_group_to_compare_with(self) -> None:
        found = compared(BLACK, reference=hidden("white"))
        assert (value(found.rate), value(found.apart)) == (Why.REFERENCE, Why.REFERENCE)

    def test_two_days_are_never_mixed(self) -> None:
        """June's 12 of 60 beside July's everybody: the others in between are of no day."""
        june = replace(BLACK, as_of=date(2026, 6, 1))
        found = compared(june)
        every = [found.risk, found.rate, found.apart, found.share, found.weight]
        assert [value(one) for one in every] == [Why.DAYS] * 5

    @pytest.mark.parametrize("cut", ["race", "english_learner", "gender"])
    @pytest.mark.parametrize("seed", range(4))
    def test_in_no_made_district_is_a_figure_made_of_anything_that_is_not_printed(
        self, seed: int, cut: str
    ) -> None:
        """Each count that stands beside a ratio is a printed cell, or everybody less one."""
        one = facet(made((cut,), {1: 90, 2: 140, 3: 30, 4: 200}, seed=seed))
        found = verdicts([one])
        compared_any = False
        for own in figures(one, found, JULY, {}).values():
            every = next((f for f in own if f.spot.cut == EVERYBODY), None)
            groups = [f for f in own if f.spot.cut == cut]
            printed = {(int(f.part), f.whole) for f in own if isinstance(f, Shown)}
            if isinstance(every, Shown):
                printed |= {(int(every.part) - p, every.whole - w) for p, w in printed}
            allowed = printed | {(p, q) for p, _w in printed for q, _v in printed}
            allowed |= {(w, v) for _p, w in printed for _q, v in printed}
            for figure in groups:
                row = group(figure, every, reference_of(groups), RULE)
                for told_ in (row.risk, row.rate, row.apart, row.share, row.weight):
                    if isinstance(told_, Compared):
                        compared_any = True
                        assert isinstance(figure, Shown)
                        assert {(c.part, c.whole) for c in (told_.one, told_.other)} <= allowed
        assert compared_any

    @pytest.mark.parametrize("seed", range(6))
    def test_shares_that_add_up_to_all_but_one_do_not_give_the_one_away(self, seed: int) -> None:
        """Composition adds up to one hundred: were all but one group told, so would be the last."""
        one = facet(made(("race",), {1: 420, 2: 95, 3: 610}, seed=seed))
        for own in figures(one, verdicts([one]), JULY, {}).values():
            every = next((f for f in own if f.spot.cut == EVERYBODY), None)
            groups = [f for f in own if f.spot.cut == "race"]
            rows = [group(f, every, None, RULE) for f in groups]
            silent = [row for row in rows if isinstance(row.share, Untold)]
            assert len(silent) != 1

    def test_a_complement_and_a_zero(self) -> None:
        """Nobody of sixteen learners is absent; neither row says so, nor how far it is off."""
        schools = {"1": {"yes": (0, 16), "no": (20, 120)}, "2": {"yes": (9, 60), "no": (25, 130)}}
        one = facet(told_by("english_learner", schools))
        own = figures(one, verdicts([one]), JULY, {})["1"]
        every = next(f for f in own if f.spot.cut == EVERYBODY)
        for figure in (f for f in own if f.spot.cut != EVERYBODY):
            row = group(figure, every, reference_of(own), RULE)
            assert isinstance(row.share, Untold)
            assert isinstance(row.weight, Untold)
            assert isinstance(row.apart, Untold)


class TestThreeYears:
    def ratios(self, *years: Told) -> list[Fraction | Why]:
        (row,) = over_years(years, years[0], "race", "", State())
        return [value(one) for one in row.ratios]

    def test_the_same_group_three_years_running(self) -> None:
        years = [told(BLACK, ALL, year=year) for year in (2026, 2025, 2024)]
        assert self.ratios(*years) == [4, 4, 4]
        (row,) = over_years(years, years[0], "race", "", State())
        assert row.throughout

    def test_a_year_that_is_withheld_stays_silent_and_breaks_the_chain(self) -> None:
        years = [told(BLACK, ALL), told(hidden("black"), ALL, year=2025),
                 told(BLACK, ALL, year=2024)]  # fmt: skip
        assert self.ratios(*years) == [4, Why.FEW, 4]
        (row,) = over_years(years, years[0], "race", "", State())
        assert not row.throughout
        assert self.ratios(years[0]) == [Why.MISSING, Why.MISSING, 4]


def read(*years: Told, by: str = "race") -> Dashboard:
    found = dashboard(years, years[0], by, "Everybody")
    assert found is not None
    return found


def status(one: Dashboard) -> tuple[object, ...]:
    reading = one.everybody.reading
    return (reading.why,) if isinstance(reading, Untold) else (
        reading.status, reading.change, reading.color)  # fmt: skip


def grades(*names: str, part: int = 10, whole: int = 50) -> list[Shown]:
    return [shown(part, whole, name, cut="grade") for name in names]


class TestTheDashboard:
    def test_cottonwood_fell_from_very_high_to_high(self) -> None:
        now = told(shown(60, 400), *grades("KG", "05"))
        before = told(shown(100, 400), *grades("KG", "05"), year=2025)
        assert status(read(now, before)) == (
            Status.HIGH, Change.DECLINED_SIGNIFICANTLY, Color.YELLOW,
        )  # fmt: skip

    def test_the_states_own_reading_of_2022(self) -> None:
        """Printed by the state for all students: 1,201,696 of 4,009,260, very high, no change."""
        found = read(told(shown(1_201_696, 4_009_260), year=2022, place=DISTRICT))
        assert status(found) == (Status.VERY_HIGH, None, None)

    def test_a_change_would_tell_last_years_rate_so_there_is_none_where_that_is_withheld(
        self,
    ) -> None:
        now = told(shown(60, 400), BLACK)
        before = told(shown(100, 400), hidden("black", because=Because.LINKED, whole=55), year=2025)
        (black,) = read(now, before).groups
        assert not isinstance(black.reading, Untold)
        assert (black.reading.change, black.reading.points, black.reading.color) == (None,) * 3
        assert black.before == Untold(Why.LAST_YEAR)

    def test_of_a_withheld_group_there_is_neither_status_nor_color(self) -> None:
        now = told(shown(60, 400), hidden("black", because=Because.LINKED, whole=55))
        before = told(shown(100, 400), BLACK, year=2025)
        assert read(now, before).groups[0].reading == Untold(Why.LINKED)

    def test_it_counts_to_grade_8_where_every_grade_is_told(self) -> None:
        now = told(shown(60, 400), *grades("07", "08"), *grades("09", part=40), place=DISTRICT)
        found = read(now)
        assert found.everybody.now == Count(20, 100)

    def test_and_says_nothing_where_one_of_them_is_withheld(self) -> None:
        """All less the older ones would be the one grade that is withheld."""
        eighth = Withheld(Spot("grade", ("08",)), Because.LINKED, 50)
        now = told(shown(60, 400), *grades("07", "09"), eighth, BLACK, place=DISTRICT)
        found = read(now)
        assert status(found) == (Why.OLDER,)
        assert found.groups[0].reading == Untold(Why.OLDER)

    def test_a_high_school_has_no_chronic_absenteeism_there(self) -> None:
        assert (
            dashboard([one := told(shown(60, 400), *grades("09", "12"))], one, "race", "") is None
        )

    def test_a_year_that_is_running_is_not_read(self) -> None:
        running = told(shown(9, 400), as_of=date(2026, 1, 5))
        assert dashboard([running], running, "race", "") is None
        over = told(shown(60, 400), year=2025)
        assert read(running, over).year == 2025

    @pytest.mark.parametrize(
        ("place", "taught", "found"),
        [
            (COTTONWOOD, ("KG", "05"), Status.MEDIUM),
            (COTTONWOOD, ("09", "12"), Status.MEDIUM),
            (COTTONWOOD, ("06", "08"), Why.NO_TABLE),
            (DISTRICT, ("KG", "09"), Status.LOW),
            (DISTRICT, ("09", "12"), Why.NO_TABLE),
        ],
    )
    def test_suspension_is_read_by_the_table_of_its_kind(
        self, place: Place, taught: Sequence[str], found: object
    ) -> None:
        """Two of a hundred: low in a unified district, medium at a school; some tables are not
        known, and then nothing is guessed."""
        one = told(
            shown(20, 1000), *grades(*taught), measure="suspension_rate_dashboard", place=place
        )
        assert status(read(one))[0] == found


class TestGrownUps:
    def rows(
        self, staff: Mapping[str, Figure], students: Mapping[str, Figure]
    ) -> dict[str, tuple[object, object]]:
        here = told(*students.values(), shown(1000, 1000), measure="enrolled", place=DISTRICT)
        works = told(*staff.values(), shown(100, 100), measure="staff", place=DISTRICT)
        found = likeness(works, here, "race")
        return {row.label: (value(row.times), value(row.points)) for row in found}

    def test_a_fifth_of_the_staff_and_three_fifths_of_the_students(self) -> None:
        found = self.rows(
            {"hispanic": shown(20, 20, "hispanic")}, {"hispanic": shown(600, 600, "hispanic")}
        )
        assert found == {"Hispanic or Latino": (Fraction(1, 3), -40)}

    def test_a_few_and_none_at_all_read_alike(self) -> None:
        """Whether the one Hmong teacher is there is not to be read from two kinds of silence."""
        students = {"asian": shown(90, 90, "asian")}
        few = self.rows({"asian": hidden("asian")}, students)
        none = self.rows({}, students)
        missing = self.rows({"asian": hidden("asian", because=Because.MISSING)}, students)
        assert few == none == missing == {"Asian": (Why.FEW, Why.FEW)}

    def test_it_is_called_a_gap_only_where_its_interval_says_so(self) -> None:
        here = told(shown(30, 30, "black"), shown(1000, 1000), measure="enrolled", place=DISTRICT)
        works = told(shown(5, 5, "black"), shown(100, 100), measure="staff", place=DISTRICT)
        (row,) = likeness(works, here, "race")
        assert isinstance(row.points, Compared)
        assert row.points.is_gap is is_gap(Count(5, 100), Count(30, 1000))
        assert not row.points.is_gap
