"""A single row of cells and their total: most tables that are printed; no solver is needed."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from hearth.disclosure.table import TOTAL, Cell, TableFault

Ends: TypeAlias = tuple[int, int | None]


def ends(
    shown: Mapping[Cell, int], hidden: Sequence[Cell], least: int, most: int | None
) -> dict[Cell, Ends]:
    """Between what each withheld cell of the row lies; None where nothing bounds it."""
    total = shown.get((TOTAL,))
    cells = [cell for cell in hidden if cell != (TOTAL,)]
    told = sum(count for cell, count in shown.items() if cell != (TOTAL,))
    others = len(cells) - 1
    if total is None:
        found: dict[Cell, Ends] = dict.fromkeys(cells, (least, most))
        upper = None if most is None and cells else told + len(cells) * (most or 0)
        return found | {(TOTAL,): (told + len(cells) * least, upper)}
    rest = total - told
    if rest < len(cells) * least or (most is not None and rest > len(cells) * most):
        raise TableFault(
            f"the total is printed as {total}, but its cells add up to {told}; "
            "correct one of them, or leave the total out"
        )
    if not cells:
        if rest:
            raise TableFault(f"the total is printed as {total}, but its cells add up to {told}")
        return {}
    low = least if most is None else max(least, rest - others * most)
    if not others:
        low = rest
    high = rest - others * least if most is None else min(most, rest - others * least)
    return dict.fromkeys(cells, (low, high))


def arithmetic(shown: Mapping[Cell, int], low: int, high: int) -> tuple[str, ...]:
    """The sum that bounds a cell of the row."""
    words = " ".join(
        [f"{shown.get((TOTAL,), 0)} (Total)"]
        + [f"− {n} ({', '.join(c)})" for c, n in shown.items() if n and c != (TOTAL,)]
    )
    if low == high:
        return (f"{words} = {low}",)
    return (f"at most {words} = {high}", f"at least {low}")
