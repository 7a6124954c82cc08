"""What this room says of the framework's elements: what the community offers, and what it lacks."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.framework.saying import Behind, Said, Side, Spoken
from hearth.partners.models import Agreement, Asset, Correction, Funding
from hearth.partners.models.words import Need
from hearth.partners.reading.offered import offered

SOON, LATELY = timedelta(days=90), timedelta(days=365)
AFTER_THE_BELL = (Need.AFTER_SCHOOL, Need.PLAY, Need.LEARNING)
FOR_GROWN_UPS = (Need.PARENTING, Need.ADULT_CLASSES)
Counts = dict[tuple[str, str], int]


def said(user: User, schools: Collection[int]) -> Spoken:
    """Two queries. The directory is the whole district's, and so is what is said of it."""
    found: dict[str, list[Said]] = {}
    counts = _counted(user)
    for key, line in (*_services(user), *_told(user, counts), *_agreed(counts)):
        found.setdefault(key, []).append(line)
    return found


def _services(user: User) -> Iterator[tuple[str, Said]]:
    services = {need: one.services for (need, language), one in offered().items() if not language}
    if not services:
        return
    url = reverse("partners:directory") if user.may(May.SEE_DIRECTORY) else ""

    def line(text: str, needs: Collection[Need]) -> Said | None:
        behind = tuple(_of_need(need, services[need], url) for need in needs if need in services)
        return Said(Side.DOING, text, url=url, count=len(behind), behind=behind) if behind else None

    for key, text, needs in (
        ("pillar.integrated_supports", _("Services nearby stand in one directory, by need."),
         list(Need)),
        ("pillar.extended_learning", _("What there is after school and in summer is in one list."),
         AFTER_THE_BELL),
        ("pillar.family_engagement", _("Classes and groups for parents are in one list."),
         FOR_GROWN_UPS),
    ):  # fmt: skip
        if told := line(text, needs):
            yield key, told
    lacking = [str(need.label) for need in Need if need not in services]
    if lacking:
        text = _("For some needs no service is known here.")
        behind = tuple(Behind(need) for need in lacking)
        yield (
            "practice.asset_mapping",
            Said(Side.MISSING, text, url=url, count=len(lacking), behind=behind),
        )


def _of_need(need: Need, services: int, url: str) -> Behind:
    words = ngettext("%(need)s: %(n)s service", "%(need)s: %(n)s services", services)
    at = f"{url}?need={need.value}" if url else ""
    return Behind(words % {"need": need.label, "n": services}, at)


def _told(user: User, counts: Counts) -> Iterator[tuple[str, Said]]:
    """What neighbors told of: shown to everybody, and put right by anybody."""
    kinds = {kind: n for (what, kind), n in counts.items() if what == "asset"}
    if kinds:
        url = reverse("neighborhood:ours")
        behind = tuple(
            Behind(f"{one.label}: {kinds[one.value]}", url)
            for one in Asset.Kind if one.value in kinds
        )  # fmt: skip
        more: dict[str, Any] = {"url": url, "count": sum(kinds.values()), "behind": behind}
        text = _("Families, students and neighbors say what the neighborhood has.")
        yield "commitment.assets", Said(Side.DOING, text, strength=True, **more)
        text = _("What the neighborhood has is on a map that everybody can open.")
        yield "practice.asset_mapping", Said(Side.DOING, text, **more)
    if right := counts.get(("right", ""), 0):
        url = reverse("partners:corrections") if user.may(May.KEEP_DIRECTORY) else ""
        text = _("Neighbors said what was wrong in the directory, and it was put right.")
        yield "practice.asset_mapping", Said(Side.CHANGED, text, url=url, count=right)


def _agreed(counts: Counts) -> Iterator[tuple[str, Said]]:
    key = "practice.alignment"
    agreements, braid = reverse("partners:agreements"), reverse("funding:braid")
    cliff = reverse("funding:cliff")
    for what, side, text, url in (
        ("agreed", Side.DOING, _("It is written down what partners and schools agreed."),
         agreements),
        ("money", Side.DOING, _("It is written down which money pays for what."), braid),
        ("agreement_ends", Side.MISSING, _("An agreement ends soon, and nothing follows it yet."),
         agreements),
        ("money_ends", Side.MISSING, _("Money ends within a year for what still counts on it."),
         cliff),
    ):  # fmt: skip
        if n := counts.get((what, ""), 0):
            yield key, Said(side, text, url=url, count=n)


def _counted(user: User) -> Counts:
    """Things of this room, by what they are; agreements and money for those who keep them. None of
    them is a person."""
    today = timezone.localdate()
    agreements = Agreement.objects.visible_to(user)
    ending = agreements.live(today).filter(expires__lte=today + SOON, followed_by=None)
    money = Funding.objects.visible_to(user)
    right = Correction.objects.filter(decided_at__date__gt=today - LATELY).exclude(taken=[])
    parts = [
        _each(Asset.objects.shown(), "asset", "kind"),
        _each(right, "right"),
        _each(agreements.live(today), "agreed"),
        _each(ending, "agreement_ends"),
        _each(money.living(today), "money"),
        _each(Funding.objects.ending_under(user, today + LATELY), "money_ends"),
    ]
    first, *others = parts
    return {(what, kind): n for what, kind, n in first.union(*others, all=True)}


def _each(rows: QuerySet[Any], what: str, kind: str = "") -> Any:
    named = rows.order_by().annotate(what=Value(what), sort=F(kind) if kind else Value(""))
    return named.values("what", "sort").annotate(n=Count("pk")).values_list("what", "sort", "n")
