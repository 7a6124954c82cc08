"""Each way of asking for too much. None of them tells of anybody.

Every test takes the attack twice: over figures that nobody protected, where it finds the child, and
over those that Hearth tells, where it finds nothing.
"""

from datetime import date
from decimal import Decimal

from hearth.insight.disclose import Shown, Withheld, as_json
from hearth.insight.disclose.counts import DISTRICT, Tally
from hearth.insight.disclose.figures import Before, figures, printed
from hearth.insight.disclose.protecting import Verdicts, month_by_month, verdicts
from tests.insight.attackers import JULY, at, facet, less, read, recovered, told_by

UNPROTECTED = Verdicts()
JUNE = date(2026, 6, 1)


def test_two_filters_that_differ_by_one_child() -> None:
    """Everybody less everybody who is not in foster care is one child, who was absent."""
    one = facet(told_by("foster", {"1": {"yes": (1, 1), "no": (94, 419)},
                                   "2": {"yes": (9, 30), "no": (80, 350)}}))  # fmt: skip

    def the_child(found: Verdicts) -> tuple[int, int] | None:
        return less(read(one, found, "1"), read(one, found, "1", "foster", "no"))

    assert the_child(UNPROTECTED) == (1, 1)
    found = verdicts([one])
    assert the_child(found) is None
    assert read(one, found, "1") == (95, 420), "everybody's figure can still be told"
    assert recovered(one, found, "foster") == []


def test_a_school_against_its_district() -> None:
    """The district less all other schools is the one school that was withheld."""
    one = facet(told_by("race", {
        "1": {"black": (3, 7), "white": (20, 90), "hispanic": (30, 140)},
        "2": {"black": (9, 40), "white": (22, 95), "hispanic": (35, 150)},
        "3": {"black": (11, 45), "white": (25, 99), "hispanic": (40, 160)},
    }))  # fmt: skip

    def the_seven(found: Verdicts) -> tuple[int, int] | None:
        district, *others = (read(one, found, at, "race", "black") for at in (DISTRICT, "2", "3"))
        return less(district, *others)

    assert the_seven(UNPROTECTED) == (3, 7)
    found = verdicts([one])
    assert the_seven(found) is None
    assert read(one, found, "1", "race", "black") is None
    assert recovered(one, found, "race") == []


def test_last_month_against_this() -> None:
    """One child more since June: the June figure stays, with its day."""
    before = facet(told_by("race", {"1": {"white": (20, 90), "hispanic": (30, 140)}}))
    after = facet(told_by("race", {"1": {"white": (21, 90), "hispanic": (60, 140)}}))
    in_june = verdicts([before])
    ledger = printed(before, in_june)
    stood = {cell: Before(tally, JUNE) for cell, tally in before.tallies.items()}

    def since_june(found: Verdicts) -> int | None:
        told = {f.spot.values: f for f in figures(after, found, JULY, stood)["1"]}
        white, then = told["white",], at(before, in_june, "1", "race", "white")
        if not isinstance(white, Shown) or not isinstance(then, Shown):
            return None
        return int(white.part - then.part)

    assert since_june(verdicts([after])) == 1, "without a ledger it is told"
    assert since_june(verdicts([after], {after.name: ledger})) == 0


def test_one_month_less_the_month_before() -> None:
    """In October one English learner more needs care. The district's line goes on, the group's
    waits until three have joined or left."""
    months = [date(2025, 9, 1), date(2025, 10, 1), date(2025, 11, 1)]
    counts = [(14, 70), (15, 70), (19, 70)]
    line = [
        facet(
            {
                (DISTRICT, "", ()): Tally(60 + part, 600),
                (DISTRICT, "english_learner", ("yes",)): Tally(part, whole),
                (DISTRICT, "english_learner", ("no",)): Tally(60, 600 - whole),
            },
            "early_warning",
            month,
        )
        for month, (part, whole) in zip(months, counts, strict=True)
    ]

    def told(found: Verdicts) -> list[tuple[int, int] | None]:
        return [read(one, found, DISTRICT, "english_learner", "yes") for one in line]

    unprotected = told(UNPROTECTED)
    assert less(unprotected[1], unprotected[0]) == (1, 0)
    found = month_by_month(line, {}, Verdicts())
    assert told(found) == [(14, 70), None, (19, 70)]
    assert [read(one, found, DISTRICT) for one in line] == [(74, 600), (75, 600), (79, 600)]


def test_a_complement() -> None:
    """118 of 120 were absent: told, it would say it of the two who came every day."""
    one = facet(told_by("english_learner", {"1": {"yes": (118, 120), "no": (40, 200)},
                                            "2": {"yes": (30, 90), "no": (25, 130)}}))  # fmt: skip

    def who_came(found: Verdicts) -> int | None:
        told = read(one, found, "1", "english_learner", "yes")
        return told[1] - told[0] if told else None

    assert who_came(UNPROTECTED) == 2
    found = verdicts([one])
    assert who_came(found) is None
    assert recovered(one, found, "english_learner") == []


def test_a_zero() -> None:
    """Nobody of sixteen is absent: no figure says it, nor the reason why there is none."""
    one = facet(told_by("english_learner", {"1": {"yes": (0, 16), "no": (20, 120)},
                                            "2": {"yes": (9, 60), "no": (25, 130)}}))  # fmt: skip
    assert read(one, UNPROTECTED, "1", "english_learner", "yes") == (0, 16)
    found = verdicts([one])
    zero = at(one, found, "1", "english_learner", "yes")
    others = [f for place in figures(one, found, JULY, {}).values() for f in place]
    assert isinstance(zero, Withheld)
    assert any(
        isinstance(f, Withheld) and f.because is zero.because and f != zero for f in others
    ), "figures that are no zero are withheld with the same words"
    assert recovered(one, found, "english_learner") == []


def test_a_rate_with_its_n() -> None:
    """So many percent of so many is a count again, of this group or of the one beside it."""
    one = facet(told_by("english_learner", {"1": {"yes": (0, 16), "no": (20, 120)},
                                            "2": {"yes": (9, 60), "no": (25, 130)}}))  # fmt: skip

    def reckoned(found: Verdicts) -> int | None:
        everybody, others = (at(one, found, "1", *w) for w in (("",), ("english_learner", "no")))
        if not isinstance(everybody, Shown) or not isinstance(others, Shown):
            return None
        return round((everybody.rate * everybody.whole - others.rate * others.whole) / Decimal(100))

    assert reckoned(UNPROTECTED) == 0
    found = verdicts([one])
    assert reckoned(found) is None
    told = as_json(figures(one, found, JULY, {})["1"])
    withheld = next(row for row in told if row["values"] == ["yes"])
    assert set(withheld) == {"cut", "values", "because", "n"}, "its size perhaps, never its rate"


def test_the_district_less_the_sum_of_its_schools() -> None:
    """One girl was suspended at Cottonwood, moved, and was suspended at Larkspur too: she counts at
    both and once in the district. Who knows that she moved would read it in the difference."""
    tallies = told_by("gender", {"1": {"F": (12, 200), "M": (15, 210)},
                                 "2": {"F": (14, 240), "M": (18, 230)}})  # fmt: skip
    for cut, values in (("", ()), ("gender", ("F",))):
        twice = tallies[DISTRICT, cut, values]
        tallies[DISTRICT, cut, values] = Tally(twice.part - 1, twice.whole - 1)
    one = facet(tallies, "suspension_rate")

    def who_moved(found: Verdicts, cut: str, *values: str) -> tuple[int, int] | None:
        district, *schools = (read(one, found, at, cut, *values) for at in (DISTRICT, "1", "2"))
        both = [school for school in schools if school is not None]
        if district is None or len(both) < len(schools):
            return None
        return less((sum(p for p, _n in both), sum(n for _p, n in both)), district)

    ways = (("",), ("gender", "F"))
    assert [who_moved(UNPROTECTED, *way) for way in ways] == [(1, 1), (1, 1)]
    assert [who_moved(verdicts([one]), *way) for way in ways] == [None, None]
