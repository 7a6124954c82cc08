"""Rounding, intervals and borrowed strength: the arithmetic under every figure."""

from decimal import Decimal
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.insight.rules.rounding import change, half_up, rate, share
from hearth.insight.rules.shrinkage import likeness
from hearth.kit.interval import Count, gap, is_gap, ratio, wilson

COUNTS = st.integers(1, 2000).flatmap(
    lambda whole: st.integers(0, whole).map(lambda part: Count(part, whole))
)


@pytest.mark.parametrize(
    ("why", "part", "whole", "published"),
    [
        ("one of eight lies just between 12.5 and nothing else", 1, 8, "12.5"),
        ("one of sixteen is 6.25, and goes up", 1, 16, "6.3"),
        ("three of forty-eight is 6.25 as well", 3, 48, "6.3"),
        ("one of three", 1, 3, "33.3"),
        ("nobody", 0, 41, "0.0"),
        ("everybody", 41, 41, "100.0"),
        ("23 of 80 is 28.75, which binary fractions round down", 23, 80, "28.8"),
    ],
)
def test_cottonwoods_rates_are_rounded_half_up(
    why: str, part: int, whole: int, published: str
) -> None:
    assert rate(part, whole) == Decimal(published), why
    assert str(rate(part, whole)) == published


def test_nothing_of_nobody_is_not_a_rate() -> None:
    assert rate(0, 0) is None
    assert change((1, 8), (0, 0)) is None
    with pytest.raises(ValueError, match="more than its whole"):
        share(9, 8)


def test_a_change_is_the_difference_of_the_unrounded_rates() -> None:
    # 33.333… less 28.75 is 4.583…; the rounded ones, 33.3 less 28.8, would say 4.5.
    assert change((1, 3), (23, 80)) == Decimal("4.6")
    assert change((23, 80), (1, 3)) == Decimal("-4.6")


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 3))
def test_half_up_is_the_nearest_and_away_from_zero_in_the_middle(
    exact: Fraction, places: int
) -> None:
    rounded = Fraction(half_up(exact, places))
    step = Fraction(1, 10**places)
    assert abs(rounded - exact) <= step / 2
    if abs(rounded - exact) == step / 2:
        assert abs(rounded) > abs(exact)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(1, 10, 0.0179, 0.4042), (0, 10, 0.0, 0.2775), (15, 148, 0.0624, 0.1605)],
)
def test_wilsons_interval_gives_its_published_examples(
    part: int, whole: int, low: float, high: float
) -> None:
    found = wilson(Count(part, whole))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (Count(56, 70), Count(48, 80), 0.0524, 0.3339),
        (Count(9, 10), Count(3, 10), 0.1705, 0.8090),
        (Count(10, 10), Count(0, 10), 0.6075, 1.0),
    ],
)
def test_newcombes_interval_gives_its_published_examples(
    one: Count, other: Count, low: float, high: float
) -> None:
    found = gap(one, other)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_the_same_distance_is_a_gap_among_many_and_none_among_few() -> None:
    assert is_gap(Count(120, 400), Count(80, 400))
    assert not is_gap(Count(3, 10), Count(2, 10))
    assert not is_gap(Count(3, 10), Count(0, 0))


def test_a_ratio_gives_its_textbook_example() -> None:
    # Heart attacks in the Physicians' Health Study: placebo over aspirin, 1.82 (1.43 to 2.31).
    found = ratio(Count(189, 11034), Count(104, 11037))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((1.433, 2.306), abs=1e-3)


@given(COUNTS, COUNTS)
def test_every_interval_holds_what_it_speaks_of(one: Count, other: Count) -> None:
    own = wilson(one)
    between, over = gap(one, other), ratio(one, other)
    assert own is not None
    assert between is not None
    assert 0 <= own.low <= one.share <= own.high <= 1
    assert -1 <= between.low <= one.share - other.share + 1e-12
    assert one.share - other.share - 1e-12 <= between.high <= 1
    if one.part == other.part == 0:
        assert over is None
        return
    assert over is not None
    point = one.share / other.share if other.part else inf
    assert over.low <= point * (1 + 1e-9)
    assert point <= over.high * (1 + 1e-9)
    assert over.width > 0


@given(COUNTS, COUNTS)
def test_a_gap_is_the_same_gap_from_the_other_side(one: Count, other: Count) -> None:
    there, back = gap(one, other), gap(other, one)
    assert there is not None
    assert back is not None
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert is_gap(one, other) == is_gap(other, one)


def test_a_small_school_leans_on_its_likes_and_a_large_one_hardly() -> None:
    juniper, larkspur = Count(4, 10), Count(400, 1000)
    schools = [juniper, larkspur, Count(60, 500), Count(90, 600), Count(50, 400)]
    likes = likeness(schools)

    assert likes is not None
    assert likes.middle == pytest.approx(604 / 2510)
    assert likes.middle < likes.estimate(juniper) < 0.4
    assert likes.estimate(larkspur) == pytest.approx(0.4, abs=0.01)
    assert likes.own_weight(juniper) < likes.own_weight(larkspur)


def test_schools_that_differ_by_chance_alone_share_one_estimate() -> None:
    likes = likeness([Count(10, 100), Count(11, 100), Count(9, 100)])
    assert likes is not None
    assert likes.borrowed is None
    assert likes.estimate(Count(9, 100)) == pytest.approx(0.1)


def test_one_school_alone_has_no_likes() -> None:
    assert likeness([Count(3, 10), Count(0, 0)]) is None


def test_the_fit_by_moments_finds_what_the_schools_were_made_of() -> None:
    # Large schools with shares spread evenly: the variance of the shares is then the model's own,
    # middle * (1 - middle) / (borrowed + 1), so the fit can be checked by hand.
    shares = [0.10, 0.15, 0.20, 0.25, 0.30]
    size = 1_000_000
    likes = likeness([Count(round(s * size), size) for s in shares])
    variance = sum((s - 0.2) ** 2 for s in shares) / 4
    assert likes is not None
    assert likes.borrowed == pytest.approx(0.2 * 0.8 / variance - 1, rel=1e-3)


@given(st.lists(COUNTS, min_size=2, max_size=20))
def test_an_estimate_lies_between_the_own_rate_and_that_of_all(groups: list[Count]) -> None:
    likes = likeness(groups)
    assert likes is not None
    for group in groups:
        low, high = sorted((group.share, likes.middle))
        assert low - 1e-9 <= likes.estimate(group) <= high + 1e-9
        assert 0 <= likes.own_weight(group) <= 1
