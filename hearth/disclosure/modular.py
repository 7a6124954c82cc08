"""Arithmetic in a finite field, where a rank is a fact and not a matter of tolerance.

Numbers stay below 2^20, so that products and sums of 8,192 of them are exact in doubles and a
matrix product is one call into the linear algebra library.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

PRIME = 1_048_573
MOST_TERMS = 8_192

Field: TypeAlias = NDArray[np.float64]


def _inverses() -> NDArray[np.int64]:
    base = np.arange(PRIME, dtype=np.int64)
    result, exponent = np.ones(PRIME, dtype=np.int64), PRIME - 2
    while exponent:
        if exponent & 1:
            result = result * base % PRIME
        base = base * base % PRIME
        exponent >>= 1
    return result


INVERSE = _inverses()


def product(left: Field, right: Field) -> Field:
    """A matrix product in the field, exact for any size."""
    if left.shape[1] <= MOST_TERMS:
        return _exact(left @ right)
    total = np.zeros((left.shape[0], right.shape[1]))
    for start in range(0, left.shape[1], MOST_TERMS):
        part = slice(start, start + MOST_TERMS)
        total = _exact(total + _exact(left[:, part] @ right[part]))
    return total


def _exact(values: Field) -> Field:
    return np.asarray((values.astype(np.int64) % PRIME).astype(np.float64))


def noise(rng: np.random.Generator, *shape: int) -> Field:
    return rng.integers(0, PRIME, shape).astype(np.float64)


def without(values: Field, row: int) -> Field:
    """What is left of all rows once `row` is known: one unknown fewer, `row` itself zero."""
    pivot = values[row]
    column = int(np.flatnonzero(pivot)[0])
    times = _exact(values[:, column] * float(INVERSE[int(pivot[column])]))
    touched = np.flatnonzero(times)
    rest = values.copy()
    rest[touched] = _exact(rest[touched] - np.outer(times[touched], pivot))
    return np.delete(rest, column, axis=1)


def lines(values: Field) -> NDArray[np.int64]:
    """A number for each row, the same for rows that are multiples of each other; -1 for zero.

    `values` has three columns: two rows that are no multiples of each other get the same number
    about once in 10^12 comparisons, and then only withhold a little too much.
    """
    whole = values.astype(np.int64)
    first = INVERSE[whole[:, 0]]
    key = (whole[:, 1] * first % PRIME) * PRIME + whole[:, 2] * first % PRIME
    key[(whole == 0).all(axis=1)] = -1
    return key
