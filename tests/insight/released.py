"""Figures as if they had been released, where a test is not about how they came to be."""

from datetime import date
from typing import Any

from hearth.insight import actions
from hearth.insight.models import AskedTable, DataWalk, DisclosedTable, Release
from tests.cast import Cast

YEAR = 2026


def figure(cut: str, *values: str, n: int = 200, k: int = 40, **more: Any) -> dict[str, Any]:
    return {
        "cut": cut, "values": list(values), "k": k, "n": n, "rate": str(k * 100 / n),
        "low": "15.1", "high": "26.1", "as_of": "2026-07-01", **more,
    }  # fmt: skip


def hidden(
    cut: str, *values: str, because: str = "few", n: int | None = None, **more: Any
) -> dict[str, Any]:
    return {"cut": cut, "values": list(values), "because": because, "n": n, **more}


def tell(
    cast: Cast, figures: list[dict[str, Any]], *, measure: str = "chronic_absence", cut: str = "",
    school: str = "cottonwood", year: int = YEAR,
) -> DisclosedTable:  # fmt: skip
    day, at = date(year, 7, 1), getattr(cast, school) if school else None
    release = Release.objects.create(
        district=cast.alder, measure=measure, year=year, cut=cut, stamp="x", released_on=day,
        shown={},
    )  # fmt: skip
    return DisclosedTable.objects.create(
        district=cast.alder, school=at, measure=measure, year=year, cut=cut,
        figures=figures, as_of=day, release=release,
    )  # fmt: skip


def told_and_walked(cast: Cast) -> DataWalk:
    """One measure of Cottonwood, told alone and by two groups, and a walk past it."""
    tell(cast, [figure(""), figure("race", "hispanic", n=120, k=30), hidden("race", "black")])
    tell(cast, [figure(""), figure("race+gender", "hispanic", "F", n=60, k=15)], cut="race+gender")
    return actions.begin_walk(
        school=cast.cottonwood, title="Who is here, and who is missing?",
        held_on=date(2026, 9, 24), year=YEAR, measures=["chronic_absence"],
        languages=["en", "es"], by_group="race", by=cast.rosa,
    )  # fmt: skip


def still_missing(cast: Cast) -> str:
    """What Cottonwood's families still need, told of enough of them; says at which place."""
    tell(cast, [figure("", n=50, k=20)], measure="unmet_need")
    return "cottonwood"


def asked_table(cast: Cast) -> AskedTable:
    """Priya asked for a table of two groups, and it waits for the worker."""
    return actions.ask_for_table(
        district_id=cast.alder.pk, measure="chronic_absence", year=YEAR,
        groups=("race", "disability"), by=cast.priya,
    )  # fmt: skip
