"""Attendance: each day as the school marked it, and the whole year as the state asks for it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.people.models import Student
from hearth.people.models.through import OfStudentQuerySet
from hearth.schools.models import Owned, School


class OfSystem(Owned):
    """A row that the student information system keeps and a file brought; see decision 0012.

    Such a row has no history of its own: nobody changes it by hand, and what a file changed, the
    file's run remembers.
    """

    arrived_with = models.BigIntegerField(null=True)

    PRIVACY: ClassVar = {"arrived_with": Privacy.INTERNAL}

    class Meta:
        abstract = True


def student_key(name: str = "+", **more: Any) -> Any:
    """A key to a student that a load fills by the ten thousand: held by set (decision 0011)."""
    return models.ForeignKey(
        Student, on_delete=models.PROTECT, related_name=name, db_constraint=False, **more
    )


def school_key() -> Any:
    """The school at which it was. Whoever asks for a school's rows reads most of the table."""
    return models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )


class AttendanceDay(OfSystem):
    """One student, one school, one school day. `minutes` is time present, where that is kept."""

    class Kind(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("absent, excused")
        UNEXCUSED = "unexcused", _("absent, not excused")
        SUSPENDED = "suspended", _("suspended out of school")
        IN_SCHOOL = "in_school", _("suspended in school")
        INDEPENDENT = "independent", _("independent study, done")
        INDEPENDENT_MISSED = "independent_missed", _("independent study, not done")

    # The unique index begins with the student, and answers for the key.
    student = student_key("attendance_days", db_index=False)
    school = school_key()
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    minutes = models.SmallIntegerField(_("minutes present"), null=True)

    objects = OfStudentQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["student", "school"], Privacy.INTERNAL),
        **dict.fromkeys(["day", "kind", "minutes"], Privacy.SENSITIVE),
    }

    class Meta:
        verbose_name = _("attendance day")
        verbose_name_plural = _("attendance days")
        constraints = [
            models.UniqueConstraint(
                fields=["student", "school", "day"], name="attendance_day_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "present",
                        "excused",
                        "unexcused",
                        "suspended",
                        "in_school",
                        "independent",
                        "independent_missed",
                    ]
                ),
                name="attendance_day_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(0, 1440)),
                name="attendance_day_minutes_of_a_day",
            ),
        ]


def days(words: Any) -> Any:
    return models.DecimalField(words, max_digits=6, decimal_places=2, default=0)


COUNTED = (
    "expected", "attended", "excused", "unexcused", "suspended", "in_school", "independent",
    "independent_missed",
)  # fmt: skip


class AttendanceYear(OfSystem):
    """A student's whole year at a school, in days. `year` is the one in which it ends.

    `expected` are the days on which the student was to be there in person, and `attended` those on
    which they were; both count in-school suspension. Independent study stands beside them.
    `exempt` pupils stay out of chronic absenteeism (home and hospital, nonpublic school).
    """

    student = student_key("attendance_years", db_index=False)
    school = school_key()
    year = models.SmallIntegerField(_("year"))
    expected = days(_("days expected"))
    attended = days(_("days attended"))
    excused = days(_("days absent, excused"))
    unexcused = days(_("days absent, not excused"))
    suspended = days(_("days suspended out of school"))
    in_school = days(_("days suspended in school"))
    independent = days(_("days of independent study, done"))
    independent_missed = days(_("days of independent study, not done"))
    exempt = models.BooleanField(_("exempt"), default=False)

    objects = OfStudentQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["student", "school", "year"], Privacy.INTERNAL),
        **dict.fromkeys([*COUNTED, "exempt"], Privacy.SENSITIVE),
    }

    class Meta:
        verbose_name = _("attendance year")
        verbose_name_plural = _("attendance years")
        constraints = [
            models.UniqueConstraint(
                fields=["student", "school", "year"], name="attendance_year_once"
            ),
            models.CheckConstraint(
                condition=Q(**{f"{column}__range": (0, 366) for column in COUNTED}),
                name="attendance_year_days_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(
                    expected__gte=F("attended")
                    + F("excused")
                    + F("unexcused")
                    + F("suspended")
                    - F("independent")
                    - F("independent_missed")
                ),
                name="attendance_year_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(in_school__lte=F("expected")), name="attendance_year_in_school_expected"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1990, 2100)), name="attendance_year_sane"
            ),
        ]
