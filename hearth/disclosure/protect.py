"""Protect: primary rules, then secondary suppression, then the attack on our own answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from hearth.disclosure.flat import Flags
from hearth.disclosure.problem import Problem
from hearth.disclosure.rule import Held, Reason, Rule, Status, primaries
from hearth.disclosure.settle import Attacked
from hearth.disclosure.table import TOTAL, Cell, Table


@dataclass(frozen=True)
class Protected:
    """Each cell of a table with its status.

    `coarse`: withheld with a whole line because the work that is allowed ended; more than was
    needed, perhaps. `unproven`: withheld, and still told by figures that are known already.
    """

    table: Table
    rule: Rule
    reasons: Mapping[int, Reason]
    hidden: Flags
    coarse: frozenset[Cell] = frozenset()
    unproven: frozenset[Cell] = frozenset()

    def status(self, *cell: str) -> Status:
        """A cell that no row of the table falls into counts nobody, and that is shown."""
        number = self.table.place.get(cell)
        return Status.SHOWN if number is None else self._status(number)

    def reason(self, *cell: str) -> Reason | None:
        return self.reasons.get(self.table.place.get(cell, -1))

    def _status(self, number: int) -> Status:
        if number in self.reasons:
            return Status.WITHHELD_PRIMARY
        return Status.WITHHELD_SECONDARY if self.hidden[number] else Status.SHOWN

    @cached_property
    def statuses(self) -> dict[Cell, Status]:
        return {cell: self._status(number) for number, cell in enumerate(self.table.cells)}

    def shown(self) -> dict[Cell, int]:
        """What may be printed, and what the ledger keeps."""
        counts = self.table.counts
        return {c: int(counts[n]) for n, c in enumerate(self.table.cells) if not self.hidden[n]}

    def withheld(self) -> list[Cell]:
        return [cell for number, cell in enumerate(self.table.cells) if self.hidden[number]]


def protect(
    table: Table,
    rule: Rule | None = None,
    *,
    earlier: Mapping[Cell, int] | None = None,
    held: Sequence[Held] = (),
    withheld: Iterable[Cell] = (),
    keep: Iterable[Cell] = (),
    told: Iterable[Cell] = (),
) -> Protected:
    """Decide for each cell of the table whether it may be shown.

    `earlier`: cells shown at another date. `held`: figures about the same people that are known
    already. `withheld`: cells withheld by hand. `keep`: cells to withhold only if all else fails.
    `told`: cells that are printed already and cannot be taken back.
    """
    chosen = rule or Rule()
    reasons = primaries(table, chosen, earlier or {}, frozenset(withheld))
    settled = _attacked(table, chosen, reasons, held, frozenset(keep), frozenset(told)).settle()

    def named(flags: Flags) -> frozenset[Cell]:
        return frozenset(table.cells[at] for at in np.flatnonzero(flags[: len(table.counts)]))

    return Protected(
        table,
        chosen,
        reasons,
        settled.hidden[: len(table.counts)],
        named(settled.given_up),
        named(settled.unproven),
    )


def _attacked(
    table: Table,
    rule: Rule,
    reasons: Mapping[int, Reason],
    held: Sequence[Held],
    keep: frozenset[Cell],
    told: frozenset[Cell],
) -> Attacked:
    """The cells of the table, then figures held, then differences that are nobody's cell."""
    known = _held_rows(table, held)
    extra = _differences(table, rule, known)
    sums = sparse.vstack([table.sums, known, extra], format="csr")
    own, given, more = len(table.counts), known.shape[0], extra.shape[0]
    secret = np.zeros(own + given + more, dtype=bool)
    secret[list(reasons)] = True
    secret[own + given :] = True
    fixed = np.zeros(len(secret), dtype=bool)
    fixed[own : own + given] = True
    fixed[[table.place[cell] for cell in told if cell in table.place]] = True
    fixed &= ~secret
    counts = np.asarray(sums @ table.truth)
    zeros = np.zeros(len(secret), dtype=bool)
    zeros[:own] = (counts[:own] == 0) & ~secret[:own]
    alive = np.ones(len(table.truth), dtype=bool)
    alive[np.unique(sums[np.flatnonzero(zeros)].indices)] = False
    open_ = ~secret & ~fixed
    wanted = counts.astype(np.float64)
    kept = [table.place[cell] for cell in keep if cell in table.place]
    wanted[kept] += counts.sum() + 1
    worth = np.where(open_, 1 + np.log1p(np.abs(counts)) / 1000, 0.0)
    worth[kept] += len(worth)
    living = np.flatnonzero(alive)
    problem = Problem(sums[:, living], secret, fixed, open_, wanted, worth, _blocks(table, living))
    return Attacked(problem, counts, table.truth[living], np.zeros(len(living)), rule.width)


def _blocks(table: Table, living: np.ndarray) -> np.ndarray:
    """Unknowns school by school, once the table is too large to take whole."""
    return table.blocks(living) if len(living) > 400 else np.zeros(len(living), dtype=np.int64)


def _held_rows(table: Table, held: Sequence[Held]) -> sparse.csr_array:
    rows = np.zeros((len(held), len(table.inner)), dtype=np.int64)
    for number, figure in enumerate(held):
        rows[number] = 1
        for name, codes in figure.where.items():
            at = table.dims.index(name)
            dimension = table.dimensions[at]
            places = [dimension.codes.index(code) for code in codes if code in dimension.codes]
            counted = np.asarray(np.isin(dimension.above, places).any(axis=1))
            rows[number] &= counted[table.inner[:, at]]
    return sparse.csr_array(rows)


def _differences(table: Table, rule: Rule, known: sparse.csr_array) -> sparse.csr_array:
    """Groups that are no cell, but small, and that one cell less another would count."""
    found = [table.sums[:0]]
    if rule.complements:
        found.append(_complements(table, rule))
    if known.shape[0]:
        found.append(_small_gaps(known, table, rule))
    return sparse.vstack(found, format="csr")


def _complements(table: Table, rule: Rule) -> sparse.csr_array:
    upper, lower = [], []
    for number, cell in enumerate(table.cells):
        for at, code in enumerate(cell):
            over = table.place.get((*cell[:at], TOTAL, *cell[at + 1 :]))
            if code != TOTAL and over is not None:
                gap = int(table.counts[over] - table.counts[number])
                if 0 < gap < rule.at_least:
                    upper.append(over)
                    lower.append(number)
    return table.sums[upper] - table.sums[lower]


def _small_gaps(known: sparse.csr_array, table: Table, rule: Rule) -> sparse.csr_array:
    """Differences of a known figure and a cell, one within the other."""
    rows = []
    common = (known @ table.sums.T).toarray()
    size_known = np.asarray(known.sum(axis=1)).ravel()
    size_cell = np.asarray(table.sums.sum(axis=1)).ravel()
    gap = (known @ table.truth)[:, None] - table.counts[None, :]
    nested = (common == size_known[:, None]) | (common == size_cell[None, :])
    small = nested & (np.abs(gap) > 0) & (np.abs(gap) < rule.at_least)
    for figure, cell in zip(*np.nonzero(small), strict=True):
        sign = 1 if gap[figure, cell] > 0 else -1
        rows.append((known[[figure]] - table.sums[[cell]]) * sign)
    return sparse.vstack([known[:0], *rows], format="csr")
