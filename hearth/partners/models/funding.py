"""Funding: sources of money, and which part of a service or a position each of them bears."""

from datetime import date
from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import Ground, VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import to_whom_holds
from hearth.partners.models.service import Service
from hearth.people.models.grounds import EVERY_ROW, holders
from hearth.schools.models import Owned, School

KEEPS_FUNDING = to_whom_holds(
    May.KEEP_FUNDING, "keeps_funding", _("Your role keeps which money pays for what.")
)


def _of_own_school(user: User) -> Q:
    """Of one's school, and what is there for all schools; of every school to the district."""
    if user.standing.reaches(May.KEEP_FUNDING, Reach.DISTRICT):
        return EVERY_ROW
    own = user.standing.schools(May.KEEP_FUNDING)
    return Q(school__in=own) | (Q(school=None) if own else Q(pk__in=[]))


def _keepers_of(row: Any) -> Q:
    here = {"school": row.school_id} if row.school_id else {}
    return holders(May.KEEP_FUNDING, Reach.DISTRICT) | holders(
        May.KEEP_FUNDING, Reach.SCHOOL, **here
    )


OF_OWN_SCHOOL: Ground[Any] = Ground(
    "keeps_funding_here", _("Your role keeps which money pays for what, at this school."),
    _of_own_school, _keepers_of,
)  # fmt: skip


class FundingQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (KEEPS_FUNDING,)

    def living(self, day: date) -> Self:
        return self.filter(Q(ends=None) | Q(ends__gte=day))

    def ending_under(self, user: User, by: date) -> Self:
        """Those that end by that day while something this user keeps still counts on them: no later
        split puts other money in their place."""
        later = Split.objects.filter(funded=OuterRef("split__funded")).filter(
            Q(starts__gt=OuterRef("split__starts"))
            | Q(starts=OuterRef("split__starts"), pk__gt=OuterRef("split"))
        )
        seen = Funded.objects.visible_to(user)
        carried = Share.objects.filter(~Exists(later), funding=OuterRef("pk"))
        carried = carried.filter(
            Q(split__funded__ended_on=None) | Q(split__funded__ended_on__gt=OuterRef("ends")),
            split__funded__in=seen.values("pk"),
        )
        return self.visible_to(user).filter(Exists(carried), ends__lte=by)


@keep_history
class Funding(Owned):
    """A source of money: a grant, a part of the budget, a fee. Each keeps its own rules."""

    name = models.CharField(_("name"), max_length=120)
    given_by = models.CharField(_("who gives it"), max_length=200)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = FundingQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["name", "given_by", "starts", "ends", "made_by", "made_at"], Privacy.INTERNAL
    )

    class Meta:
        verbose_name = _("source of money")
        verbose_name_plural = _("sources of money")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="funding_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="funding_has_a_name"),
            models.UniqueConstraint(fields=["district", "name"], name="funding_named_once"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("funding:source", args=[self.pk])


class FundingRule(Owned):
    """What a source may pay for, since when, and where that is written. A change is a new row."""

    funding = models.ForeignKey(Funding, on_delete=models.PROTECT, related_name="rules")
    words = models.TextField(_("what it may pay for"))
    source = models.CharField(_("where that is written"), max_length=300)
    address = models.URLField(_("web address"), blank=True)
    starts = models.DateField(_("holds from"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ["funding", "words", "source", "address", "starts", "ends", "said_by", "said_at"],
        Privacy.INTERNAL,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(source=""), name="funding_rule_says_what_and_where"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="funding_rule_ends_after_start",
            ),
        ]
        ordering = ("-starts", "-pk")


class FundedQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (OF_OWN_SCHOOL,)

    def where_keeper(self, user: User) -> Self:
        """What this user may change: at their own schools; what is there for all schools, only the
        district."""
        if user.standing.reaches(May.KEEP_FUNDING, Reach.DISTRICT):
            return self.visible_to(user)
        own = user.standing.schools(May.KEEP_FUNDING)
        return self.visible_to(user).filter(school__in=own)


@keep_history
class Funded(Owned):
    """A service or a position that money stands behind; never a person by name."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="funded"
    )
    position = models.CharField(_("position"), max_length=120, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(_("no longer paid for from"), null=True, blank=True)

    objects = FundedQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["school", "service", "position", "made_by", "made_at", "ended_on"], Privacy.INTERNAL
    )

    class Meta:
        verbose_name = _("what money pays for")
        verbose_name_plural = _("what money pays for")
        constraints = [
            models.CheckConstraint(
                condition=Q(service=None) ^ Q(position=""), name="funded_service_or_position"
            ),
        ]

    @property
    def is_service(self) -> bool:
        return self.service_id is not None

    @property
    def name(self) -> str:
        """Comes with `service` where it is one."""
        return self.service.name if self.service else self.position

    def get_absolute_url(self) -> str:
        return reverse("funding:funded", args=[self.pk])


# A split is a row with its shares, all written in one transaction: looked at when it commits.
_WHOLE = """
    SELECT COALESCE(sum(percent), 0) INTO whole FROM partners_share WHERE split_id = {split};
    IF whole <> 100 THEN
        RAISE EXCEPTION 'a split makes 100 percent, this one makes %', whole
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def _makes_a_whole(split: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="makes_a_whole", when=pgtrigger.After, timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert, declare=[("whole", "numeric")], func=_WHOLE.format(split=split),
    )  # fmt: skip


class Split(Owned):
    """From a day on, which sources bear which part. Never changed: the next one follows it."""

    funded = models.ForeignKey(Funded, on_delete=models.PROTECT, related_name="splits")
    starts = models.DateField(_("holds from"))
    cost = models.DecimalField(
        _("what it costs a year"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    why = models.TextField(_("why"), blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ["funded", "starts", "cost", "why", "made_by", "made_at"], Privacy.INTERNAL
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0), name="split_cost_not_below_zero"
            ),
        ]
        indexes = [models.Index(fields=["funded", "-starts"], name="split_newest")]
        ordering = ("starts", "pk")
        triggers = [_makes_a_whole("NEW.id")]


class Share(Owned):
    """The part that one source bears, in percent of the whole."""

    split = models.ForeignKey(Split, on_delete=models.PROTECT, related_name="shares")
    funding = models.ForeignKey(Funding, on_delete=models.PROTECT, related_name="shares")
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    PRIVACY: ClassVar = dict.fromkeys(["split", "funding", "percent"], Privacy.INTERNAL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["split", "funding"], name="share_once"),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="share_is_a_part"
            ),
        ]
        triggers = [_makes_a_whole("NEW.split_id")]
