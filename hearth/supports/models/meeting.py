"""The team's meeting: agenda, who was there, what was decided, and for whom it is to be done."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models.grounds import holders
from hearth.people.models.team import ON_TEAM, family_of, own_children
from hearth.schools.models import InSchool, Owned
from hearth.supports.models.around import Ends, OfTeamQuerySet
from hearth.supports.models.referral import Referral
from hearth.supports.models.team import Part


@keep_history
class Meeting(InSchool):
    """One meeting of a school's team. The agenda builds itself when it is opened."""

    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"), null=True)
    minutes = models.PositiveSmallIntegerField(_("how many minutes"))
    norms = models.TextField(_("how we work together"), blank=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfTeamQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["on", "starts_at", "minutes", "norms", "opened_at", "opened_by", "closed_at",
         "closed_by"],
        Privacy.INTERNAL,
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "on"], name="one_meeting_a_day"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False),
                name="meeting_opened_before_closed",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.pk])


class MeetingPresence(Owned):
    """Somebody who was there, by part and role; a guest is a name alone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="present")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=20, choices=Part)
    role = models.CharField(max_length=100, blank=True)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["user", "name"], Privacy.PERSONAL),
        **dict.fromkeys(["meeting", "part", "role"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(user__isnull=False),
                name="present_once",
            ),
        ]


@keep_history
class AgendaItem(Owned):
    """One thing to talk about: a student's referral, or a matter of the whole school."""

    class Part(models.TextChoices):
        NORMS = "norms", _("How we work together")
        PICTURE = "picture", _("The whole school")
        NEW = "new", _("New")
        DUE = "due", _("Due")
        STALE = "stale", _("Gone quiet")
        CLOSE = "close", _("To close or step up")
        GAPS = "gaps", _("What we cannot offer yet")
        READ_BACK = "read_back", _("Read back")

    class Taken(models.TextChoices):
        WAITING = "waiting", _("not yet taken")
        TAKEN = "taken", _("taken")
        CARRIED = "carried", _("for next time")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    part = models.CharField(max_length=20, choices=Part)
    place = models.PositiveSmallIntegerField()
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="agenda_items"
    )
    # Of a part of every meeting: what was counted, so that each reads it in their own language.
    facts = models.JSONField(null=True)
    words = models.TextField(blank=True)
    taken = models.CharField(max_length=20, choices=Taken, default=Taken.WAITING)
    seconds = models.PositiveIntegerField(default=0)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["facts", "words"], Privacy.SENSITIVE),
        **dict.fromkeys(
            ["meeting", "part", "place", "referral", "taken", "seconds"], Privacy.INTERNAL
        ),
    }

    class Meta:
        ordering: ClassVar[Any] = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="agenda_in_order"),
            models.UniqueConstraint(
                fields=["meeting", "referral"],
                condition=Q(referral__isnull=False),
                name="referral_once_on_agenda",
            ),
        ]


def _not_of_own_child(user: User) -> Q:
    """What is decided for one's own child is decided without oneself, and told as to family."""
    schools = user.standing.schools(May.SEE_REFERRALS)
    return Q(school__in=schools) & (Q(referral=None) | ~Q(referral__student__in=own_children(user)))


class DecisionQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground(
            "team",
            ON_TEAM,
            _not_of_own_child,
            lambda row: (
                holders(May.SEE_REFERRALS, Reach.SCHOOL, school=row.school_id)
                & ~(family_of(row.referral.student_id) if row.referral else NOTHING)
            ),
        ),
    )

    def standing(self) -> Self:
        """Those that nobody took back while the team still sat together."""
        return self.filter(withdrawn_at=None)


@keep_history
class Decision(Ends, InSchool):
    """What the team decided, who does it and by when. A promise, followed by what became of it."""

    ENDS: ClassVar = "done_on"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    nonce = models.UUIDField(unique=True)
    words = models.TextField(_("decided"))
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("by"))
    decided_at = models.DateTimeField(auto_now_add=True)
    done_on = models.DateField(null=True)
    became = models.TextField(_("what became of it"), blank=True)
    # For whoever asked; it goes out when the meeting is closed.
    answer = models.TextField(_("answer to the person who asked"), blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = DecisionQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["words", "became", "answer"], Privacy.SENSITIVE),
        **dict.fromkeys(["owner", "referral"], Privacy.PERSONAL),
        **dict.fromkeys(
            ["meeting", "item", "nonce", "due_on", "decided_at", "done_on", "withdrawn_at",
             "withdrawn_by"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="decision_has_words"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, done_on=None),
                name="decision_withdrawn_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(done_on=None), name="decision_open"
            )
        ]
