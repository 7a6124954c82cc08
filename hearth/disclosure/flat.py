"""Which cells can be shown together so that no secret follows from them.

Seen as vectors over the unknowns, the shown cells and all that follows from them by adding and
subtracting are a subspace. A set of cells is safe when that subspace holds no secret. We add one
cell after another, the most wanted first, and never one that would bring a secret in: modulo what
is known so far, such a cell is a multiple of the secret. That is the order of Langsrud's Gaussian
elimination (doi 10.1007/978-3-031-69651-0_6), the test made by random projection.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from hearth.disclosure import modular

Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Found:
    """Rows that follow from what is shown, and each row over what is still free."""

    known: Flags
    left: modular.Field


def grow(
    rows: modular.Field,
    secret: Flags,
    open_: Flags,
    wanted: NDArray[np.float64],
    rng: np.random.Generator,
) -> Found:
    """Show as many of the `open_` rows as can be, the most wanted first; `secret` stay unknown."""
    left, refused = rows, np.zeros(len(rows), dtype=bool)
    while True:
        line = modular.lines(modular.product(left, modular.noise(rng, left.shape[1], 3)))
        known = line == -1
        may = open_ & ~known & ~refused
        telling = np.isin(line, line[secret])
        refused |= may & telling
        may &= ~telling
        if not may.any():
            return Found(known, left)
        choice = np.flatnonzero(may)
        left = modular.without(left, int(choice[np.argmax(wanted[choice])]))
