"""A dated parameter as an expression over the school years of a table: each year by its own rule.

What no row covers has no value, so that a year without a known rule counts nobody.
"""

from collections.abc import Callable
from typing import Any

import ibis
from ibis.expr.types import BooleanValue, IntegerColumn, Value

from hearth.insight.rules.dated import Parameter, read, school_year_end


def value_in(
    year: IntegerColumn, name: str, key: str, of: Callable[[Any], Any] = lambda value: value
) -> Value:
    """The parameter's value for each row's school year."""
    return ibis.cases(*[(_holds(year, row), of(row.value)) for row in _newest_first(name, key)])


def listed_in(year: IntegerColumn, name: str, key: str, column: Value) -> BooleanValue:
    """Whether a column's code stands in the parameter's list for each row's school year."""
    rows = _newest_first(name, key)
    told = [(_holds(year, row), column.isin([int(code) for code in row.value])) for row in rows]
    return ibis.cases(*told, else_=False)


def _newest_first(name: str, key: str) -> list[Parameter]:
    return [row for row in reversed(read(name)) if row.key == key and row.known]


def _holds(year: IntegerColumn, row: Parameter) -> BooleanValue:
    """School years on whose last day the row holds, as the plain rules ask for it."""
    first = row.begins.year + (row.begins > school_year_end(row.begins.year))
    holds = year >= first
    if row.ends is not None:
        holds &= year <= row.ends.year - (row.ends < school_year_end(row.ends.year))
    return holds
