"""The one door by which figures leave the mart: protected, rounded, with how sure they are.

cells.py       a figure as it may be told: shown or withheld, and how it is stored
counts.py      the counts before, which never leave this package
protecting.py  which counts may be printed, given all others and what was printed before
figures.py     rate, interval, gap and estimate, out of printed counts alone
tree.py        what became of a need, split after split, each told only where the one above it is
door.py        a year's standing tables, a table of two groups that somebody asked for
"""

from hearth.insight.disclose.cells import (
    EVERYBODY,
    Because,
    Figure,
    Gap,
    Shown,
    Spot,
    Withheld,
    as_json,
    from_json,
)
from hearth.insight.disclose.counts import DISTRICT
from hearth.insight.disclose.door import (
    NOT_CROSSED,
    STANDING,
    Asked,
    CannotTell,
    Ledger,
    Refusal,
    Told,
    crossed,
    standing,
    years_in,
)

__all__ = [
    "DISTRICT",
    "EVERYBODY",
    "NOT_CROSSED",
    "STANDING",
    "Asked",
    "Because",
    "CannotTell",
    "Figure",
    "Gap",
    "Ledger",
    "Refusal",
    "Shown",
    "Spot",
    "Told",
    "Withheld",
    "as_json",
    "crossed",
    "from_json",
    "standing",
    "years_in",
]
