"""A table that somebody asked for, as a page shows it: what it is, how far it is, how long yet."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.insight.models import AskedTable
from hearth.insight.reading import DISTRICT_SLUG, card_of, group_name, said, year_said

LIKE_IT = 10  # so many of the last tables say how long one takes
TONES = {"waiting": "doing", "told": "done", "refused": "attention", "failed": "attention"}


@dataclass(frozen=True)
class OnItsWay:
    """One asked table in words."""

    row: AskedTable
    title: str
    by_name: str
    year: str
    tone: str
    url: str


@dataclass(frozen=True)
class Progress:
    label: str
    done: int
    of: int
    count: str
    estimate: str


def on_its_way(asked: AskedTable) -> OnItsWay:
    card = card_of(asked.measure)
    if asked.standing == AskedTable.Standing.TOLD:
        place = reverse("insight:together", args=[DISTRICT_SLUG, asked.measure, asked.cut])
        url = f"{place}?year={asked.year}"
    else:
        url = reverse("insight:asked", args=[asked.pk])
    return OnItsWay(
        row=asked,
        title=said(card.title) if card else asked.measure,
        by_name=", ".join(str(group_name(key)) for key in asked.cut.split("+")),
        year=year_said(asked.year),
        tone=TONES.get(asked.standing, "calm"),
        url=url,
    )


def progress_of(asked: AskedTable) -> Progress:
    """How far it is. What the last ones took says how long this one may take."""
    usual = _usual_seconds()
    if asked.began_at is None:
        before = AskedTable.objects.filter(
            standing=AskedTable.Standing.WAITING, asked_at__lt=asked.asked_at
        ).count()
        count = ngettext("%(n)s table before it", "%(n)s tables before it", before) % {"n": before}
        return Progress(_("Waits for its turn"), 0, 1, count, _about(usual * (before + 1)))
    so_far = int((timezone.now() - asked.began_at).total_seconds())
    return Progress(
        label=_("Counting, and protecting what was counted"),
        done=min(so_far, usual),
        of=max(usual, 1),
        count=_("%(n)s seconds so far") % {"n": so_far},
        estimate=_about(usual - so_far) if so_far < usual else "",
    )


def _about(seconds: int) -> str:
    if seconds <= 0:
        return ""
    return ngettext("About %(n)s second left", "About %(n)s seconds left", seconds) % {"n": seconds}


def _usual_seconds() -> int:
    ended = AskedTable.objects.filter(began_at__isnull=False, ended_at__isnull=False)
    told = ended.exclude(standing=AskedTable.Standing.TAKEN_BACK).order_by("-ended_at")
    took = [_seconds(*row) for row in told.values_list("began_at", "ended_at")[:LIKE_IT]]
    return int(median(took)) + 1 if took else 0


def _seconds(began: datetime, ended: datetime) -> float:
    return (ended - began).total_seconds()
