"""The verbs: figures are released, a table of two groups is told, a data walk is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.insight.disclose import (
    DISTRICT,
    Asked,
    CannotTell,
    Figure,
    Ledger,
    Told,
    as_json,
    crossed,
    from_json,
    standing,
    years_in,
)
from hearth.insight.disclose.counts import OF_ENROLLED
from hearth.insight.mart.engine import Mart
from hearth.insight.measures.groups import cut_of
from hearth.insight.models import AskedTable, DataWalk, DisclosedTable, Release, WalkNote
from hearth.insight.rules.dated import school_year_end
from hearth.schools.models import School

LOCKS = 0x464947
"""The family of advisory locks that mean: figures of this district and year are being released."""


class TakenBack(Exception):
    """Whoever asked for the table does not want it any more; nothing of it is told."""


def release_alone(district_id: int, year: int) -> None:
    """Be the only one to release figures of this year for as long as the transaction is open.

    What may be told depends on the ledger, so two who read it at the same moment would each tell
    what the other's table gives away. Measures share the sizes of their groups: one lock for all.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCKS, f"{district_id} {year}"]
        )


@transaction.atomic
def release_standing(
    *, district_id: int, mart: Mart, stamp: str, today: date, by: User | None = None
) -> int:
    """Tell every measure of every year anew, where it is time; say how many tables that made.

    A year that is running is told anew once a month, so that a day's difference tells nothing.
    """
    made = 0
    for year in years_in(mart):
        release_alone(district_id, year)
        if _told_lately(year, today):
            continue
        before = _standing_now(year)
        ledger = {measure: _ledger(measure, year) for measure in _measures_told(year)}
        for told in standing(mart, year, today, ledger, before):
            made += _keep(told, district_id, year, "", stamp, today, by)
    return made


def _told_lately(year: int, today: date) -> bool:
    """Told this month already; or the year is over, and it was told after its end."""
    last = (
        Release.objects.filter(year=year, cut="")
        .order_by("-released_on")
        .values_list("released_on", flat=True)
        .first()
    )
    if last is None:
        return False
    over = school_year_end(year) < last
    return over or (last.year, last.month) == (today.year, today.month)


def _measures_told(year: int) -> list[str]:
    told = Release.objects.filter(year=year).values_list("measure", flat=True)
    return list(told.order_by("measure").distinct())


def _standing_now(year: int) -> dict[tuple[str, str], list[Figure]]:
    rows = DisclosedTable.objects.filter(year=year, cut="")
    return {
        (row.measure, DISTRICT if row.school_id is None else str(row.school_id)): from_json(
            row.figures
        )
        for row in rows
    }


def _ledger(measure: str, year: int) -> Ledger:
    """Every count that was ever printed of this measure and year, the latest of each cell."""
    merged: dict[str, dict[str, int]] = defaultdict(dict)
    releases = Release.objects.filter(measure=measure, year=year).order_by("released_on", "pk")
    for shown in releases.values_list("shown", flat=True):
        for facet, counts in shown.items():
            merged[facet].update(counts)
    return merged


def _keep(
    told: Told,
    district_id: int,
    year: int,
    cut: str,
    stamp: str,
    today: date,
    by: User | None,
) -> int:
    release = Release.objects.create(
        district_id=district_id, measure=told.measure, year=year, cut=cut, stamp=stamp,
        released_on=today, by=by, shown=told.ledger,
    )  # fmt: skip
    for place, own in told.figures.items():
        where: dict[str, Any] = {"school_id": int(place) if place != DISTRICT else None}
        DisclosedTable.objects.update_or_create(
            **where,
            district_id=district_id,
            measure=told.measure,
            year=year,
            cut=cut,
            defaults={"figures": as_json(own), "as_of": today, "release": release},
        )
    record(
        "figures_released", release, district_id=district_id, by=by,
        facts={"measure": told.measure, "year": year, "cut": cut},
    )  # fmt: skip
    return len(told.figures)


@transaction.atomic
def tell_crossed(
    *,
    district_id: int,
    mart: Mart,
    stamp: str,
    today: date,
    measure: str,
    year: int,
    groups: Sequence[str],
    by: User,
) -> str:
    """Build one measure by two groups for every place; say its cut. Asked once, it stands."""
    release_alone(district_id, year)
    asked = Asked(measure, year, tuple(groups))
    cut = "+".join(asked.cut)
    others = Release.objects.filter(year=year).exclude(cut="")
    own = others.filter(measure=measure)
    if own.filter(cut=cut).exists():
        return cut
    asked = Asked(
        measure,
        year,
        tuple(groups),
        released=tuple(tuple(one.split("+")) for one in own.values_list("cut", flat=True)),
        wholes=_wholes(others.filter(cut=cut, measure__in=OF_ENROLLED))
        if measure in OF_ENROLLED
        else None,
    )
    told = crossed(mart, asked, _ledger(measure, year), today)
    _keep(told, district_id, year, cut, stamp, today, by)
    return cut


@transaction.atomic
def ask_for_table(
    *, district_id: int, measure: str, year: int, groups: Sequence[str], by: User
) -> AskedTable:
    """Somebody wants one measure by two groups together. What was refused, did not finish or was
    taken back waits anew: the figures may have changed since."""
    cut = "+".join(cut_of(*groups))
    AskedTable.objects.get_or_create(
        district_id=district_id, measure=measure, year=year, cut=cut,
        defaults={"by": by, "asked_at": timezone.now()},
    )  # fmt: skip
    asked: AskedTable = AskedTable.objects.select_for_update().get(
        measure=measure, year=year, cut=cut
    )
    if asked.standing not in (AskedTable.Standing.WAITING, AskedTable.Standing.TOLD):
        asked.standing, asked.why, asked.by = AskedTable.Standing.WAITING, "", by
        asked.asked_at, asked.began_at, asked.ended_at = timezone.now(), None, None
        asked.save()
    record(
        "table_asked", asked, district_id=district_id, by=by,
        facts={"measure": measure, "year": year, "cut": cut},
    )  # fmt: skip
    return asked


@transaction.atomic
def take_table_back(*, asked: AskedTable, by: User) -> bool:
    """Not wanted any more, also while it is being built: nothing of it is told then."""
    waiting = AskedTable.objects.filter(pk=asked.pk, standing=AskedTable.Standing.WAITING)
    if not waiting.update(standing=AskedTable.Standing.TAKEN_BACK, ended_at=timezone.now()):
        return False
    record("table_taken_back", asked, district_id=asked.district_id, by=by)
    return True


@transaction.atomic
def begin_table(*, asked_id: int) -> AskedTable | None:
    """Say that the work has begun, if it is still wanted."""
    asked: AskedTable = AskedTable.objects.select_for_update().get(pk=asked_id)
    if not asked.is_waiting:
        return None
    asked.began_at = timezone.now()
    asked.save(update_fields=["began_at"])
    return asked


@transaction.atomic
def tell_asked(*, asked_id: int, mart: Mart, stamp: str, today: date) -> None:
    """Tell the table that was asked for, or keep why it cannot be told."""
    asked = AskedTable.objects.select_related("by").get(pk=asked_id)
    standing, why = AskedTable.Standing.TOLD, ""
    try:
        tell_crossed(
            district_id=asked.district_id, mart=mart, stamp=stamp, today=today,
            measure=asked.measure, year=asked.year, groups=asked.cut.split("+"), by=asked.by,
        )  # fmt: skip
    except CannotTell as refusal:
        standing, why = AskedTable.Standing.REFUSED, refusal.why.value
    waiting = AskedTable.objects.filter(pk=asked_id, standing=AskedTable.Standing.WAITING)
    if not waiting.update(standing=standing, why=why, ended_at=timezone.now()):
        raise TakenBack


@transaction.atomic
def give_table_up(*, asked_id: int) -> None:
    """It could not be built. The page says so, and it can be asked for again."""
    waiting = AskedTable.objects.filter(pk=asked_id, standing=AskedTable.Standing.WAITING)
    waiting.update(standing=AskedTable.Standing.FAILED, ended_at=timezone.now())


def _wholes(releases: Iterable[Release]) -> frozenset[str] | None:
    """The sizes of groups that measures of the same students have told; None where none did."""
    shown: list[Mapping[str, Mapping[str, int]]] = [release.shown for release in releases]
    if not shown:
        return None
    return frozenset(
        key for one in shown for counts in one.values() for key in counts if key.endswith("|whole")
    )


@transaction.atomic
def begin_walk(
    *,
    school: School,
    title: str,
    held_on: date,
    year: int,
    measures: Sequence[str],
    languages: Sequence[str],
    by_group: str,
    by: User,
) -> DataWalk:
    """Plan a walk; its posters can be printed at once."""
    walk = DataWalk.objects.create(
        district_id=school.district_id, school=school, title=title, held_on=held_on, year=year,
        measures=list(measures), languages=list(languages), by_group=by_group, host=by,
    )  # fmt: skip
    record("data_walk_planned", walk, district_id=school.district_id, by=by)
    return walk


@transaction.atomic
def note(*, walk: DataWalk, kind: str, measure: str, words: str, by: User) -> WalkNote:
    """Keep what was noticed, wondered, said or decided, in people's own words."""
    row = WalkNote.objects.create(
        district_id=walk.district_id, school_id=walk.school_id, walk=walk, kind=kind,
        measure=measure, words=words, by=by,
    )  # fmt: skip
    record("data_walk_noted", walk, district_id=walk.district_id, by=by, facts={"kind": kind})
    return row
