"""A measure: of whom it is said, what is counted, and the one query that tables any number of them.

A measure's function takes the rows of `rows.py` and says what each row adds to numerator and
denominator. Everything else is the same for all: the rows are added up once to the finest cells
that were asked for, and the cells to every cut at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import BooleanColumn, NumericColumn, Table

from hearth.insight.mart.engine import Mart
from hearth.insight.measures import rows
from hearth.insight.measures.groups import GROUPS, Cut
from hearth.insight.measures.rows import Level

LEVELS: tuple[Level, ...] = ("district", "school")
By = Literal["year", "month", "staff", "asked", "need"]
"""One row for each student and year, for each student and month, for each member of staff, for each
student for whom a partner was asked, or for each such student and need."""
BY: tuple[By, ...] = ("year", "month", "staff", "asked", "need")
Added: TypeAlias = BooleanColumn | NumericColumn


@dataclass(frozen=True)
class Counted:
    """What one row adds. `numerators` has one entry, or one for each part, such as a reason.
    `denominators` says of which parts the whole is another one than `denominator`.

    `largest`: the denominator is not added up but the largest of the rows', as days of a calendar.
    """

    denominator: Added
    numerators: Mapping[str, Added]
    largest: bool = False
    denominators: Mapping[str, Added] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    key: str
    of: Callable[[Table], Counted]
    needs: tuple[str, ...] = ()
    by: By = "year"

    def table(
        self, mart: Mart, cuts: Iterable[Cut] = ((),), level: Level | None = None, **which: Any
    ) -> pa.Table:
        """This measure alone; see `table_of`."""
        return table_of([self], mart, cuts, level, **which)


def measure(*needs: str, by: By = "year") -> Callable[[Callable[[Table], Counted]], Measure]:
    """Make a function a measure, named as the function is."""
    return lambda of: Measure(of.__name__, of, needs, by)


def table_of(
    measures: Sequence[Measure],
    mart: Mart,
    cuts: Iterable[Cut] = ((),),
    level: Level | None = None,
    *,
    years: Sequence[int] | None = None,
    schools: Sequence[int] | None = None,
) -> pa.Table:
    """The long table of some measures, cut in every way asked for: one row for each figure.

    A measure of staff has no row for a cut by what is known of students alone.

    Columns: measure, part, level, school, year, month, cut, one for each group asked for (empty:
    everybody), numerator, denominator. `level` is both when it is not said. These are counts of
    people and not for anybody's eyes before disclosure has been over them.
    """
    cuts = list(dict.fromkeys(cuts))
    found: dict[tuple[str, str, str], pa.Table] = {}
    for by in BY:
        chosen = [measure for measure in measures if measure.by == by]
        for each in (level,) if level else LEVELS:
            if chosen:
                table = _rows(chosen, mart, each, years, schools)
                counted = [measure.of(table) for measure in chosen]
                possible = [cut for cut in cuts if _has(table, cut)]
                wide = _cut(mart, counted, table, possible, by)
                found |= _long(chosen, counted, wide, cuts, each)
    return pa.concat_tables(found[name] for name in sorted(found))


def counted_students(
    measure: Measure, mart: Mart, *, school: int | None, year: int, where: Mapping[str, str],
    part: str = "",
) -> pa.Table:  # fmt: skip
    """The keys of the students behind one figure, and whether each is in the numerator."""
    level: Level = "district" if school is None else "school"
    table = rows.students(mart, level, measure.needs).filter(lambda row: row.year == year)
    if school is not None:
        table = table.filter(table.school == school)
    for key, value in where.items():
        table = table.filter(GROUPS[key].told(table[GROUPS[key].column]) == value)
    counted = measure.of(table)
    told = table.select(
        "student", of=_number(counted.denominator), counted=_number(counted.numerators[part])
    )
    return mart.connection.to_pyarrow(told.filter((told.of > 0) | (told.counted > 0)))


def _rows(
    chosen: Sequence[Measure],
    mart: Mart,
    level: Level,
    years: Sequence[int] | None,
    schools: Sequence[int] | None,
) -> Table:
    needs = dict.fromkeys(need for measure in chosen for need in measure.needs)
    table = rows.ROWS[chosen[0].by](mart, level, needs)
    if years is not None:
        table = table.filter(table.year.isin(years))
    if schools is not None and level == "school":
        table = table.filter(table.school.isin(schools))
    return table


def _number(value: Added) -> NumericColumn:
    value = value.fill_null(0) if value.type().is_numeric() else value.fill_null(False)
    return value.cast("int64") if value.type().is_boolean() else value


def _cut(
    mart: Mart, counted: Sequence[Counted], table: Table, cuts: Sequence[Cut], by: By
) -> pa.Table:
    """Add up to the finest cells once, then to every cut in one pass over those."""
    asked = _asked(cuts)
    always = ["school", "year", *(["month"] if by == "month" else [])]
    adding, again = {}, []
    for number, each in enumerate(counted):
        for n, (part, value) in enumerate(each.numerators.items()):
            adding[f"n{number}_{n}"] = _number(value).sum()
            again.append(f"SUM(n{number}_{n}) AS n{number}_{n}")
            if part in each.denominators:
                adding[f"d{number}_{n}"] = _number(each.denominators[part]).sum()
                again.append(f"SUM(d{number}_{n}) AS d{number}_{n}")
        whole, add = _number(each.denominator), "MAX" if each.largest else "SUM"
        adding[f"d{number}"] = whole.max() if each.largest else whole.sum()
        again.append(f"{add}(d{number}) AS d{number}")
    fine = table.group_by([*always, *dict.fromkeys(GROUPS[key].column for key in asked)]).agg(
        **adding
    )
    told = {f"g_{key}": GROUPS[key].told(fine[GROUPS[key].column]) for key in asked}
    fine = fine.select(*always, *adding, **told)
    # Ibis has no word for GROUPING SETS; its engines do. Nothing here comes from outside.
    sets = ", ".join(f"({', '.join([*always, *(f'g_{key}' for key in cut)])})" for cut in cuts)
    columns = ", ".join([*always, *told, *again])
    cells = mart.connection.compile(fine)
    sql = f"WITH cells AS ({cells}) SELECT {columns} FROM cells GROUP BY GROUPING SETS ({sets})"  # noqa: S608
    return mart.ask(sql)


def _has(table: Table, cut: Cut) -> bool:
    """Staff are told by fewer groups than students."""
    return all(GROUPS[key].column in table.columns for key in cut)


def _asked(cuts: Sequence[Cut]) -> list[str]:
    return [key for key in GROUPS if any(key in cut for cut in cuts)]


def _long(
    chosen: Sequence[Measure],
    counted: Sequence[Counted],
    wide: pa.Table,
    cuts: Sequence[Cut],
    level: Level,
) -> dict[tuple[str, str, str], pa.Table]:
    """One row for each figure, out of one column for each: a table to a measure, part and level.

    What stands before the figures is the same in all of them, and is put in order once.
    """
    size = wide.num_rows
    nothing = pa.nulls(size, pa.string())
    told = wide.column_names
    groups = {
        key: wide[f"g_{key}"].cast(pa.string()) if f"g_{key}" in told else nothing
        for key in _asked(cuts)
    }
    months = wide["month"] if "month" in wide.column_names else pa.nulls(size, pa.date32())
    where = pa.table(
        {
            "school": wide["school"].cast(pa.int32()),
            "year": wide["year"].cast(pa.int16()),
            "month": months.cast(pa.date32()),
            "cut": _names_of(groups, size),
            **groups,
        }
    )
    order = pc.sort_indices(where, [(name, "ascending") for name in where.column_names])
    where, wide = where.take(order), wide.take(order)
    return {
        (measure.key, part, level): pa.table(
            {
                "measure": _repeated(measure.key, size),
                "part": _repeated(part, size),
                "level": _repeated(level, size),
                **dict(zip(where.column_names, where.columns, strict=True)),
                "numerator": wide[f"n{number}_{n}"].cast(pa.float64()),
                "denominator": wide[_whole_of(number, n, part, counted)].cast(pa.float64()),
            }
        )
        for number, measure in enumerate(chosen)
        for n, part in enumerate(counted[number].numerators)
    }


def _whole_of(number: int, n: int, part: str, counted: Sequence[Counted]) -> str:
    return f"d{number}_{n}" if part in counted[number].denominators else f"d{number}"


def _repeated(text: str, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), size)


def _names_of(groups: Mapping[str, pa.ChunkedArray], size: int) -> pa.Array:
    """Which groups a row is cut by, such as "race+gender"; "" for everybody."""
    if not groups:
        return _repeated("", size)
    # Arrow's own join of columns drops a row in which nothing is told, so each cut has a number.
    told = [np.asarray(pc.is_valid(values)) << n for n, values in enumerate(groups.values())]
    numbers, place = np.unique(np.sum(told, axis=0), return_inverse=True)
    cuts = ["+".join(key for n, key in enumerate(groups) if number >> n & 1) for number in numbers]
    return pa.array(cuts, pa.string()).take(pa.array(place))
