"""Secondary suppression over the whole of a table: block by block, then what links the blocks.

A block is, say, one school: most cells lie within one block, and only the cells above (those of
the district) link them. The blocks are small and solved in turn; the links see each block only
through what is still free in it.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hearth.disclosure import modular
from hearth.disclosure.flat import Cells, Flags, Tableau, Weights, Whole, best_of, exchange
from hearth.disclosure.join import company

SEED = 20_260_801
EFFORT = 12_000_000
RESTARTS = 6
MOST_COMPANY = 8_000
COMPANY = 3  # how often lonely blocks look for others
MOST_ROUNDS = 300

Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Problem:
    """Rows are cells (shown or not is the question) over the unknowns that are not known zeros."""

    sums: sparse.csr_array
    secret: Flags  # must not follow from what is shown
    fixed: Flags  # is known already, whatever we do
    open_: Flags  # may be shown
    wanted: Weights  # the order in which rows are tried
    worth: Weights  # what is lost by withholding it
    block: Numbers  # of each unknown

    def with_open(self, open_: Flags) -> "Problem":
        return replace(self, open_=open_)

    def withholding(self, rows: Flags) -> "Problem":
        """The same, with these rows withheld for good."""
        return replace(self, open_=self.open_ & ~rows, secret=self.secret | rows)

    def at(self, rows: Numbers) -> Cells:
        return Cells(self.secret[rows], self.open_[rows], self.wanted[rows], self.worth[rows])


@dataclass(frozen=True)
class Place:
    """Where a block lies: its rows and its unknowns."""

    rows: Numbers
    unknowns: Numbers


@dataclass(frozen=True)
class Block:
    """What is left of a block: what is withheld, and how unknowns, rows and links can move."""

    hidden: Numbers
    free: modular.Field
    moves: modular.Field
    links: modular.Field


@dataclass(frozen=True)
class View:
    """Links and withheld rows, seen along a random part of what is free."""

    links: modular.Field
    rows: Numbers
    values: modular.Field


def withhold(problem: Problem) -> Flags:
    """The rows that do not follow from what is shown."""
    rng = np.random.default_rng(SEED)
    home = _home(problem)
    linking = np.flatnonzero(home == -1)
    places = [
        Place(
            np.flatnonzero(home == number),
            np.flatnonzero(problem.block == number),
        )
        for number in range(int(problem.block.max(initial=-1)) + 1)
    ]
    blocks = [_solve_block(problem, place, linking, rng) for place in places]
    spare = np.zeros(0, dtype=np.int64)
    best = _together(problem, linking, places, blocks, spare, rng)
    for _ in range(COMPANY):
        more = _company(problem, linking, places, blocks, rng)
        if more is None or not len(more):
            break
        spare = np.union1d(spare, more)
        closed = problem.open_.copy()
        closed[spare] = False
        trial = list(blocks)
        for number in np.unique(home[spare[home[spare] >= 0]]):
            trial[number] = _solve_block(problem.with_open(closed), places[number], linking, rng)
        found = _together(problem, linking, places, trial, spare[home[spare] >= 0], rng)
        if problem.worth[found].sum() > problem.worth[best].sum() - 1e-9:
            break
        best, blocks = found, trial
    return best


def _together(
    problem: Problem,
    linking: Numbers,
    places: list[Place],
    blocks: list[Block],
    spare: Numbers,
    rng: np.random.Generator,
) -> Flags:
    """What is hidden in the blocks, and in the links above them."""
    hidden = np.ones(problem.sums.shape[0], dtype=bool)
    for place, block in zip(places, blocks, strict=True):
        hidden[np.setdiff1d(place.rows, block.hidden)] = False
    if len(linking):
        _link(problem, linking, blocks, spare, hidden, rng)
    return hidden


def _company(
    problem: Problem,
    linking: Numbers,
    places: list[Place],
    blocks: list[Block],
    rng: np.random.Generator,
) -> Numbers | None:
    """Rows to withhold so that lonely blocks are not: none when no block is."""
    if not len(linking) or problem.sums.shape[1] > MOST_COMPANY:
        return None
    view = _view(problem, linking, blocks, rng)
    lonely = _shaky(problem, linking, view, rng)
    if not lonely.any():
        return None
    move = np.zeros(problem.sums.shape[1], dtype=np.int64)
    for place, block in zip(places, blocks, strict=True):
        if np.isin(block.hidden, view.rows[lonely]).any():
            whole = np.where(
                block.free > modular.PRIME // 2, block.free - modular.PRIME, block.free
            )
            move[place.unknowns] = whole @ rng.choice([-1, 1], whole.shape[1])
    rows = view.rows[lonely]
    moves = np.asarray(problem.sums[rows] @ move)
    hidden = np.zeros(len(problem.open_), dtype=bool)
    hidden[view.rows] = True
    prices = np.where(problem.open_ & ~hidden, problem.worth, 0.0)
    frozen = np.flatnonzero(problem.fixed & ~hidden)
    changed = company(problem.sums, prices, frozen, problem.sums[rows], moves)
    return None if changed is None else np.flatnonzero(changed)


def _dense(part: sparse.csr_array) -> Whole:
    return np.asarray(np.mod(part.toarray(), modular.PRIME), dtype=np.int64)


def _home(problem: Problem) -> Numbers:
    """The block in which a row lies, -1 where it lies in several; empty rows lie in none."""
    owner = problem.block[problem.sums.indices]
    start = problem.sums.indptr[:-1]
    filled = np.flatnonzero(np.diff(problem.sums.indptr) > 0)
    home = np.zeros(len(start), dtype=np.int64)
    if len(filled):
        least = np.minimum.reduceat(owner, start[filled])
        greatest = np.maximum.reduceat(owner, start[filled])
        home[filled] = np.where(least == greatest, least, -1)
    return home


def _solve_block(
    problem: Problem,
    place: Place,
    linking: Numbers,
    rng: np.random.Generator,
) -> Block:
    rows = place.rows
    values = _dense(problem.sums[rows][:, place.unknowns])
    links = _dense(problem.sums[linking][:, place.unknowns]).astype(np.float64)
    first, twin = _twins(values, problem.at(rows))
    cells = problem.at(rows[first])
    cells = replace(
        cells, worth=np.bincount(twin, problem.worth[rows], len(first)).astype(np.float64)
    )
    table = Tableau(values[first], rng)
    for row in np.flatnonzero(problem.fixed[rows][first]):
        table.know(int(row))
    rounds = min(MOST_ROUNDS, EFFORT // max(1, problem.sums.shape[1] * len(first)))
    known = exchange(table, cells, rounds)[twin]
    free = _free(values[first], table, rng)
    hidden = np.flatnonzero(~known)
    return Block(
        rows[hidden],
        free,
        modular.product(values[hidden].astype(np.float64), free),
        modular.product(links, free),
    )


def _twins(values: Whole, cells: Cells) -> tuple[Numbers, Numbers]:
    """Rows that sum the same unknowns are decided as one (fixed, secret and open apart)."""
    kind = cells.secret * 1 + cells.open_ * 2
    _, first, twin = np.unique(
        np.column_stack([kind, values]), axis=0, return_index=True, return_inverse=True
    )
    return first, twin.ravel()


def _free(values: Whole, table: Tableau, rng: np.random.Generator) -> modular.Field:
    """Unknown × direction: how the unknowns can move with all that is known staying as it is."""
    basis = values[np.unique(table.basis[~table.free])]
    size = values.shape[1]
    whole = Tableau(np.vstack([basis, np.eye(size, dtype=np.int64)]), rng)
    for row in range(len(basis)):
        whole.know(row)
    return whole.rows[len(basis) :][:, whole.free].astype(np.float64)


def _view(
    problem: Problem, linking: Numbers, blocks: list[Block], rng: np.random.Generator
) -> View:
    """A random part of what is free, a little larger than the links can ever fix, is enough."""
    mark = np.random.default_rng(SEED).integers(1, 1 << 40, len(linking))
    columns = len(np.unique(mark @ problem.sums[linking]))
    size = min(columns, sum(block.links.shape[1] for block in blocks)) + 3
    above = np.zeros((len(linking), size))
    below = []
    for block in blocks:
        some = modular.noise(rng, block.links.shape[1], size)
        above = np.mod(above + modular.product(block.links, some), modular.PRIME)
        below.append(modular.product(block.moves, some))
    return View(above, np.concatenate([block.hidden for block in blocks]), np.vstack(below))


def _link(
    problem: Problem,
    linking: Numbers,
    blocks: list[Block],
    spare: Numbers,
    hidden: Flags,
    rng: np.random.Generator,
) -> None:
    """Show the cells that link the blocks, and those in `spare`, as far as no secret follows."""
    view = _view(problem, linking, blocks, rng)
    again = np.isin(view.rows, spare)
    watched = _shaky(problem, linking, view, rng, again) | again
    rows = np.concatenate([linking, view.rows[watched]])
    cells = problem.at(rows)
    table = Tableau(np.vstack([view.links, view.values[watched]]).astype(np.int64), rng)
    for number in np.flatnonzero(problem.fixed[linking]):
        table.know(int(number))
    rounds = min(MOST_ROUNDS, EFFORT // max(1, 10 * table.rows.size))
    hidden[rows[best_of(table, cells, rounds, min(RESTARTS, rounds))]] = False


def _shaky(
    problem: Problem,
    linking: Numbers,
    view: View,
    rng: np.random.Generator,
    again: Flags | None = None,
) -> Flags:
    """Rows within the blocks that would follow if every link that may be shown were shown,
    and every row of the blocks that is looked at again."""
    more = view.values[again] if again is not None else view.values[:0]
    size, many = view.links.shape[1], len(linking) + len(more)
    whole = Tableau(np.vstack([view.links, more, np.eye(size)]).astype(np.int64), rng)
    shown = problem.open_[linking] | problem.fixed[linking]
    for number in np.flatnonzero(np.concatenate([shown, np.ones(len(more), dtype=bool)])):
        whole.know(int(number))
    free = whole.rows[many:][:, whole.free].astype(np.float64)
    one = modular.product(free, modular.noise(rng, free.shape[1], 1))
    return np.asarray(modular.product(view.values, one)[:, 0] == 0)
