"""The four-point rule, without a database: Diego's reading should rise, Sam's late days fall."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.supports.rules import progress
from hearth.supports.rules.progress import Count, GoalLine, Says, Side, read

MONDAY = date(2026, 9, 7)
# Ten weeks: one word more each week, one late day less.
DIEGO_READS = GoalLine(Fraction(40), MONDAY, Fraction(50), MONDAY + timedelta(weeks=10))
SAM_IS_LATE = GoalLine(Fraction(12), MONDAY, Fraction(2), MONDAY + timedelta(weeks=10))


def weekly(*values: float, first: int = 1) -> list[Count]:
    return [
        Count(MONDAY + timedelta(weeks=week), Fraction(value))
        for week, value in enumerate(values, first)
    ]


def test_four_above_the_line_make_diego_look_ready_to_step_down() -> None:
    reading = read(DIEGO_READS, weekly(42, 43, 44, 45))
    assert (reading.says, reading.side) == (Says.STEP_DOWN, Side.ABOVE)


def test_four_below_the_line_ask_to_look_at_diegos_plan() -> None:
    reading = read(DIEGO_READS, weekly(40, 41, 42, 43))
    assert (reading.says, reading.side) == (Says.REVIEW, Side.BELOW)


def test_fewer_late_days_than_the_line_make_sam_look_ready_to_step_down() -> None:
    reading = read(SAM_IS_LATE, weekly(10, 9, 8, 7))
    assert (reading.says, reading.side) == (Says.STEP_DOWN, Side.BELOW)


def test_more_late_days_than_the_line_ask_to_look_at_sams_plan() -> None:
    reading = read(SAM_IS_LATE, weekly(12, 11, 10, 9))
    assert (reading.says, reading.side) == (Says.REVIEW, Side.ABOVE)


def test_some_above_and_some_below_go_on() -> None:
    assert read(DIEGO_READS, weekly(42, 40, 44, 43)).says == Says.GO_ON


@pytest.mark.parametrize("week", [0, 1, 2, 3])
def test_one_count_exactly_on_the_line_is_neither(week: int) -> None:
    values = [42, 43, 44, 45]
    values[week] = 41 + week
    assert read(DIEGO_READS, weekly(*values)).says == Says.GO_ON


def test_four_on_the_line_go_on() -> None:
    assert read(DIEGO_READS, weekly(41, 42, 43, 44)).says == Says.GO_ON


def test_on_the_line_is_meant_exactly_also_between_whole_numbers() -> None:
    thirds = GoalLine(Fraction(0), MONDAY, Fraction(1), MONDAY + timedelta(days=3))
    day = MONDAY + timedelta(days=1)
    assert thirds.side(Count(day, Fraction(1, 3))) == Side.ON
    assert thirds.side(Count(day, Fraction("0.33"))) == Side.BELOW


def test_three_counts_are_too_few_to_say_anything() -> None:
    reading = read(DIEGO_READS, weekly(42, 43, 44))
    assert (reading.says, reading.counted, reading.needed) == (Says.TOO_FEW, 3, 4)
    assert reading.trend is None
    assert read(DIEGO_READS, []).says == Says.TOO_FEW


def test_only_the_last_four_count() -> None:
    assert read(DIEGO_READS, weekly(40, 40, 40, 45, 46, 47, 48)).says == Says.STEP_DOWN


def test_counts_may_come_in_any_order() -> None:
    counts = weekly(40, 40, 40, 45, 46, 47, 48)
    assert read(DIEGO_READS, counts[::-1]) == read(DIEGO_READS, counts)


def test_after_a_change_only_what_was_counted_since_speaks() -> None:
    counts = weekly(40, 40, 40, 40, 50, 50, 50)
    changed = MONDAY + timedelta(weeks=5)
    assert read(DIEGO_READS, counts[:4]).says == Says.REVIEW
    assert read(DIEGO_READS, counts, [changed]).says == Says.TOO_FEW
    since = read(DIEGO_READS, [*counts, *weekly(50, first=8)], [MONDAY, changed])
    assert (since.says, since.counted, since.since) == (Says.STEP_DOWN, 4, changed)


def test_the_day_of_the_change_counts_already() -> None:
    counts = weekly(50, 50, 50, 50)
    assert read(DIEGO_READS, counts, [counts[0].on]).says == Says.STEP_DOWN


def test_past_its_day_the_goal_line_runs_level() -> None:
    assert DIEGO_READS.at(MONDAY + timedelta(weeks=30)) == 50
    assert DIEGO_READS.at(MONDAY - timedelta(weeks=1)) == 40
    assert read(DIEGO_READS, weekly(50, 51, 51, 51, first=10)).says == Says.GO_ON


def test_the_rate_is_said_beside_the_rate_that_is_needed() -> None:
    reading = read(DIEGO_READS, weekly(41, 43, 45, 47))
    assert reading.per_week == pytest.approx(1)
    assert reading.trend
    assert reading.trend.per_week == pytest.approx(2)
    assert reading.trend.at_end == pytest.approx(47)
    assert read(SAM_IS_LATE, weekly(12, 12, 12, 12)).per_week == pytest.approx(-1)


def test_one_odd_day_does_not_bend_the_trend() -> None:
    trend = read(DIEGO_READS, weekly(41, 42, 43, 44, 90, 46, 47)).trend
    assert trend
    assert trend.per_week == pytest.approx(1)


def test_a_trend_of_few_weeks_is_not_yet_trusted() -> None:
    assert not read(DIEGO_READS, weekly(*[42] * 9)).trusted
    assert read(DIEGO_READS, weekly(*[42] * 10)).trusted


def test_every_threshold_names_its_source() -> None:
    assert all(threshold.source for threshold in progress.thresholds())
    assert {t.key for t in progress.thresholds()} == {
        "in_a_row", "for_a_trend", "to_trust_a_trend",
    }  # fmt: skip


NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)
DAYS = st.dates(date(2026, 7, 1), date(2028, 7, 1))
COUNTS = st.lists(st.builds(Count, DAYS, NUMBERS), max_size=12, unique_by=lambda c: c.on)


@st.composite
def lines(draw: st.DrawFn) -> GoalLine:
    begins, days = draw(DAYS), draw(st.integers(1, 400))
    baseline = draw(NUMBERS)
    target = draw(NUMBERS.filter(lambda value: value != baseline))
    return GoalLine(baseline, begins, target, begins + timedelta(days=days))


def mirrored(line: GoalLine) -> GoalLine:
    return GoalLine(-line.baseline, line.baseline_on, -line.target, line.target_on)


@given(lines(), COUNTS, st.lists(DAYS, max_size=2))
def test_a_measure_that_should_fall_is_the_mirror_of_one_that_should_rise(
    line: GoalLine, counts: list[Count], phases: list[date]
) -> None:
    one = read(line, counts, phases)
    other = read(mirrored(line), [Count(c.on, -c.value) for c in counts], phases)
    assert one.says == other.says
    swapped = {Side.ABOVE: Side.BELOW, Side.BELOW: Side.ABOVE}
    assert other.side == (swapped.get(one.side, one.side) if one.side else None)
    assert other.per_week == -one.per_week
    if one.trend and other.trend:
        assert other.trend.per_week == pytest.approx(-one.trend.per_week, abs=1e-6)


@given(lines(), COUNTS)
def test_a_prompt_has_enough_counts_behind_it_all_on_one_side(
    line: GoalLine, counts: list[Count]
) -> None:
    reading = read(line, counts)
    if reading.says in (Says.STEP_DOWN, Says.REVIEW):
        last = sorted(counts, key=lambda count: count.on)[-reading.needed :]
        assert len(last) == reading.needed
        assert {line.side(count) for count in last} == {reading.side}
        assert reading.side != Side.ON


@given(lines(), COUNTS, DAYS)
def test_nothing_from_before_the_change_is_heard(
    line: GoalLine, counts: list[Count], changed: date
) -> None:
    since = [count for count in counts if count.on >= changed]
    assert read(line, counts, [changed]) == read(line, since, [changed])
