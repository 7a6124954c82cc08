"""What may not be told, before any arithmetic between cells: the primary rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hearth.disclosure.table import TOTAL, Cell, Table

Flags: TypeAlias = NDArray[np.bool_]


class Status(StrEnum):
    SHOWN = "shown"
    WITHHELD_PRIMARY = "withheld-primary"
    WITHHELD_SECONDARY = "withheld-secondary"


class Reason(StrEnum):
    """Why a cell is withheld by rule."""

    SMALL = "small count"
    GROUP = "small group"
    ZERO = "zero"
    ALL = "everybody or nobody"
    CHANGE = "small change"
    GIVEN = "withheld by hand"


@dataclass(frozen=True)
class Rule:
    """`at_least`: the smallest count that may be shown; 1 to `at_least` − 1 are withheld.

    `group_at_least`: the smallest denominator (with `outcome`); None means `at_least`.
    `small_parts`: whether small numerators and complements of a large group are withheld too.
    `zeros`: whether a zero is withheld. `everybody`: whether “all of them” and “none of them” is.
    `complements`: whether everybody but one cell, in a margin, counts as a cell of its own.
    `width`: how far apart, in people, the least and the greatest possible value of a withheld
    cell must lie for somebody who has all published figures.
    """

    at_least: int = 11
    width: int = 1
    zeros: bool = False
    everybody: bool = False
    complements: bool = False
    outcome: str | None = None
    group_at_least: int | None = None
    small_parts: bool = True

    @property
    def keeps_zeros(self) -> bool:
        return self.zeros or self.everybody


@dataclass(frozen=True)
class Held:
    """A figure that is known already, about the same people: the cells it adds up."""

    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def primaries(
    table: Table, rule: Rule, earlier: Mapping[Cell, int], given: frozenset[Cell]
) -> dict[int, Reason]:
    """Number of each cell that may not be told, with its reason."""
    found: dict[int, Reason] = {}
    counts = table.counts
    for flags, reason in (
        (_small(table, rule), Reason.SMALL),
        (_small_group(table, rule), Reason.GROUP),
        (_everybody(table, rule), Reason.ALL),
        ((counts == 0) & rule.zeros, Reason.ZERO),
    ):
        for at in np.flatnonzero(flags):
            found.setdefault(int(at), reason)
    for cell, before in earlier.items():
        number = table.place.get(cell, -1)
        if number >= 0 and 0 < abs(int(counts[number]) - before) < rule.at_least:
            found.setdefault(number, Reason.CHANGE)
    for cell in given:
        if cell in table.place:
            found.setdefault(table.place[cell], Reason.GIVEN)
    return found


def _outcome(table: Table, rule: Rule) -> tuple[int, Flags]:
    at = table.dims.index(rule.outcome or "")
    return at, table.codes[:, at] == len(table.dimensions[at].codes) - 1


def _small(table: Table, rule: Rule) -> Flags:
    small: Flags = (table.counts > 0) & (table.counts < rule.at_least)
    if rule.outcome is None:
        return small
    _, whole = _outcome(table, rule)
    least = rule.group_at_least or rule.at_least
    return np.where(whole, (table.counts > 0) & (table.counts < least), small & rule.small_parts)


def _small_group(table: Table, rule: Rule) -> Flags:
    """Parts of a group that is itself too small."""
    nothing: Flags = np.zeros(len(table.counts), dtype=bool)
    if rule.outcome is None:
        return nothing
    at, whole = _outcome(table, rule)
    least = rule.group_at_least or rule.at_least
    groups = {
        cell[:at] + cell[at + 1 :]
        for cell, count, is_whole in zip(table.cells, table.counts, whole, strict=True)
        if is_whole and 0 < count < least
    }
    return np.array(
        [
            n > 0 and c[:at] + c[at + 1 :] in groups
            for c, n in zip(table.cells, table.counts, strict=True)
        ],
        dtype=bool,
    )


def _everybody(table: Table, rule: Rule) -> Flags:
    """A cell that is all of its margin, and the zeros beside it that say so."""
    flags: Flags = np.zeros(len(table.counts), dtype=bool)
    if not rule.everybody:
        return flags
    whole = {table.place[c]: int(table.counts[i]) for i, c in enumerate(table.cells)}
    dims = [table.dims.index(rule.outcome)] if rule.outcome else range(len(table.dims))
    for at in dims:
        for number, cell in enumerate(table.cells):
            if cell[at] == TOTAL:
                continue
            over = whole.get(table.place.get((*cell[:at], TOTAL, *cell[at + 1 :]), -1), 0)
            told = over > 0 and int(table.counts[number]) in (0, over)
            alone = len(table.dimensions[at].leaves) < 2
            flags[number] |= told and not alone
    return flags
