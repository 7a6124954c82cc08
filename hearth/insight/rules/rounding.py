"""A figure as the state publishes it: exact until the last step, then half up to one decimal.

Binary fractions and half-even rounding miss thousands of the state's own published rates.
"""

from decimal import Decimal
from fractions import Fraction

PERCENT = 100
ONE_DECIMAL = 1


def half_up(exact: Fraction | int, places: int = ONE_DECIMAL) -> Decimal:
    """To so many decimals; what lies just in the middle goes away from zero."""
    scaled = abs(Fraction(exact)) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if exact < 0 else whole).scaleb(-places)


def share(numerator: int, denominator: int) -> Fraction | None:
    """The part of the whole, unrounded. Nothing of nobody is not zero: it is not a number."""
    if denominator < 0 or not 0 <= numerator <= max(denominator, 0):
        raise ValueError("A part is neither negative nor more than its whole.")
    return Fraction(numerator, denominator) if denominator else None


def rate(numerator: int, denominator: int, places: int = ONE_DECIMAL) -> Decimal | None:
    """Percent, rounded as the state rounds it."""
    part = share(numerator, denominator)
    return None if part is None else half_up(part * PERCENT, places)


def change(now: tuple[int, int], before: tuple[int, int]) -> Decimal | None:
    """Percentage points from one year to the next: the difference of the UNROUNDED rates, rounded.

    The difference of the rounded rates is sometimes a tenth off, and the state does not print that.
    """
    new, old = share(*now), share(*before)
    return None if new is None or old is None else half_up((new - old) * PERCENT)
