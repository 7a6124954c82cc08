"""Ways of asking for too much: each is tried on Alder Valley, and none tells."""

import pytest

from hearth.disclosure import (
    OUTCOME,
    TOTAL,
    Held,
    Reason,
    Rule,
    Status,
    Table,
    audit,
    protect,
    rates,
)


def test_two_filters_that_differ_by_one_child() -> None:
    """Grade 4 was asked for without one club: all of grade 4 would now tell who is in it."""
    grade_4 = {("4", "chess"): 1, ("4", "band"): 20, ("4", "none"): 14, ("5", "none"): 40}
    now = Table.of(("grade", "club"), grade_4, margins=[("grade",)])
    assert protect(now).status("4", TOTAL) is Status.SHOWN

    before = Held({"grade": ("4",), "club": ("band", "none")})
    done = protect(now, held=[before])

    assert done.status("4", TOTAL) is not Status.SHOWN
    assert (
        done.status(TOTAL, TOTAL) is not Status.SHOWN or done.status("5", TOTAL) is not Status.SHOWN
    )


def test_a_school_against_its_district() -> None:
    """The schools of an area, taken from the area, must not leave one small school."""
    schools = {("Cottonwood",): 60, ("Sycamore",): 45, ("Juniper",): 7, ("Larkspur",): 200}
    areas = {"Cottonwood": "North", "Sycamore": "North", "Juniper": "North", "Larkspur": "South"}
    table = Table.of(("school",), schools, hierarchies={"school": areas})
    done = protect(table)

    assert done.status("Juniper") is Status.WITHHELD_PRIMARY
    others = {done.status("Cottonwood"), done.status("Sycamore"), done.status("North")}
    assert Status.WITHHELD_SECONDARY in others
    found = audit(
        ("school",), done.shown(), done.withheld(), hierarchies={"school": areas}, narrower_than=3
    )
    assert found == []


def test_last_month_against_this() -> None:
    """Two more students since October: to say both counts says what the two are."""
    november = Table.of(("school",), {("Cottonwood",): 31, ("Larkspur",): 80})
    done = protect(november, earlier={("Cottonwood",): 29, ("Larkspur",): 60})

    assert done.status("Cottonwood") is Status.WITHHELD_PRIMARY
    assert done.reason("Cottonwood") is Reason.CHANGE
    assert done.status(TOTAL) is not Status.SHOWN or done.status("Larkspur") is not Status.SHOWN


def test_a_figure_that_has_not_changed_may_be_shown_again() -> None:
    table = Table.of(("school",), {("Cottonwood",): 31, ("Larkspur",): 80})
    assert protect(table, earlier={("Cottonwood",): 31, ("Larkspur",): 80}).withheld() == []


def test_a_complement() -> None:
    """Everybody at Cottonwood but those who speak English: seven children are a small group."""
    languages = {
        ("Cottonwood", "English"): 90,
        ("Cottonwood", "Hmong"): 3,
        ("Cottonwood", "Mixtec"): 4,
    }
    done = protect(Table.of(("school", "language"), languages), Rule(complements=True))

    shown = done.shown()
    assert not {("Cottonwood", "English"), ("Cottonwood", TOTAL)} <= shown.keys()


def test_a_zero() -> None:
    """“Nobody at Juniper is in counseling” tells it of each of its students."""
    counts = {
        ("Juniper", "yes"): 0,
        ("Juniper", "no"): 30,
        ("Larkspur", "yes"): 40,
        ("Larkspur", "no"): 160,
        ("Sycamore", "yes"): 25,
        ("Sycamore", "no"): 70,
    }
    table = Table.of(("school", "counseling"), counts, zeros=True)
    assert protect(table).status("Juniper", "yes") is Status.SHOWN

    done = protect(table, Rule(everybody=True, width=2))

    assert done.status("Juniper", "yes") is Status.WITHHELD_PRIMARY
    assert done.status("Juniper", "no") is Status.WITHHELD_PRIMARY
    assert done.status("Juniper", TOTAL) is Status.SHOWN


@pytest.mark.parametrize("part", [1, 10, 50, 59])
def test_a_rate_with_its_n(part: int) -> None:
    """A rate and its denominator are the numerator: the three are shown together or not at all."""
    absent = {("Cottonwood",): part, ("Larkspur",): 60, ("Sycamore",): 40}
    students = {("Cottonwood",): 60, ("Larkspur",): 300, ("Sycamore",): 150}
    done = protect(rates(("school",), absent, students), Rule(outcome=OUTCOME))

    parts = [done.status("Cottonwood", outcome) for outcome in ("yes", "no", TOTAL)]
    assert sum(status is not Status.SHOWN for status in parts) >= 2


def test_a_rate_of_a_small_group_goes_with_its_group() -> None:
    students = {("Cottonwood",): 60, ("Juniper",): 9, ("Larkspur",): 300, ("Sycamore",): 150}
    absent = {("Cottonwood",): 20, ("Juniper",): 4, ("Larkspur",): 60, ("Sycamore",): 40}
    done = protect(rates(("school",), absent, students), Rule(outcome=OUTCOME, small_parts=False))

    assert {done.reason("Juniper", part) for part in ("yes", "no", TOTAL)} <= {
        Reason.SMALL,
        Reason.GROUP,
    }
    assert done.status("Juniper", TOTAL) is Status.WITHHELD_PRIMARY
