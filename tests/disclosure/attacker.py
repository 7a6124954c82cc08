"""An attacker who shares no code with the engine: margins by hand, one program per cell."""

from collections.abc import Mapping
from itertools import product

import numpy as np
from scipy.optimize import linprog

Cell = tuple[str, ...]


def margins_of(
    cell: Cell, hierarchies: Mapping[int, Mapping[str, str]] | None = None
) -> list[Cell]:
    """Every cell in which an inner cell is counted."""
    ways = []
    for at, code in enumerate(cell):
        above, parents = [code], (hierarchies or {}).get(at, {})
        while above[-1] in parents:
            above.append(parents[above[-1]])
        ways.append([*above, "Total"])
    return [tuple(choice) for choice in product(*ways)]


def add_up(
    inner: Mapping[Cell, int], hierarchies: Mapping[int, Mapping[str, str]] | None = None
) -> dict[Cell, int]:
    sums: dict[Cell, int] = {}
    for cell, count in inner.items():
        for margin in margins_of(cell, hierarchies):
            sums[margin] = sums.get(margin, 0) + count
    return sums


def intervals(
    inner: Mapping[Cell, int],
    shown: Mapping[Cell, int],
    targets: list[Cell],
    hierarchies: Mapping[int, Mapping[str, str]] | None = None,
) -> dict[Cell, tuple[float, float]]:
    """What each target can be to somebody who sees `shown` and that empty inner cells are empty."""
    atoms = [cell for cell, count in inner.items() if count]
    part_of = [set(margins_of(cell, hierarchies)) for cell in atoms]
    rows = np.array([[float(cell in m) for m in part_of] for cell in shown])
    counts = np.array([float(n) for n in shown.values()])
    found = {}
    for target in targets:
        goal = np.array([float(target in m) for m in part_of])
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * goal,
                A_eq=rows if len(rows) else None,
                b_eq=counts if len(rows) else None,
                bounds=(0, 10_000),
            )
            assert answer.success, answer.message
            ends.append(sign * answer.fun)
        found[target] = (ends[0], ends[1])
    return found
