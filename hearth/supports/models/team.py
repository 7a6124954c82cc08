"""The Coordination of Services Team of a school: how it works together, and who does what."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.schools.models import InSchool
from hearth.supports.models.around import OfTeamQuerySet

FRIDAY = 4


@keep_history
class Team(InSchool):
    """One school's team: its norms, its rhythm, its open door, and whom to page in danger."""

    norms = models.TextField(_("how we work together"), blank=True)
    weekday = models.PositiveSmallIntegerField(_("meets on"), null=True)
    every_weeks = models.PositiveSmallIntegerField(_("every how many weeks"), default=1)
    starts_at = models.TimeField(_("begins at"), null=True)
    minutes = models.PositiveSmallIntegerField(_("how many minutes"), default=45)
    place = models.CharField(_("where"), max_length=200, blank=True)
    welcome_en = models.TextField(_("words on the school's own page, in English"), blank=True)
    welcome_es = models.TextField(_("words on the school's own page, in Spanish"), blank=True)
    door_open = models.BooleanField(_("families and students may ask without an account"))
    on_call = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    on_call_next = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ready_on = models.DateField(null=True)

    objects = OfTeamQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["welcome_en", "welcome_es", "door_open"], Privacy.PUBLIC),
        **dict.fromkeys(
            ["norms", "weekday", "every_weeks", "starts_at", "minutes", "place", "ready_on",
             "on_call", "on_call_next"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school"], name="one_team_per_school"),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=FRIDAY), name="team_meets_on_weekday"
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=1, minutes__gte=5), name="team_rhythm"
            ),
        ]

    @property
    def is_ready(self) -> bool:
        return self.ready_on is not None


class Part(models.TextChoices):
    """What somebody does at the team's table."""

    FACILITATOR = "facilitator", _("leads the meeting")
    NOTES = "notes", _("takes notes")
    TIME = "time", _("keeps the time")
    MEMBER = "member", _("member")


class TeamMemberQuerySet(OfTeamQuerySet):
    def on(self, day: date) -> "TeamMemberQuerySet":
        held: TeamMemberQuerySet = self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)
        return held


class TeamMember(InSchool):
    """Somebody at the table, from a day to a day."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=20, choices=Part, default=Part.MEMBER)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = TeamMemberQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(["team", "user", "part", "starts", "ends"], Privacy.INTERNAL)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"], condition=Q(ends=None), name="team_member_once"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="team_member_ends_after"
            ),
        ]
