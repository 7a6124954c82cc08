"""Who bears an outcome: risk ratios where the rule allows one, shares, gaps and likeness."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.insight.rules.dated import NotKnown
from hearth.insight.rules.fairness import (
    RiskRatio,
    Way,
    access_gap,
    composition,
    diversity,
    relative_rate,
    representation,
    risk_ratio,
    rule,
    staff_parity,
    too_high_throughout,
)
from hearth.insight.rules.groups import By, fixed_order, place
from hearth.insight.rules.race import FEDERAL_GROUPS, Race, UnknownRace, california, federal
from hearth.kit.interval import Count

SPRING = date(2026, 6, 30)
FEDERAL_RULE = rule("federal", SPRING)
ALDER = {Race.BLACK: Count(12, 60), Race.WHITE: Count(15, 300), Race.HISPANIC: Count(25, 500)}
CALIFORNIA = {Race.BLACK: Count(9_000, 90_000), Race.WHITE: Count(30_000, 600_000)}


def test_black_students_of_alder_valley_are_four_times_as_often_suspended() -> None:
    found = risk_ratio(ALDER, Race.BLACK, FEDERAL_RULE)
    assert (found.way, found.value) == (Way.RISK_RATIO, Fraction(4))
    assert found.comparison == Count(40, 800)


@pytest.mark.parametrize(
    ("why", "district", "state", "way", "value"),
    [
        ("nine cases say nothing", {Race.BLACK: Count(9, 60), Race.WHITE: Count(15, 300)},
         CALIFORNIA, Way.GROUP_TOO_FEW, None),
        ("twenty-nine children say nothing",
         {Race.BLACK: Count(12, 29), Race.WHITE: Count(15, 300)},
         CALIFORNIA, Way.GROUP_TOO_FEW, None),
        ("too few others: compared with the rest of the state",
         {Race.BLACK: Count(12, 60), Race.WHITE: Count(3, 300)}, CALIFORNIA, Way.ALTERNATE,
         Fraction(4)),
        ("too few others, and no figures of the state",
         {Race.BLACK: Count(12, 60), Race.WHITE: Count(3, 300)}, None, Way.COMPARISON_TOO_FEW,
         None),
        ("nobody else at all", {Race.BLACK: Count(12, 60)}, None, Way.COMPARISON_TOO_FEW, None),
    ],
)  # fmt: skip
def test_where_the_rule_allows_no_plain_ratio(
    why: str,
    district: dict[Race, Count],
    state: dict[Race, Count] | None,
    way: Way,
    value: Fraction | None,
) -> None:
    found = risk_ratio(district, Race.BLACK, FEDERAL_RULE, state)
    assert (found.way, found.value) == (way, value), why


def ratio_of(value: Fraction | None) -> RiskRatio:
    return RiskRatio(Way.RISK_RATIO, value, Count(10, 30), None)


@pytest.mark.parametrize(
    ("why", "years", "too_high"),
    [
        ("three years above", [Fraction(4), Fraction(7, 2), Fraction(31, 10)], True),
        ("exactly three is not above", [Fraction(4), Fraction(3), Fraction(4)], False),
        ("only two years are known", [Fraction(4), Fraction(4)], False),
        ("a year without a ratio breaks the chain", [Fraction(4), None, Fraction(4)], False),
        (
            "an older good year no longer helps",
            [Fraction(1), Fraction(4), Fraction(4), Fraction(4)],
            True,
        ),
    ],
)
def test_the_view_of_three_years(why: str, years: list[Fraction | None], too_high: bool) -> None:
    threshold = Fraction(3)
    found = too_high_throughout([ratio_of(year) for year in years], FEDERAL_RULE, threshold)
    assert found is too_high, why


def test_a_threshold_that_california_has_not_told_us_is_refused() -> None:
    with pytest.raises(NotKnown, match="California's has not been found"):
        FEDERAL_RULE.threshold(SPRING)


def test_a_rule_with_a_number_missing_is_no_rule() -> None:
    with pytest.raises(NotKnown, match="washington_min_cell is not known"):
        rule("washington", SPRING)


def test_shares_of_the_outcome_and_over_the_share_of_enrollment() -> None:
    shares = composition(ALDER)
    assert shares is not None
    assert shares[Race.BLACK] == Fraction(12, 52)
    assert sum(shares.values()) == 1
    found = representation(ALDER)
    assert found is not None
    assert found[Race.BLACK] == Fraction(12, 52) / Fraction(60, 860)
    assert composition({Race.BLACK: Count(0, 60)}) is None


def test_relative_rate_and_access_gap() -> None:
    assert relative_rate(ALDER[Race.BLACK], ALDER[Race.WHITE]) == Fraction(4)
    assert relative_rate(ALDER[Race.BLACK], Count(0, 300)) is None
    # Of Spanish-speaking families 30 of 100 are linked, of the others 90 of 200.
    assert access_gap(Count(90, 200), Count(30, 100)) == 15
    assert access_gap(Count(90, 200), Count(0, 0)) is None


def test_do_the_adults_look_like_the_children() -> None:
    found = staff_parity(
        {Race.WHITE: 30, Race.HISPANIC: 10}, {Race.WHITE: 100, Race.HISPANIC: 300, Race.BLACK: 0}
    )
    assert found == {Race.WHITE: 3, Race.HISPANIC: Fraction(1, 3), Race.BLACK: None}
    assert diversity({Race.WHITE: 50, Race.HISPANIC: 50}) == Fraction(1, 2)
    assert diversity({}) is None


@given(
    st.dictionaries(
        st.sampled_from(list(Race)),
        st.integers(1, 500).flatmap(
            lambda whole: st.integers(0, whole).map(lambda part: Count(part, whole))
        ),
        min_size=1,
    )
)
def test_representation_weighs_out_to_one(counts: dict[Race, Count]) -> None:
    found = representation(counts)
    if found is None:
        assert not any(count.part for count in counts.values())
        return
    enrolled = sum(count.whole for count in counts.values())
    weighed = sum((found[r] or 0) * Fraction(c.whole, enrolled) for r, c in counts.items())
    assert weighed == 1


@pytest.mark.parametrize(
    ("why", "hispanic", "races", "group"),
    [
        ("Hispanic of any race", True, ["700", "100"], Race.HISPANIC),
        ("Hmong and Lao is one race", False, ["208", "206"], Race.ASIAN),
        ("Filipino stands apart in California", False, ["400"], Race.FILIPINO),
        ("Filipino and Chinese are two", False, ["400", "201"], Race.TWO_OR_MORE),
        ("Samoan", False, ["303"], Race.PACIFIC_ISLANDER),
        ("Hearth's own words", False, ["american_indian"], Race.AMERICAN_INDIAN),
        ("a file that says only two or more", False, ["two_or_more"], Race.TWO_OR_MORE),
        ("nothing reported", None, [], Race.NOT_REPORTED),
        ("not Hispanic, and no race", False, [], Race.NOT_REPORTED),
        ("ethnicity missing, one race", None, ["600"], Race.BLACK),
    ],
)  # fmt: skip
def test_in_which_group_the_state_reports(
    why: str, hispanic: bool | None, races: list[str], group: Race
) -> None:
    assert california(hispanic=hispanic, races=races) is group, why


def test_a_code_outside_the_list_is_refused() -> None:
    with pytest.raises(UnknownRace):
        california(hispanic=False, races=["500"])


def test_the_seven_federal_groups_have_filipino_students_among_asian_ones() -> None:
    counts = dict.fromkeys(Race, 1)
    found = federal(counts)
    assert tuple(found) == FEDERAL_GROUPS
    assert len(found) == 7
    assert found[Race.ASIAN] == 2
    assert sum(found.values()) == 8, "not reported stands in none"


def test_groups_come_in_one_order_with_not_reported_last() -> None:
    assert fixed_order(By.RACE)[-1] == "not_reported"
    grades = sorted(["10", "KG", "not_reported", "02", "TK"], key=lambda g: place(By.GRADE, g))
    assert grades == ["TK", "KG", "02", "10", "not_reported"]
    languages = sorted(["not_reported", "vie", "spa"], key=lambda g: place(By.LANGUAGE, g))
    assert languages == ["spa", "vie", "not_reported"]
