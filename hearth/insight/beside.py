"""Beside whom: what the state prints for itself, the county, the district and similar schools."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hearth.insight.reading import Told, year_said
from hearth.records.models import PublicFigure

PRINTED_AS = {
    "chronic_absence": "chronic_absenteeism_rate",
    "suspension_rate": "suspension_rate",
}
EVERYBODY = "all"


@dataclass(frozen=True)
class Beside:
    """One line of context. `value` in words; "not told" where the state withheld it."""

    name: str
    year: str
    value: str
    source: str


def beside(one: Told) -> list[Beside]:
    """The newest printed year up to the one shown; the state first, then nearer and nearer."""
    printed = PRINTED_AS.get(one.card.key)
    if printed is None:
        return []
    rows = PublicFigure.objects.filter(measure=printed, group=EVERYBODY, year__lte=one.year)
    newest = rows.order_by("-year").values_list("year", flat=True).first()
    return _lines(rows.filter(year=newest), one) if newest else []


def _lines(rows: QuerySet[PublicFigure], one: Told) -> list[Beside]:
    near = PublicFigure.Near
    order = [near.STATE, near.COUNTY, near.DISTRICT, near.SIMILAR, near.SCHOOL]
    own = one.place.school.cds_code if one.place.school else ""
    kept = [row for row in rows if row.near != near.SCHOOL or row.cds_code == own]
    kept.sort(key=lambda row: (order.index(near(row.near)), row.name))
    return [
        Beside(
            name=row.name or str(near(row.near).label),
            year=year_said(row.year),
            value=f"{number_format(row.value, 1)}%" if row.value is not None else _("not told"),
            source=row.source,
        )
        for row in kept
    ]
