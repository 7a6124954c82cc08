"""Measures: what is counted, of whom and by group. What they mean stands on their cards."""

from collections.abc import Mapping

from hearth.insight.measures import access, attendance, climate, fairness, needs
from hearth.insight.measures.measure import Counted, Measure, counted_students, table_of

MEASURES: Mapping[str, Measure] = {
    measure.key: measure
    for theme in (attendance, climate, access, needs, fairness)
    for measure in theme.MEASURES
}


def all() -> Mapping[str, Measure]:
    """Every measure by its key, in the order in which they are shown."""
    return MEASURES


__all__ = ["MEASURES", "Counted", "Measure", "all", "counted_students", "table_of"]
