"""Referral, its moves, its notes. What must always be true of a row stands here as a constraint."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models import Student
from hearth.schools.models import InSchool, Owned
from hearth.supports import rules
from hearth.supports.grounds import ReferralQuerySet


class State(models.TextChoices):
    SUBMITTED = "submitted", _("new")
    TRIAGED = "triaged", _("sorted")
    ASSIGNED = "assigned", _("has an owner")
    ASSESSING = "assessing", _("getting to know")
    PLANNED = "planned", _("planned")
    REFERRED = "referred", _("referred, not yet linked")
    WAITLISTED = "waitlisted", _("on a waiting list")
    LINKED = "linked", _("linked")
    MONITORING = "monitoring", _("checking in")
    CLOSED = "closed", _("closed")


class Domain(models.TextChoices):
    ACADEMIC = "academic", _("Learning")
    BEHAVIOR = "behavior", _("Getting along at school")
    SOCIAL_EMOTIONAL = "social_emotional", _("Feelings and friendships")
    ATTENDANCE = "attendance", _("Coming to school")
    BASIC_NEEDS = "health_basic_needs", _("Health and basic needs")


class Urgency(models.TextChoices):
    THIS_WEEK = "this_week", _("This week, please")
    SOON = "soon", _("Soon")
    WHEN_YOU_CAN = "when_you_can", _("When you can")


class ClosedBecause(models.TextChoices):
    GOAL_MET = "goal_met", _("The goal was met")
    INFORMATION_ONLY = "information_only", _("It was good to know; nothing more is needed")
    STEPPED_UP = "stepped_up", _("Stepped up to more support")
    FAMILY_DECLINED = "family_declined", _("The family said no thank you")
    COULD_NOT_REACH = "could_not_reach", _("We could not reach the family")
    MOVED = "moved", _("The student moved")


@keep_history
class Referral(InSchool):
    """Somebody asked for support for a student. One service at most per referral."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="referrals")
    referrer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="referrals_made")
    strength = models.TextField(_("what is going well"))
    concern = models.TextField(_("what is hard"))
    tried = models.TextField(_("what was tried"), blank=True)
    domain = models.CharField(_("about"), max_length=30, choices=Domain)
    urgency = models.CharField(_("how soon"), max_length=20, choices=Urgency)
    asked_at = models.DateTimeField(auto_now_add=True)

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.SUBMITTED)
    since = models.DateField(_("in this state since"))
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="referrals_owned"
    )
    next_on = models.DateField(_("next date"), null=True)
    service = models.CharField(_("service"), max_length=200, blank=True)
    provider = models.CharField(_("who provides it"), max_length=200, blank=True)
    first_service_on = models.DateField(_("first service on"), null=True)
    closed_because = models.CharField(max_length=30, choices=ClosedBecause, blank=True)

    answer_due_on = models.DateField(_("answer due on"))
    answer = models.TextField(_("answer to the person who asked"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_read_at = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["strength", "concern", "tried", "answer", "service", "provider",
                         "domain", "closed_because"], Privacy.SENSITIVE),
        **dict.fromkeys(["student", "referrer", "owner"], Privacy.PERSONAL),
        **dict.fromkeys(["urgency", "asked_at", "state", "since", "next_on", "first_service_on",
                         "answer_due_on", "answered_at", "answer_read_at"], Privacy.INTERNAL),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(strength="") & ~Q(concern=""), name="referral_strength_and_concern"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="referral_state_known"),
            models.CheckConstraint(condition=Q(domain__in=Domain.values), name="referral_domain_known"),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="referral_urgency_known"),
            models.CheckConstraint(
                condition=~Q(state__in=rules.OWNED) | Q(owner__isnull=False),
                name="referral_has_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=rules.WITH_SERVICE) | ~Q(service=""),
                name="referral_names_service",
            ),
            models.CheckConstraint(
                condition=~Q(state="linked") | Q(first_service_on__isnull=False),
                name="referral_linked_when_served",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_because__in=ClosedBecause.values)
                | (~Q(state="closed") & Q(closed_because="")),
                name="referral_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="referral_answer_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "next_on"], condition=~Q(state="closed"),
                         name="referral_open"),
            models.Index(fields=["referrer", "-asked_at"], name="referral_by_referrer"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=rules.transitions()),
            pgtrigger.Protect(
                name="begins_new",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="submitted"),
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED


class Move(Owned):
    """One step in a referral's life: who, when, why."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    came_from = models.CharField(max_length=20, choices=State, blank=True)
    went_to = models.CharField(max_length=20, choices=State)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField(blank=True)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["referral", "came_from", "went_to", "at"], Privacy.INTERNAL),
        "by": Privacy.PERSONAL,
        "why": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(came_from="", went_to="submitted")
                | Q(
                    *[Q(came_from=a, went_to=b) for a, b in rules.transitions()],
                    _connector=Q.OR,
                ),
                name="move_is_legal",
            ),
        ]


@dataclass(frozen=True)
class ReadNote:
    """A note as a page gets it: `body` is None where it is restricted and was not asked for."""

    pk: int
    author: str
    at: datetime
    restricted: bool
    body: str | None


class NoteQuerySet(models.QuerySet["Note"]):
    def read(self, *, include_restricted: bool = False) -> list[ReadNote]:
        """The notes, newest first. Restricted words do not even leave the database unless asked
        for by name, by a caller who has checked that this reader may."""
        shown = F("body") if include_restricted else Case(
            When(restricted=True, then=Value(None)), default=F("body"),
            output_field=models.TextField(null=True),
        )
        rows = self.annotate(shown=shown).order_by("-at", "-pk")
        return [
            ReadNote(*row)
            for row in rows.values_list("pk", "author__name", "at", "restricted", "shown")
        ]


@keep_history
class Note(Owned):
    """Something written down beside a referral."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    restricted = models.BooleanField(_("only for those who may read restricted notes"))
    body = models.TextField(_("note"))

    objects = NoteQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "referral": Privacy.INTERNAL,
        "author": Privacy.PERSONAL,
        "at": Privacy.INTERNAL,
        "restricted": Privacy.INTERNAL,
        "body": Privacy.RESTRICTED,
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="note_has_words")]


@dataclass(frozen=True)
class Age:
    """How long a referral has been where it is, and how late its next date is."""

    since: date
    today: date
    next_on: date | None

    @property
    def days(self) -> int:
        return (self.today - self.since).days

    @property
    def late(self) -> bool:
        return self.next_on is not None and self.next_on < self.today
