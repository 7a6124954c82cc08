"""Enrollment: at which school a student was, from a day to a day, and in which grade."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.people.models.through import OfStudentQuerySet
from hearth.records.models.attendance import OfSystem, school_key, student_key


class Enrollment(OfSystem):
    """One stay at one school; without an end it goes on. `exit_code` is the state's own code."""

    class Kind(models.IntegerChoices):
        PRIMARY = 10, _("primary")
        SECONDARY = 20, _("secondary")
        SHORT_TERM = 30, _("short-term")

    student = student_key("stays", db_index=False)
    school = school_key()
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"), null=True)
    grade = models.CharField(_("grade"), max_length=10, blank=True)
    kind = models.SmallIntegerField(_("kind"), choices=Kind, default=Kind.PRIMARY)
    exit_code = models.CharField(_("exit code"), max_length=10, blank=True)
    exempt = models.BooleanField(_("exempt"), default=False)

    objects = OfStudentQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["student", "school"], Privacy.INTERNAL),
        **dict.fromkeys(["starts", "ends", "grade", "kind"], Privacy.PERSONAL),
        **dict.fromkeys(["exit_code", "exempt"], Privacy.SENSITIVE),
    }

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        constraints = [
            models.UniqueConstraint(fields=["student", "school", "starts"], name="enrollment_once"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="enrollment_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[10, 20, 30]), name="enrollment_kind_known"
            ),
        ]
