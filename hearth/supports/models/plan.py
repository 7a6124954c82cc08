"""A student's plan, the tier of support in each domain, and the plans the law protects."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.visible import Ground
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models import Student
from hearth.schools.models import Owned
from hearth.supports.models.around import Ends, SharedQuerySet
from hearth.supports.models.referral import Referral
from hearth.supports.models.words import Domain


@keep_history
class Plan(Ends, Owned):
    """What is hoped for, in the student's and the family's own words, and who does what."""

    ENDS: ClassVar = "ended_on"

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="plans")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="plans"
    )
    nonce = models.UUIDField(unique=True)
    builds_on = models.TextField(_("the strength it builds on"))
    student_words = models.TextField(_("in the student's own words"), blank=True)
    family_words = models.TextField(_("in the family's own words"), blank=True)
    family_language = models.CharField(
        _("language of the family's words"), max_length=20, blank=True
    )
    starts_on = models.DateField(_("starts"))
    review_on = models.DateField(_("we look again on"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)
    ended_because = models.TextField(_("why it ended"), blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    objects = SharedQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["builds_on", "student_words", "family_words", "ended_because"], Privacy.SENSITIVE
        ),
        **dict.fromkeys(["student", "referral", "written_by", "family_language"], Privacy.PERSONAL),
        **dict.fromkeys(
            ["nonce", "starts_on", "review_on", "ended_on", "written_at"], Privacy.INTERNAL
        ),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(builds_on=""), name="plan_builds_on_strength"),
            models.CheckConstraint(
                condition=Q(ended_on=None) ^ Q(review_on=None), name="plan_open_has_review_date"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | (Q(ended_on__gte=F("starts_on")) & ~Q(ended_because="")),
                name="plan_ended_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["student", "-starts_on"], name="plan_by_student"),
            models.Index(fields=["review_on"], condition=Q(ended_on=None), name="plan_review"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("supports:plan", args=[self.pk])


@keep_history
class Goal(Owned):
    """One thing to reach, in somebody's own words."""

    class Whose(models.TextChoices):
        STUDENT = "student", _("the student's own")
        FAMILY = "family", _("the family's own")
        TEAM = "team", _("the team's")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    whose = models.CharField(_("whose words"), max_length=20, choices=Whose)
    words = models.TextField(_("goal"))
    domain = models.CharField(_("about"), max_length=30, choices=Domain)
    met_on = models.DateField(_("met on"), null=True)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["words", "domain"], Privacy.SENSITIVE),
        **dict.fromkeys(["plan", "whose", "met_on"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="goal_has_words")]


@keep_history
class Strategy(Owned):
    """Who does what for a plan, and how often, from a day to a day."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="strategies")
    what = models.TextField(_("what is done"))
    doer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    doer_name = models.CharField(_("who does it"), max_length=200, blank=True)
    how_often = models.CharField(_("how often"), max_length=100)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True)

    PRIVACY: ClassVar = {
        "what": Privacy.SENSITIVE,
        **dict.fromkeys(["doer", "doer_name"], Privacy.PERSONAL),
        **dict.fromkeys(["plan", "how_often", "starts_on", "ends_on"], Privacy.INTERNAL),
    }

    class Meta:
        verbose_name_plural = "strategies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & (Q(doer__isnull=False) | ~Q(doer_name="")),
                name="strategy_says_what_and_who",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="strategy_ends_after",
            ),
        ]


class PlanReview(Owned):
    """One look at a plan, and what was decided from it. Never changed afterwards."""

    class Decided(models.TextChoices):
        CONTINUE = "continue", _("go on as it is")
        CHANGE = "change", _("change what we do")
        STEP_DOWN = "step_down", _("step down to less support")
        STEP_UP = "step_up", _("step up to more support")
        END = "end", _("end the plan")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    decided = models.CharField(_("decided"), max_length=20, choices=Decided)
    as_planned = models.BooleanField(_("it was done as planned"), null=True)
    words = models.TextField(_("why"))
    next_review_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    PRIVACY: ClassVar = {
        "words": Privacy.SENSITIVE,
        "by": Privacy.PERSONAL,
        **dict.fromkeys(
            ["plan", "on", "decided", "as_planned", "next_review_on"], Privacy.INTERNAL
        ),
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="plan_review_has_why")]


@keep_history
class Tier(Ends, Owned):
    """How much support a student has in one domain, from a day to a day, and by which rule.

    Every student has the first tier; a row says the second or the third.
    """

    class Level(models.IntegerChoices):
        SOME = 2, _("Tier 2: some students")
        FEW = 3, _("Tier 3: a few students")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="tiers")
    domain = models.CharField(_("about"), max_length=30, choices=Domain)
    level = models.PositiveSmallIntegerField(_("tier"), choices=Level)
    entry_rule = models.TextField(_("by which rule it began"))
    exit_rule = models.TextField(_("by which rule it ends"))
    reason = models.TextField(_("why now"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True)
    ended_because = models.TextField(_("why it ended"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = SharedQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["domain", "level", "entry_rule", "exit_rule", "reason", "ended_because"],
            Privacy.SENSITIVE,
        ),
        **dict.fromkeys(["student", "by"], Privacy.PERSONAL),
        **dict.fromkeys(["starts_on", "ends_on"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "domain"], condition=Q(ends_on=None), name="one_tier_per_domain"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[2, 3])
                & ~Q(entry_rule="")
                & ~Q(exit_rule="")
                & ~Q(reason=""),
                name="tier_with_rules_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None, ended_because="")
                | (Q(ends_on__gte=F("starts_on")) & ~Q(ended_because="")),
                name="tier_ended_with_reason",
            ),
        ]


def _kept_by(user: User) -> Q:
    return Q(case_manager=user)


class EntitlementQuerySet(SharedQuerySet):
    grounds: ClassVar[Sequence[Ground[Any]]] = (
        *SharedQuerySet.grounds,
        Ground[Any](
            "case_manager",
            _("You keep this plan."),
            _kept_by,
            lambda row: Q(pk=row.case_manager_id),
        ),
    )


@keep_history
class Entitlement(Ends, Owned):
    """An IEP or 504 plan as the school's other systems hold it: what those who teach the student
    must know to do their part. The plan's own document stays where it is."""

    class Kind(models.TextChoices):
        IEP = "iep", _("IEP")
        SECTION_504 = "section_504", _("504 plan")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="entitlements")
    kind = models.CharField(max_length=20, choices=Kind)
    services = models.TextField(_("services"), blank=True)
    accommodations = models.TextField(_("accommodations"))
    general_education_percent = models.PositiveSmallIntegerField(
        _("percent of the day with classmates in general education"), null=True
    )
    case_manager = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    review_on = models.DateField(_("yearly review by"), null=True)
    ends_on = models.DateField(_("until"), null=True)

    objects = EntitlementQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["kind", "services", "accommodations", "general_education_percent"], Privacy.SENSITIVE
        ),
        **dict.fromkeys(["student", "case_manager"], Privacy.PERSONAL),
        **dict.fromkeys(["starts_on", "review_on", "ends_on"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "kind"],
                condition=Q(ends_on=None),
                name="one_entitlement_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(general_education_percent=None) | Q(general_education_percent__lte=100),
                name="entitlement_percent",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="entitlement_ends_after",
            ),
        ]
