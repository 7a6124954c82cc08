"""Protection ends, and what it publishes is proven, also where the allowed work is spent."""

from itertools import product

import numpy as np
import pytest

from hearth.disclosure import TOTAL, Held, Rule, Status, Table, TableFault, audit, protect, settle
from tests.disclosure.attacker import add_up, intervals

SIX = Rule(width=6)


def district(schools: int = 8) -> dict[tuple[str, ...], int]:
    rng, shares = np.random.default_rng(5), [0.1, 0.05, 0.05, 0.2, 0.3, 0.3]
    return {
        (f"School {s}", f"race {r}", f"grade {g}"): int(rng.choice([1, 2, 3, 14, 30, 60], p=shares))
        for s, r, g in product(range(schools), range(3), range(3))
    }


def table(schools: int = 8) -> Table:
    return Table.of(("school", "race", "grade"), district(schools))


@pytest.mark.parametrize("growing", [0, 1, 6])
def test_where_the_work_ends_whole_lines_go_and_nobody_is_pinned(
    monkeypatch: pytest.MonkeyPatch, growing: int
) -> None:
    """Alder Valley's machine may not think for long: it withholds more, never less."""
    plain = len(protect(table(), SIX).withheld())
    monkeypatch.setattr(settle, "ANEW", 0)
    monkeypatch.setattr(settle, "GROWING", growing)

    done = protect(table(), SIX)

    assert len(done.withheld()) >= plain
    assert bool(done.coarse) == (growing == 0)
    assert not done.unproven
    assert all(done.status(*cell) is Status.WITHHELD_SECONDARY for cell in done.coarse)
    for low, high in intervals(district(), done.shown(), done.withheld()).values():
        assert np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= 6


def test_what_only_grows_is_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "ANEW", 0)
    assert protect(table(), SIX).withheld() == protect(table(), SIX).withheld()


def test_what_stands_already_is_said_to_be_told_and_costs_no_other_cell() -> None:
    """A newspaper printed how many at Cottonwood came to the clinic: three. We cannot unsay it."""
    counts = {("Cottonwood", "clinic"): 3, ("Cottonwood", "tutoring"): 34,
              ("Larkspur", "clinic"): 15, ("Larkspur", "tutoring"): 61}  # fmt: skip
    printed = Held(where={"school": ("Cottonwood",), "service": ("clinic",)})

    done = protect(Table.of(("school", "service"), counts), held=[printed])

    assert ("Cottonwood", "clinic") in done.unproven
    assert done.status(TOTAL, TOTAL) is Status.SHOWN
    assert not done.coarse


def test_an_example_makes_an_audit_no_kinder() -> None:
    inner, sums = district(30), add_up(district(30))
    hidden = [cell for cell in sums if TOTAL not in cell and cell[0] != "School 3"]
    shown = {cell: count for cell, count in sums.items() if cell not in hidden}
    lost = next(cell for cell in hidden if cell[0] == "School 7")
    shown |= {c: n for c, n in inner.items() if c[0] == "School 7" and c != lost}
    hidden = [cell for cell in hidden if cell not in shown]

    def close(**more: dict[tuple[str, ...], int]) -> list[tuple[tuple[str, ...], int]]:
        found = audit(("school", "race", "grade"), shown, hidden, explain=False, **more)
        return [(one.cell, one.low) for one in found]

    assert close() == close(example=inner) == [(lost, inner[lost])]
    with pytest.raises(TableFault, match="example"):
        close(example={**inner, lost: inner[lost] + 1})
