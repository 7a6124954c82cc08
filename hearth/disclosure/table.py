"""A table of counts: inner cells, the margins above them, and which unknowns each cell sums."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

TOTAL = "Total"
OUTCOME = "outcome"
MOST_COMBINATIONS = 3_000_000

Cell: TypeAlias = tuple[str, ...]
Integers: TypeAlias = NDArray[np.int64]


class TableFault(ValueError):
    """The table cannot be what it says; the message tells how to mend it."""


@dataclass(frozen=True)
class Dimension:
    """One way of dividing people: its codes, each with itself and all codes above it."""

    name: str
    leaves: tuple[str, ...]
    codes: tuple[str, ...]
    above: Integers  # leaf × place: a code of which the leaf is part; -1 fills the row up

    @classmethod
    def of(cls, name: str, leaves: Iterable[str], parents: Mapping[str, str]) -> "Dimension":
        inner = tuple(dict.fromkeys(leaves))
        chains = [tuple(_chain(name, leaf, parents)) for leaf in inner]
        groups = dict.fromkeys(code for chain in chains for code in chain[1:])
        mixed = [leaf for leaf in inner if leaf in groups]
        if mixed:
            raise TableFault(
                f"“{mixed[0]}” of {name} is a group in the hierarchy and an inner cell too; "
                "give the group's own people a code of their own"
            )
        codes = (*inner, *(group for group in groups if group != TOTAL), TOTAL)
        place = {code: number for number, code in enumerate(codes)}
        above = np.full((len(inner), max(map(len, chains), default=1)), -1, dtype=np.int64)
        for row, chain in enumerate(chains):
            above[row, : len(chain)] = [place[code] for code in chain]
        return cls(name, inner, codes, above)


def _chain(name: str, leaf: str, parents: Mapping[str, str]) -> Iterator[str]:
    code, seen = leaf, {leaf}
    yield code
    while (code := parents.get(code, TOTAL)) != TOTAL:
        if code in seen:
            raise TableFault(f"the hierarchy of {name} goes round in a circle at “{code}”")
        seen.add(code)
        yield code
    yield TOTAL


@dataclass(frozen=True)
class Table:
    """Inner cells and every cell that is published above them."""

    dimensions: tuple[Dimension, ...]
    inner: Integers  # unknown × dimension: number of the leaf
    truth: Integers  # what each unknown counts
    margins: tuple[frozenset[str], ...] | None

    @classmethod
    def of(
        cls,
        dims: Sequence[str],
        counts: Mapping[Cell, int],
        *,
        hierarchies: Mapping[str, Mapping[str, str]] | None = None,
        margins: Sequence[Iterable[str]] | None = None,
        zeros: bool = False,
    ) -> "Table":
        """`margins` names the linked tables that are published; without it, all is. `zeros` keeps
        every combination that nobody is in as a cell, needed where a zero is to be withheld."""
        if TOTAL in {code for cell in counts for code in cell}:
            raise TableFault(f"give inner cells only: the margins ({TOTAL}) are computed")
        if any(count < 0 for count in counts.values()):
            raise TableFault("a count of people cannot be negative")
        above = hierarchies or {}
        dimensions = tuple(
            Dimension.of(name, (cell[at] for cell in counts), above.get(name, {}))
            for at, name in enumerate(dims)
        )
        kept = _every(dimensions, counts) if zeros else {c: n for c, n in counts.items() if n}
        leaf = [{code: number for number, code in enumerate(d.leaves)} for d in dimensions]
        inner = np.array(
            [[leaf[at][code] for at, code in enumerate(cell)] for cell in kept], dtype=np.int64
        ).reshape(len(kept), len(dims))
        wanted = None if margins is None else tuple(frozenset(names) for names in margins)
        return cls(dimensions, inner, np.array(list(kept.values()), dtype=np.int64), wanted)

    @property
    def dims(self) -> tuple[str, ...]:
        return tuple(dimension.name for dimension in self.dimensions)

    @cached_property
    def _sums(self) -> tuple[Integers, sparse.csr_array]:
        """Numbers of the cells (mixed radix), and cell × unknown with a one where it is counted."""
        rows, columns = [], []
        radix = [len(dimension.codes) for dimension in self.dimensions]
        places = [range(dimension.above.shape[1]) for dimension in self.dimensions]
        for chosen in product(*places):
            number = np.zeros(len(self.inner), dtype=np.int64)
            there = np.ones(len(self.inner), dtype=bool)
            for at, place in enumerate(chosen):
                code = self.dimensions[at].above[self.inner[:, at], place]
                there &= code >= 0
                number = number * radix[at] + code
            rows.append(number[there])
            columns.append(np.flatnonzero(there))
        numbers, row = np.unique(np.concatenate(rows), return_inverse=True)
        column = np.concatenate(columns)
        ones = np.ones(len(column), dtype=np.int64)
        shape = (len(numbers), len(self.inner))
        matrix = sparse.csr_array((ones, (row, column)), shape=shape)
        keep = self._published(numbers)
        return numbers[keep], matrix[keep]

    def _published(self, numbers: Integers) -> Integers:
        if self.margins is None:
            return np.arange(len(numbers))
        used = self.split(numbers) != [len(d.codes) - 1 for d in self.dimensions]
        keep = np.zeros(len(numbers), dtype=bool)
        for names in self.margins:
            outside = [at for at, name in enumerate(self.dims) if name not in names]
            keep |= ~used[:, outside].any(axis=1)
        return np.flatnonzero(keep)

    def split(self, numbers: Integers) -> Integers:
        """Cell × dimension: the number of its code."""
        rest, found = numbers.copy(), []
        for dimension in reversed(self.dimensions):
            rest, code = np.divmod(rest, len(dimension.codes))
            found.append(code)
        return np.stack(found[::-1], axis=1) if found else np.zeros((len(numbers), 0), np.int64)

    def blocks(self, unknowns: Integers) -> Integers:
        """To which code of the longest dimension, say which school, each of `unknowns` belongs."""
        if not self.dimensions:
            return np.zeros(len(unknowns), dtype=np.int64)
        at = int(np.argmax([len(dimension.leaves) for dimension in self.dimensions]))
        _, block = np.unique(self.inner[unknowns, at], return_inverse=True)
        return np.asarray(block, dtype=np.int64).ravel()

    @property
    def sums(self) -> sparse.csr_array:
        return self._sums[1]

    @cached_property
    def codes(self) -> Integers:
        return self.split(self._sums[0])

    @cached_property
    def counts(self) -> Integers:
        return np.asarray(self.sums @ self.truth, dtype=np.int64)

    @cached_property
    def cells(self) -> list[Cell]:
        words = [
            np.array(d.codes, dtype=object)[self.codes[:, at]]
            for at, d in enumerate(self.dimensions)
        ]
        return list(zip(*words, strict=True))

    @cached_property
    def place(self) -> dict[Cell, int]:
        return {cell: number for number, cell in enumerate(self.cells)}


def _every(dimensions: Sequence[Dimension], counts: Mapping[Cell, int]) -> dict[Cell, int]:
    size = int(np.prod([len(dimension.leaves) for dimension in dimensions]))
    if size > MOST_COMBINATIONS:
        raise TableFault(
            f"{size:,} combinations are too many to keep each zero; use fewer dimensions"
        )
    return {cell: counts.get(cell, 0) for cell in product(*(d.leaves for d in dimensions))}


def rates(
    dims: Sequence[str],
    numerators: Mapping[Cell, int],
    denominators: Mapping[Cell, int],
    *,
    hierarchies: Mapping[str, Mapping[str, str]] | None = None,
    margins: Sequence[Iterable[str]] | None = None,
) -> Table:
    """Numerator (“yes”), complement (“no”), denominator (`TOTAL`) in one dimension, `OUTCOME`."""
    counts: dict[Cell, int] = {}
    for cell, whole in denominators.items():
        part = numerators.get(cell, 0)
        if not 0 <= part <= whole:
            raise TableFault(f"the numerator of {', '.join(cell)} is larger than its denominator")
        counts[(*cell, "yes")] = part
        counts[(*cell, "no")] = whole - part
    linked = None if margins is None else [(*names, OUTCOME) for names in margins]
    return Table.of((*dims, OUTCOME), counts, hierarchies=hierarchies, margins=linked)
