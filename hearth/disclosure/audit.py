"""Audit: what a printed table gives away, with the arithmetic that does it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import sparse

from hearth.disclosure import attack, proof, row
from hearth.disclosure.polytope import Numbers, Published
from hearth.disclosure.table import MOST_COMBINATIONS, TOTAL, Cell, Table, TableFault


@dataclass(frozen=True)
class Recovered:
    """A withheld cell, what it must be, or between what, and why."""

    cell: Cell
    low: int
    high: int | None  # None: nothing bounds it
    arithmetic: tuple[str, ...]
    proven: bool = True  # False: the effort ended; it can move so far, and perhaps farther

    @property
    def exact(self) -> bool:
        return self.proven and self.low == self.high


def audit(
    dims: Sequence[str],
    shown: Mapping[Cell, int],
    withheld: Iterable[Cell],
    *,
    hierarchies: Mapping[str, Mapping[str, str]] | None = None,
    narrower_than: int = 1,
    least: int = 0,
    most: int | None = None,
    explain: bool = True,
    example: Mapping[Cell, int] | None = None,
) -> list[Recovered]:
    """Withheld cells that lie within fewer than `narrower_than` people of certainty.

    At 1 only exact recoveries are listed. In a very large table the effort may end first: cells
    shown neither wide nor narrow by then are listed too, as not `proven`. `least` and `most` say
    what the publisher's rule tells of every withheld inner cell (say, that it is never 0). An inner
    cell that is not listed is empty. `example` is any table that agrees with what is printed, by
    inner cell, where one is at hand (the publisher's own): what can be found out does not depend on
    it, but the search begins there and is spared looking for one.
    """
    hiding = list(dict.fromkeys(withheld))
    if len(dims) == 1 and not any((hierarchies or {}).values()) and (TOTAL,) in shown:
        return _audit_row(shown, hiding, narrower_than, least, most)
    table = _frame(dims, [*shown, *hiding], hierarchies or {})
    sums = table.sums
    inner = _inner(table, shown)
    unknown = np.flatnonzero(inner < 0)
    fixed = np.maximum(inner, 0)
    targets = np.array(
        [table.place[cell] for cell in hiding if cell in table.place], dtype=np.int64
    )
    named = [table.place[cell] for cell in shown if cell in table.place]
    lines = np.array(named, dtype=np.int64)
    counts = np.array([shown[table.cells[line]] for line in lines], dtype=np.float64)
    _check_strays(shown, table)
    rest = counts - sums[lines] @ fixed
    over = sums[lines][:, unknown]
    _check_sums(table, lines, rest, over, counts)
    keep = np.diff(over.indptr) > 0
    alive = _not_surely_zero(over[keep], rest[keep], least)
    published = Published(
        sparse.csr_array(over[keep]),
        rest[keep],
        np.full(len(unknown), float(least)) * alive,
        np.where(alive, np.inf if most is None else float(most), 0.0),
    )
    cells = sparse.csr_array(sums[targets][:, unknown])
    try:
        block = table.blocks(unknown)
        known = None if example is None else _agreeing(table, example, unknown, published)
        found = attack.ranges(published, cells, float(narrower_than), known, block=block)
    except ArithmeticError as broken:
        raise TableFault(
            "the published figures contradict each other: no people add up to all of them; "
            "look for a margin that was counted another way than its cells"
        ) from broken
    base = np.asarray(sums[targets] @ fixed)
    close = np.flatnonzero(found.width < narrower_than)
    teller = proof.Teller(table, published, lines[keep], fixed, unknown) if explain else None
    return [
        Recovered(
            table.cells[targets[n]],
            int(np.ceil(found.low[n] - 1e-6) + base[n]),
            int(np.floor(found.high[n] + 1e-6) + base[n]),
            teller.tell(int(targets[n]), cells[[n]]) if teller and not found.unproven[n] else (),
            proven=not found.unproven[n],
        )
        for n in close
    ]


def _audit_row(
    shown: Mapping[Cell, int], hiding: Sequence[Cell], width: int, least: int, most: int | None
) -> list[Recovered]:
    return [
        Recovered(cell, low, high, row.arithmetic(shown, low, high))
        for cell, (low, high) in row.ends(shown, hiding, least, most).items()
        if high is not None and high - low < width
    ]


def _frame(
    dims: Sequence[str], cells: Sequence[Cell], hierarchies: Mapping[str, Mapping[str, str]]
) -> Table:
    """The table over the inner cells that are printed, or over all there can be where none is."""
    groups = [set(hierarchies.get(name, {}).values()) | {TOTAL} for name in dims]
    inner = [c for c in cells if not any(code in g for code, g in zip(c, groups, strict=True))]
    if not inner:
        leaves = [
            list(dict.fromkeys(c[at] for c in cells if c[at] not in groups[at])) or ["all"]
            for at in range(len(dims))
        ]
        if np.prod([len(codes) for codes in leaves]) > MOST_COMBINATIONS:
            raise TableFault("too many combinations; audit fewer dimensions at a time")
        inner = list(product(*leaves))
    return Table.of(dims, dict.fromkeys(inner, 1), hierarchies=hierarchies)


def _inner(table: Table, shown: Mapping[Cell, int]) -> np.ndarray:
    """What each unknown is printed as, -1 where it is not."""
    return np.array([shown.get(cell, -1) for cell in _leaves(table)], dtype=np.int64)


def _agreeing(
    table: Table, example: Mapping[Cell, int], unknown: np.ndarray, given: Published
) -> Numbers:
    every = np.array([float(example.get(cell, 0)) for cell in _leaves(table)], dtype=np.float64)
    known: Numbers = every[unknown]
    off = (given.sums @ known != given.counts).any()
    if off or (known < given.low).any() or (known > given.high).any():
        raise TableFault("the example does not add up to what is printed")
    return known


def _leaves(table: Table) -> Iterator[Cell]:
    words = [
        np.array(d.codes, dtype=object)[table.inner[:, at]] for at, d in enumerate(table.dimensions)
    ]
    return zip(*words, strict=True)


def _check_strays(shown: Mapping[Cell, int], table: Table) -> None:
    for cell, count in shown.items():
        if cell not in table.place and count:
            raise TableFault(
                f"{', '.join(cell)} counts {count}, but no inner cell of the table lies in it; "
                "add the rows of its inner cells, withheld or not"
            )


def _check_sums(
    table: Table, lines: np.ndarray, rest: np.ndarray, over: sparse.csr_array, counts: np.ndarray
) -> None:
    closed = np.diff(over.indptr) == 0
    for at in np.flatnonzero((closed & (np.abs(rest) > 1e-9)) | (rest < -1e-9)):
        raise TableFault(
            f"{', '.join(table.cells[lines[at]])} is printed as {counts[at]:g}, but its cells add "
            f"up to {counts[at] - rest[at]:g}; correct one of them, or leave the margin out"
        )


def _not_surely_zero(over: sparse.csr_array, rest: np.ndarray, least: int) -> np.ndarray:
    """Which unknowns can be anything but nothing: those in a rest of nobody cannot."""
    alive = np.ones(over.shape[1], dtype=bool)
    if not least:
        alive[np.unique(over[np.flatnonzero(rest == 0)].indices)] = False
    return alive
