"""The braid as it is read: what is paid for, by whom, until when, and what ends with a source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hearth.access.models import User
from hearth.partners.models import Funded, Funding, Split
from hearth.partners.rules import funding as rules


@dataclass(frozen=True)
class Line:
    """One service or position on a day: the part of each source, in the order of the sources."""

    funded: Funded
    named: tuple[tuple[str, Decimal | None], ...]  # each source by name, and its part
    cost: Decimal | None
    until: date | None  # the last day on which all of it is paid for, as things stand
    split: bool  # somebody has said who pays


@dataclass(frozen=True)
class Ends:
    """What ends with one source on its last day."""

    source: Funding
    day: date
    lost: tuple[tuple[Funded, Decimal], ...]
    over: bool  # the day is past

    @property
    def services(self) -> list[tuple[Funded, Decimal]]:
        return [pair for pair in self.lost if pair[0].is_service]

    @property
    def positions(self) -> list[tuple[Funded, Decimal]]:
        return [pair for pair in self.lost if not pair[0].is_service]

    @property
    def whole(self) -> Decimal:
        """All of it together: 1 is one whole service or position."""
        return sum((percent for _one, percent in self.lost), Decimal(0)) / rules.WHOLE


class Braid:
    """Everything that this user keeps, read in three queries and asked for any day."""

    def __init__(self, user: User, today: date, only: Sequence[int] | None = None) -> None:
        self.today = today
        rows = Funded.objects.visible_to(user).select_related("service__organization", "school")
        if only is not None:
            rows = rows.filter(pk__in=only)
        self.funded: dict[int, Funded] = {
            one.pk: one for one in rows.order_by("school__name", "position", "service__name", "pk")
        }
        self.splits = _splits(self.funded)
        self.sources: dict[int, Funding] = {
            one.pk: one for one in Funding.objects.visible_to(user).order_by("name", "pk")
        }
        self.things = [
            rules.Thing(
                key,
                [rules.Dated(one.starts, _parts(one)) for one in self.splits.get(key, [])],
                one.ended_on,
            )
            for key, one in self.funded.items()
        ]
        self.ends = {key: one.ends for key, one in self.sources.items()}

    def columns(self) -> list[Funding]:
        """The sources that bear something today."""
        held = [split for thing in self.things if (split := rules.standing(thing, self.today))]
        bearing = {key for split in held for key in split.parts}
        return [one for key, one in self.sources.items() if key in bearing]

    def lines(self) -> list[Line]:
        """What stands today, and what nobody has said yet who pays."""
        columns = self.columns()
        first = {loss.thing: loss.day for loss in reversed(self.losses())}
        found = []
        for thing in self.things:
            held = rules.standing(thing, self.today)
            if held is None and (thing.splits or thing.ended_on):
                continue
            parts = held.parts if held else {}
            split = self._split(thing.key, held)
            found.append(
                Line(
                    self.funded[thing.key], tuple((one.name, parts.get(one.pk)) for one in columns),
                    split.cost if split else None, first.get(thing.key), held is not None,
                )
            )  # fmt: skip
        return found

    def _split(self, key: int, held: rules.Dated | None) -> Split | None:
        days = [one for one in self.splits.get(key, []) if held and one.starts == held.starts]
        return days[-1] if days else None

    def losses(self) -> list[rules.Loss]:
        return rules.losses(self.things, self.ends, self.today)

    def cliff(self) -> list[Ends]:
        """Source by source, the soonest to end first."""
        by_source: dict[tuple[date, int], list[tuple[Funded, Decimal]]] = {}
        for loss in self.losses():
            lost = by_source.setdefault((loss.day, loss.source), [])
            lost.append((self.funded[loss.thing], loss.percent))
        return [
            Ends(self.sources[source], day, tuple(lost), day < self.today)
            for (day, source), lost in by_source.items()
        ]

    def steps(self) -> list[tuple[date, Decimal]]:
        """How much of what stands is paid for, from today and from the day after each end."""
        days = [self.today, *(one.day + timedelta(days=1) for one in self.cliff() if not one.over)]
        found = [(day, rules.paid_on(self.things, self.ends, day)) for day in dict.fromkeys(days)]
        return [(day, paid) for day, paid in found if paid is not None]


def _parts(split: Split) -> dict[int, Decimal]:
    return {share.funding_id: share.percent for share in split.shares.all()}


def _splits(funded: Iterable[int]) -> dict[int, list[Split]]:
    found: dict[int, list[Split]] = {}
    rows = Split.objects.filter(funded__in=list(funded)).prefetch_related("shares")
    for split in rows.order_by("starts", "pk"):
        found.setdefault(split.funded_id, []).append(split)
    return found
