"""Behind a figure: the students it counts, for those who may see those students anyway."""

from collections.abc import Mapping

from hearth.insight import measures
from hearth.insight.mart.engine import Mart
from hearth.insight.measures.measure import counted_students


def keys_behind(
    mart: Mart, measure: str, *, school: int | None, year: int, where: Mapping[str, str], part: str
) -> list[int]:
    """The mart's numbers of the students whom the figure counts, and nothing else about them."""
    told = counted_students(
        measures.all()[measure], mart, school=school, year=year, where=where, part=part
    )
    return [key for key, counted in zip(*map(_values, told.columns[::2]), strict=True) if counted]


def _values(column: object) -> list[int]:
    return column.to_pylist()  # type: ignore[attr-defined, no-any-return]
