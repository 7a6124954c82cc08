"""Alder Valley publishes a table: who can be found in it?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.disclosure import TOTAL, Reason, Rule, Status, Table, protect
from tests.disclosure.attacker import add_up, intervals

SCHOOLS = ("Cottonwood", "Sycamore", "Larkspur")
WITHHELD = {Status.WITHHELD_PRIMARY, Status.WITHHELD_SECONDARY}


def alder_valley() -> dict[tuple[str, ...], int]:
    return {
        ("Cottonwood", "tutoring"): 34,
        ("Cottonwood", "clinic"): 3,
        ("Sycamore", "tutoring"): 28,
        ("Sycamore", "clinic"): 15,
        ("Larkspur", "tutoring"): 61,
        ("Larkspur", "clinic"): 22,
    }


def test_a_small_count_is_withheld_and_three_cells_more_hide_it() -> None:
    done = protect(Table.of(("school", "service"), alder_valley()))

    assert done.status("Cottonwood", "clinic") is Status.WITHHELD_PRIMARY
    assert done.reason("Cottonwood", "clinic") is Reason.SMALL
    assert sum(status in WITHHELD for status in done.statuses.values()) == 4
    assert done.status(TOTAL, TOTAL) is Status.SHOWN


def test_a_table_without_small_counts_is_shown_whole() -> None:
    large = {cell: count + 11 for cell, count in alder_valley().items()}
    assert not protect(Table.of(("school", "service"), large)).withheld()


def test_ten_is_withheld_and_eleven_is_shown() -> None:
    ten = Table.of(("school", "grade"), {("Cottonwood", "4"): 10, ("Cottonwood", "5"): 11})
    done = protect(ten)
    assert done.status("Cottonwood", "4") is Status.WITHHELD_PRIMARY
    assert protect(Table.of(("school",), {("Cottonwood",): 11})).withheld() == []


def test_the_same_table_gives_the_same_answer() -> None:
    first = protect(Table.of(("school", "service"), alder_valley()))
    again = protect(Table.of(("school", "service"), alder_valley()))
    assert first.withheld() == again.withheld()


tables = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("xyz"), st.sampled_from("mn")),
    st.sampled_from([0, 0, 1, 2, 5, 9, 10, 11, 12, 20, 40, 90]),
    min_size=1,
)


@settings(max_examples=40, deadline=None)
@given(inner=tables)
def test_what_was_told_last_year_is_not_taken_back_by_a_finer_table(
    inner: dict[tuple[str, ...], int],
) -> None:
    """What stands in print stays; the finer table gives way to it, and tells nothing."""
    coarse: dict[tuple[str, ...], int] = {}
    for (school, service, _half), count in inner.items():
        coarse[school, service] = coarse.get((school, service), 0) + count
    before = protect(Table.of(("school", "service"), coarse))
    told = {(*cell, TOTAL) for cell in before.shown()}
    withheld = [(*cell, TOTAL) for cell in before.withheld()]

    done = protect(Table.of(("school", "service", "half"), inner), withheld=withheld, told=told)

    assert told.isdisjoint(done.withheld())
    secrets = [cell for cell in done.withheld() if cell not in done.unproven]
    for low, high in intervals(inner, done.shown(), secrets).values():
        assert high - low > 0.5


@settings(max_examples=60, deadline=None)
@given(inner=tables, width=st.sampled_from([1, 1, 3]))
def test_nobody_can_work_out_a_withheld_cell(inner: dict[tuple[str, ...], int], width: int) -> None:
    done = protect(Table.of(("school", "race", "gender"), inner), Rule(width=width))

    sums = add_up(inner)
    assert done.shown() == {c: sums[c] for c in done.shown()}
    assert all(not 0 < n < 11 for n in done.shown().values())
    for low, high in intervals(inner, done.shown(), done.withheld()).values():
        assert high - low > width - 1e-6
