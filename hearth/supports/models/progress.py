"""Points against a goal line. A picture to think with, never a verdict."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models import Student
from hearth.schools.models import Owned
from hearth.supports.models.around import Ends, SharedQuerySet
from hearth.supports.models.plan import Goal


@keep_history
class Measure(Ends, Owned):
    """What is counted for a goal, from where to where, and whether it should rise or fall."""

    ENDS: ClassVar = "ended_on"

    class Should(models.TextChoices):
        RISE = "rise", _("should rise")
        FALL = "fall", _("should fall")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="measures")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measures")
    title = models.CharField(_("what is counted"), max_length=200)
    unit = models.CharField(_("in what"), max_length=60)
    should = models.CharField(max_length=10, choices=Should)
    baseline = models.DecimalField(_("at the start"), max_digits=9, decimal_places=2)
    baseline_on = models.DateField(_("counted on"))
    target = models.DecimalField(_("hoped for"), max_digits=9, decimal_places=2)
    target_on = models.DateField(_("by"))
    ended_on = models.DateField(null=True)

    objects = SharedQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["title", "unit", "should", "baseline", "target"], Privacy.SENSITIVE),
        "student": Privacy.PERSONAL,
        **dict.fromkeys(["goal", "baseline_on", "target_on", "ended_on"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(target_on__gt=F("baseline_on")), name="measure_takes_time"
            ),
            models.CheckConstraint(
                condition=Q(should="rise", target__gt=F("baseline"))
                | Q(should="fall", target__lt=F("baseline")),
                name="measure_goes_where_it_should",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("supports:measure", args=[self.pk])


@keep_history
class Point(Owned):
    """One count on one day."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="points")
    on = models.DateField(_("day"))
    value = models.DecimalField(_("count"), max_digits=9, decimal_places=2)
    note = models.CharField(_("what was special that day"), max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    PRIVACY: ClassVar = {
        **dict.fromkeys(["value", "note"], Privacy.SENSITIVE),
        "by": Privacy.PERSONAL,
        **dict.fromkeys(["measure", "on"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "on"], name="one_point_a_day"),
        ]


class PhaseChange(Owned):
    """From this day something was done differently; the picture marks it with a line."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="phases")
    on = models.DateField(_("from"))
    words = models.CharField(_("what changed"), max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    PRIVACY: ClassVar = {
        "words": Privacy.SENSITIVE,
        "by": Privacy.PERSONAL,
        **dict.fromkeys(["measure", "on"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "on"], name="one_phase_change_a_day"),
            models.CheckConstraint(condition=~Q(words=""), name="phase_change_has_words"),
        ]
