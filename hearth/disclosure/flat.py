"""Which cells can be shown together so that no secret follows from them.

Seen as vectors over the unknowns, the shown cells and all that follows from them by adding and
subtracting are a subspace. A set of cells is safe when that subspace holds no secret.

First we add one cell after another, the most wanted first, and never one that would bring a secret
in: modulo what is known so far, such a cell is a multiple of the secret (the order of Langsrud's
Gaussian elimination, doi 10.1007/978-3-031-69651-0_6; the test by random projection). Then we
exchange: give up one direction of what is known, take another, wherever more can be shown.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hearth.disclosure import modular

Flags: TypeAlias = NDArray[np.bool_]
Whole: TypeAlias = NDArray[np.int64]
Weights: TypeAlias = NDArray[np.float64]


PATIENCE = 40  # rounds without anything gained


class Tableau:
    """Each row written in directions, some bound (known) and some free: a simplex tableau.

    A row follows from what is known when it uses no free direction.
    """

    def __init__(self, rows: Whole, rng: np.random.Generator) -> None:
        self.rows = rows
        self.free = np.ones(rows.shape[1], dtype=bool)
        self.basis = np.full(rows.shape[1], -1, dtype=np.int64)  # row each is bound to
        self._rng = rng

    def know(self, row: int) -> None:
        """Bind one free direction to this row."""
        line = self.rows[row]
        places = np.flatnonzero((line != 0) & self.free)
        if not len(places):
            return
        filled = (self.rows[:, places] != 0).sum(axis=0)
        column = int(places[np.argmin(filled)])
        times = self.rows[:, column] * modular.INVERSE[int(line[column])] % modular.PRIME
        touched = np.flatnonzero(times)
        across = np.flatnonzero(line)
        inside = np.ix_(touched, across)
        less = np.multiply.outer(times[touched], line[across])
        self.rows[inside] = (self.rows[inside] - less) % modular.PRIME
        self.rows[:, column] = times
        self.free[column] = False
        self.basis[column] = row

    def copy(self) -> "Tableau":
        twin = Tableau(self.rows.copy(), self._rng)
        twin.become(self)
        return twin

    def become(self, other: "Tableau") -> None:
        self.rows, self.free = other.rows.copy(), other.free.copy()
        self.basis = other.basis.copy()

    def lines(self) -> tuple[Whole, Whole]:
        """A number for each row, the same for multiples of each other modulo what is known; -1 for
        rows that are known. Beside it, how long each row is along a random direction."""
        free = np.flatnonzero(self.free)
        random = modular.noise(self._rng, len(free), 3)
        seen = modular.product(self.rows[:, free].astype(np.float64), random)
        return modular.lines(seen), seen[:, 0].astype(np.int64)


@dataclass(frozen=True)
class Cells:
    """What is to be decided: rows by what they are, and what each is worth."""

    secret: Flags
    open_: Flags
    wanted: Weights  # the order in which rows are tried
    worth: Weights  # what is lost when it stays withheld


def grow(table: Tableau, cells: Cells) -> Whole:
    """Know as many open rows as can be, the most wanted first. Gives the last lines."""
    refused = np.zeros(len(cells.secret), dtype=bool)
    while True:
        line, _ = table.lines()
        telling = np.isin(line, line[cells.secret])
        refused |= telling
        may = np.flatnonzero(cells.open_ & (line != -1) & ~refused)
        if not len(may):
            return line
        table.know(int(may[np.argmax(cells.wanted[may])]))


def exchange(table: Tableau, cells: Cells, rounds: int) -> Flags:
    """Grow, then exchange directions as long as it pays. Gives the rows that are known."""
    line = grow(table, cells)
    known = line == -1
    best = float(cells.worth[known].sum())
    kept: tuple[Tableau, Flags] = (table.copy(), known)
    told = cells.secret & known
    tabu: dict[int, int] = {}
    rng = np.random.default_rng(len(known))
    last = 0
    for turn in range(rounds):
        if turn - last > PATIENCE:
            break
        move = _best_move(table, cells, tabu, turn, rng)
        if move is None:
            break
        column, row = move
        table.free[column] = True
        table.know(row)
        known = grow(table, cells) == -1
        if (cells.secret & known & ~told).any():
            table.become(kept[0])
            continue
        lost = np.flatnonzero(kept[1] & ~known)
        tabu.update(dict.fromkeys(lost.tolist(), turn))
        worth = float(cells.worth[known].sum())
        if worth > best + 1e-9:
            best, kept, last = worth, (table.copy(), known), turn
    table.become(kept[0])
    return kept[1]


def _best_move(
    table: Tableau, cells: Cells, tabu: dict[int, int], turn: int, rng: np.random.Generator
) -> tuple[int, int] | None:
    """Which bound direction to free, and which withheld row to know in its place."""
    line, size = table.lines()
    known = line == -1
    bound = np.flatnonzero(~table.free)
    if not len(bound):
        return None
    part = table.rows[:, bound]
    loss = cells.worth[known] @ (part[known] != 0)
    loss[(part[known & ~cells.open_] != 0).any(axis=0)] = np.inf
    best: tuple[float, int, int] | None = None
    wanted = np.flatnonzero(cells.open_ & ~known)
    for key in np.unique(line[wanted]):
        members = np.flatnonzero(line == key)
        scaled = part[members] * modular.INVERSE[size[members]][:, None] % modular.PRIME
        secret, worth = cells.secret[members], cells.worth[members] * cells.open_[members]
        for at in np.flatnonzero(~secret & cells.open_[members]):
            row = int(members[at])
            if turn - tabu.get(row, -99) < 3 + row % 5:
                continue
            same = scaled == scaled[at]
            net = worth @ same - loss
            net[same[secret].any(axis=0)] = -np.inf
            net += 1e-6 * rng.random(len(net))
            column = int(np.argmax(net))
            if np.isfinite(net[column]) and (best is None or net[column] > best[0]):
                best = (float(net[column]), int(bound[column]), row)
    return None if best is None else best[1:]


def best_of(table: Tableau, cells: Cells, rounds: int, restarts: int) -> Flags:
    """The best of several beginnings: the most wanted first, then other orders."""
    rng = np.random.default_rng(restarts)
    start, best = table.copy(), exchange(table, cells, rounds)
    for _ in range(restarts):
        order = replace(cells, wanted=rng.random(len(cells.wanted)))
        trial = start.copy()
        known = exchange(trial, order, rounds)
        if cells.worth[known].sum() > cells.worth[best].sum() + 1e-9:
            best = known
            table.become(trial)
    return best
