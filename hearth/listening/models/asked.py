"""Invitation and participation: who was asked by a link of their own, and whether they answered."""

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
    """Who has answered: one row for a survey, one bit for each slot, and no time of any of them."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, primary_key=True)
    answered = models.BinaryField(default=bytes)

    PRIVACY: ClassVar = {"survey": Privacy.INTERNAL, "answered": Privacy.SECRET}

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
