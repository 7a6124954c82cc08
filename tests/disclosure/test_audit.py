"""What a table gives away as it was printed: the audit finds what our own attacker finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.disclosure import TableFault, audit
from tests.disclosure.attacker import add_up, intervals

DIMS = ("school", "service")


def test_one_withheld_cell_is_the_rest_of_its_margin() -> None:
    shown = {("Oak", "clinic"): 20, ("Oak", "Total"): 23}
    found = audit(DIMS, shown, [("Oak", "tutoring")])

    assert [(one.cell, one.low, one.high) for one in found] == [(("Oak", "tutoring"), 3, 3)]
    assert found[0].arithmetic == ("23 (Oak, Total) − 20 (Oak, clinic) = 3",)


def test_two_withheld_cells_that_sum_to_nothing_are_both_nothing() -> None:
    shown = {("Oak", "a"): 20, ("Oak", "Total"): 20}
    found = audit(DIMS, shown, [("Oak", "b"), ("Oak", "c")])
    assert [(one.low, one.high) for one in found] == [(0, 0), (0, 0)]


def test_two_withheld_cells_are_pinned_between_nothing_and_their_sum() -> None:
    shown = {("Oak", "a"): 20, ("Oak", "Total"): 24}
    hidden = [("Oak", "b"), ("Oak", "c")]

    assert audit(DIMS, shown, hidden, narrower_than=4) == []
    found = audit(DIMS, shown, hidden, narrower_than=5)
    assert [(one.low, one.high) for one in found] == [(0, 4), (0, 4)]
    assert found[0].arithmetic == (
        "at most 24 (Oak, Total) − 20 (Oak, a) = 4",
        "at least 0 = 0",
    )


def test_a_publisher_who_shows_zeros_says_that_nothing_withheld_is_one() -> None:
    shown = {("Oak", "a"): 20, ("Oak", "Total"): 22}
    found = audit(DIMS, shown, [("Oak", "b"), ("Oak", "c")], least=1)
    assert [(one.low, one.high) for one in found] == [(1, 1), (1, 1)]


def test_linked_margins_without_inner_cells_are_attacked_too() -> None:
    shown = {("Oak", "Total"): 20, ("Total", "a"): 12, ("Total", "Total"): 29, ("Total", "b"): 17}
    found = audit(DIMS, shown, [("Elm", "Total")])
    assert [(one.cell, one.low) for one in found] == [(("Elm", "Total"), 9)]


def test_figures_that_contradict_each_other_are_named() -> None:
    shown = {("Oak", "a"): 20, ("Oak", "b"): 5, ("Oak", "Total"): 26}
    with pytest.raises(TableFault, match="Oak, Total is printed as 26"):
        audit(DIMS, shown, [("Elm", "a")])


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.integers(0, 4), min_size=1, max_size=5), data=st.data())
def test_a_single_row_is_attacked_as_any_other_table(
    counts: list[int], data: st.DataObject
) -> None:
    """The short way for a row of cells and their total tells what the long way tells."""
    cells = {(f"c{at}",): n for at, n in enumerate(counts)}
    hidden = data.draw(st.lists(st.sampled_from(sorted(cells)), unique=True, min_size=1))
    shown = {c: n for c, n in cells.items() if c not in hidden} | {("Total",): sum(counts)}
    width = data.draw(st.integers(1, 4))
    long = {(*c, "x"): n for c, n in shown.items()}

    quick = audit(("group",), shown, hidden, narrower_than=width)
    slow = audit(("group", "only"), long, [(*c, "x") for c in hidden], narrower_than=width)

    assert {(one.cell, one.low, one.high) for one in quick} == {
        (one.cell[:1], one.low, one.high) for one in slow
    }


inner_tables = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz")),
    st.integers(0, 6),
    min_size=2,
)


@settings(max_examples=60, deadline=None)
@given(inner=inner_tables, data=st.data())
def test_the_audit_and_our_own_attacker_agree(
    inner: dict[tuple[str, ...], int], data: st.DataObject
) -> None:
    sums = add_up(inner)
    hidden = sorted(data.draw(st.sets(st.sampled_from(sorted(sums)), min_size=1)))
    shown = {cell: n for cell, n in sums.items() if cell not in hidden}
    believed = {cell: 1 for cell in inner if cell in hidden or inner[cell]}
    ends = intervals(believed, shown, hidden) if believed else dict.fromkeys(hidden, (0.0, 0.0))
    width = data.draw(st.integers(1, 4))

    found = audit(DIMS, shown, hidden, narrower_than=width)

    close = {
        cell: (round(low), round(high))
        for cell, (low, high) in ends.items()
        if high - low < width - 1e-6
    }
    assert {one.cell: (one.low, one.high) for one in found} == close
    assert all(one.arithmetic for one in found)
