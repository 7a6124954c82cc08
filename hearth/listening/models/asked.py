"""Invitation and participation: who was asked by a link of their own, and whether they answered.

SurveyReminder: the days on which those who have not answered are written to, and of each how many.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.listening.models.survey import Survey
from hearth.people.models import Person
from hearth.schools.models import Owned


class Invitation(Owned):
    """One person who is asked. Written once, before the survey opens, and never touched again.

    `slot` is drawn by lot. The link is made of it and of the house's key, and stands nowhere.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    slot = models.PositiveIntegerField()

    PRIVACY: ClassVar = {
        "survey": Privacy.INTERNAL,
        "person": Privacy.PERSONAL,
        "slot": Privacy.SECRET,
    }

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["survey", "slot"], name="invitation_slot"),
            models.UniqueConstraint(fields=["survey", "person"], name="invited_once"),
            models.CheckConstraint(condition=Q(slot__gte=0), name="invitation_slot_counts"),
        ]


class Participation(Owned):
    """Who has answered, and who wants no more reminders: one row for a survey, one bit for each
    slot, and no time of any of them."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, primary_key=True)
    answered = models.BinaryField(default=bytes)
    quiet = models.BinaryField(default=bytes)

    PRIVACY: ClassVar = {
        "survey": Privacy.INTERNAL,
        **dict.fromkeys(["answered", "quiet"], Privacy.SECRET),
    }

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")


class SurveyReminder(Owned):
    """A day on which those who have not answered are written to. Who they were stands nowhere.

    Sent, it keeps two numbers: how many were written to, and how many were not, for want of an
    e-mail address or because they want none. No minute of the day is kept, and no history.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField(_("day of the reminder"))
    sent = models.PositiveIntegerField(_("how many were written to"), null=True)
    without = models.PositiveIntegerField(_("how many were not"), null=True)

    PRIVACY: ClassVar = dict.fromkeys(["survey", "day", "sent", "without"], Privacy.INTERNAL)

    class Meta:
        verbose_name = _("reminder of a survey")
        verbose_name_plural = _("reminders of surveys")
        constraints = [
            models.UniqueConstraint(fields=["survey", "day"], name="reminded_once_a_day"),
            models.CheckConstraint(
                condition=Q(sent=None, without=None) | Q(sent__isnull=False, without__isnull=False),
                name="reminder_counts_both",
            ),
        ]
