"""Random districts, protected, then attacked by somebody who shares no code with the engine."""

from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from hearth.disclosure import TOTAL, Rule, Status, Table, attack, audit, protect, repair
from hearth.disclosure.polytope import Published
from tests.disclosure.attacker import add_up, intervals

AREAS = {"Cottonwood": "North", "Sycamore": "North", "Juniper": "South", "Larkspur": "South"}
RACES, PROGRAMS = ("A", "B", "C"), ("none", "clinic")
LINKED = (("school", "race"), ("school", "program"), ("race", "program"))
Counts = Mapping[tuple[str, ...], int]

sparse = st.dictionaries(
    st.sampled_from(list(product(AREAS, RACES, PROGRAMS))),
    st.sampled_from([0, 0, 0, 1, 1, 2, 4, 10, 11, 25, 60]),
    min_size=2,
)


def _stand(inner: Counts, width: int, *, areas: bool, linked: bool) -> None:
    """No withheld cell of the table can be recovered or pinned within the width."""
    table = Table.of(
        ("school", "race", "program"),
        dict(inner),
        hierarchies={"school": AREAS} if areas else None,
        margins=LINKED if linked else None,
    )
    done = protect(table, Rule(width=width))
    above = {0: AREAS} if areas else None
    sums = add_up(inner, above)
    shown = done.shown()
    assert shown == {cell: sums[cell] for cell in shown}
    assert all(not 0 < count < 11 for count in shown.values())
    for low, high in intervals(inner, shown, done.withheld(), above).values():
        assert np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= width


@settings(max_examples=8, deadline=None)
@given(sparse, st.sampled_from([1, 3, 5]), st.booleans(), st.booleans())
def test_no_withheld_cell_of_a_random_district_is_pinned(
    inner: Counts, width: int, areas: bool, linked: bool
) -> None:
    _stand(inner, width, areas=areas, linked=linked)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(sparse, st.sampled_from([1, 3, 5]), st.booleans(), st.booleans())
def test_no_withheld_cell_of_many_districts_is_pinned(
    inner: Counts, width: int, areas: bool, linked: bool
) -> None:
    _stand(inner, width, areas=areas, linked=linked)


def _district(schools: int) -> dict[tuple[str, ...], int]:
    rng = np.random.default_rng(11)
    return {
        (f"School {s}", f"race {r}", f"grade {g}"): int(rng.integers(1, 9))
        for s, r, g in product(range(schools), range(4), range(6))
        if rng.random() < 0.7
    }


def test_a_large_table_is_attacked_too_and_its_leak_is_found() -> None:
    """More unknowns than are taken whole: one school's cell is given away, the others are not."""
    inner = _district(80)
    sums = add_up(inner)
    row = [cell for cell in inner if cell[:2] == ("School 7", "race 1")]
    shown = {cell: count for cell, count in sums.items() if TOTAL in cell}
    shown |= {cell: sums[cell] for cell in row[1:]}
    hidden = [cell for cell in sums if cell not in shown]

    found = audit(("school", "race", "grade"), shown, hidden, explain=False)

    assert len(hidden) > 1_000
    assert (row[0], inner[row[0]]) in [(one.cell, one.low) for one in found if one.exact]
    assert len(found) < len(hidden) / 10


@pytest.mark.slow
def test_a_large_table_stands_after_it_was_protected() -> None:
    table = Table.of(("school", "race", "grade"), _district(80))
    done = protect(table)

    assert Status.SHOWN in done.statuses.values()
    assert audit(table.dims, done.shown(), done.withheld(), explain=False) == []


def test_a_cell_that_was_not_followed_to_the_end_is_called_unproven() -> None:
    """Two cells of Juniper add up to one: each is 0 or 1, which takes a program to say."""
    given = Published(
        csr_array(np.array([[1, 1, 0], [0, 1, 1]])),
        np.array([1.0, 4.0]),
        np.zeros(3),
        np.full(3, np.inf),
    )
    cells = csr_array(np.eye(3, dtype=np.int64))

    followed = attack.ranges(given, cells, 2)
    assert followed.width.tolist() == [1, 1, 1]
    assert not followed.unproven.any()
    assert attack.ranges(given, cells, 2, effort=0).unproven.all()
    assert not attack.ranges(given, cells[[0]], 0, effort=0).unproven.any()


def test_a_repair_near_the_pinned_cell_keeps_the_rule_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a table of thousands of unknowns, where the blocks about the cell alone may move."""
    monkeypatch.setattr(repair, "LARGE", 0)
    monkeypatch.setattr(repair, "PORTION", 40)
    rng, shares = np.random.default_rng(11), [0.1, 0.05, 0.05, 0.2, 0.3, 0.3]
    inner = {
        (f"School {s}", f"race {r}", f"grade {g}"): int(rng.choice([1, 2, 3, 14, 30, 60], p=shares))
        for s, r, g in product(range(30), range(4), range(4))
    }
    table = Table.of(("school", "race", "grade"), inner)
    done = protect(table, Rule(width=4))

    assert Status.SHOWN in done.statuses.values()
    assert len(done.withheld()) > len(protect(table).withheld())
    assert audit(table.dims, done.shown(), done.withheld(), narrower_than=4, explain=False) == []
