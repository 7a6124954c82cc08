"""Secondary suppression over the whole of a table: block by block, then what links the blocks.

A block is, say, one school: most cells lie within one block, and only the cells above (those of
the district) link them. The blocks are small and solved in turn; the links see each block only
through what is still free in it.
"""

from dataclasses import dataclass, replace

import numpy as np

from hearth.disclosure import modular
from hearth.disclosure.flat import Cells, Flags, Tableau, Whole, best_of, exchange
from hearth.disclosure.join import company
from hearth.disclosure.problem import Numbers, Problem, home_of, places_of
from hearth.disclosure.view import Block, Small, View, dense

SEED = 20_260_801
EFFORT = 12_000_000
RESTARTS = 6
MOST_COMPANY = 8_000  # unknowns
MOST_LINKS = 200  # beyond, company costs far more work than it saves cells
COMPANY = 3  # how often lonely blocks look for others
MOST_ROUNDS = 300


@dataclass(frozen=True)
class Place:
    """Where a block lies: its rows and its unknowns."""

    rows: Numbers
    unknowns: Numbers


def withhold(problem: Problem) -> Flags:
    """The rows that do not follow from what is shown."""
    rng = np.random.default_rng(SEED)
    home = home_of(problem)
    linking = np.flatnonzero(home == -1)
    many = int(problem.block.max(initial=-1)) + 1
    places = [
        Place(rows, unknowns)
        for rows, unknowns in zip(
            places_of(home, many), places_of(problem.block, many), strict=True
        )
    ]
    blocks = [_solve_block(problem, place, rng) for place in places]
    spare = np.zeros(0, dtype=np.int64)
    best = _together(problem, linking, places, blocks, spare, rng)
    for _ in range(COMPANY):
        more = _company(problem, linking, blocks, rng)
        if more is None or not len(more):
            break
        spare = np.union1d(spare, more)
        closed = problem.open_.copy()
        closed[spare] = False
        trial = list(blocks)
        for number in np.unique(home[spare[home[spare] >= 0]]):
            trial[number] = _solve_block(problem.with_open(closed), places[number], rng)
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
    blocks: list[Block],
    rng: np.random.Generator,
) -> Numbers | None:
    """Rows to withhold so that lonely blocks are not: none when no block is."""
    if not 0 < len(linking) <= MOST_LINKS or problem.sums.shape[1] > MOST_COMPANY:
        return None
    view = View.of(problem, linking, blocks)
    lonely = _shaky(problem, linking, view, rng)
    if not lonely.any():
        return None
    move = np.zeros(problem.sums.shape[1], dtype=np.int64)
    for block in blocks:
        if np.isin(block.hidden, view.rows[lonely]).any():
            free = block.free.astype(np.int64)
            whole = np.where(free > modular.PRIME // 2, free - modular.PRIME, free)
            move[block.unknowns] = whole @ rng.choice([-1, 1], whole.shape[1])
    rows = view.rows[lonely]
    moves = np.asarray(problem.sums[rows] @ move)
    hidden = np.zeros(len(problem.open_), dtype=bool)
    hidden[view.rows] = True
    prices = np.where(problem.open_ & ~hidden, problem.worth, 0.0)
    frozen = np.flatnonzero(problem.fixed & ~hidden)
    changed = company(problem.sums, prices, frozen, problem.sums[rows], moves)
    return None if changed is None else np.flatnonzero(changed)


def _solve_block(
    problem: Problem,
    place: Place,
    rng: np.random.Generator,
) -> Block:
    rows = place.rows
    values = dense(problem.sums[rows][:, place.unknowns])
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
    return Block(rows[~known], place.unknowns, _free(values[first], table, rng))


def _twins(values: Whole, cells: Cells) -> tuple[Numbers, Numbers]:
    """Rows that sum the same unknowns are decided as one (fixed, secret and open apart)."""
    kind = cells.secret * 1 + cells.open_ * 2
    _, first, twin = np.unique(
        np.column_stack([kind, values]), axis=0, return_index=True, return_inverse=True
    )
    return first, twin.ravel()


def _free(values: Whole, table: Tableau, rng: np.random.Generator) -> Small:
    """Unknown × direction: how the unknowns can move with all that is known staying as it is."""
    basis = values[np.unique(table.basis[~table.free])]
    size = values.shape[1]
    whole = Tableau(np.vstack([basis, np.eye(size, dtype=np.int64)]), rng)
    for row in range(len(basis)):
        whole.know(row)
    return whole.rows[len(basis) :][:, whole.free].astype(np.int32)


def _link(
    problem: Problem,
    linking: Numbers,
    blocks: list[Block],
    spare: Numbers,
    hidden: Flags,
    rng: np.random.Generator,
) -> None:
    """Show the cells that link the blocks, and those in `spare`, as far as no secret follows."""
    view = View.of(problem, linking, blocks)
    again = np.isin(view.rows, spare)
    watched = _shaky(problem, linking, view, rng, again) | again
    rows = np.concatenate([linking, view.rows[watched]])
    cells = problem.at(rows)
    table = Tableau(np.vstack([view.links, view.seen(watched)]).astype(np.int64), rng)
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
    more = view.seen(np.zeros(len(view.rows), dtype=bool) if again is None else again)
    size, many = view.links.shape[1], len(linking) + len(more)
    whole = Tableau(np.vstack([view.links, more, np.eye(size)]).astype(np.int64), rng)
    shown = problem.open_[linking] | problem.fixed[linking]
    for number in np.flatnonzero(np.concatenate([shown, np.ones(len(more), dtype=bool)])):
        whole.know(int(number))
    free = whole.rows[many:][:, whole.free].astype(np.float64)
    one = modular.product(free, modular.noise(rng, free.shape[1], 1))
    return view.stands_still(one)
