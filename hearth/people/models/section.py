"""Section and its members: who learns with whom, and who teaches them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.people.models.person import Person
from hearth.schools.models import FromFile, School, one_per_source


class Section(FromFile):
    """A class: a homeroom, or one period of a course."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)
    title = models.CharField(_("title"), max_length=200)
    code = models.CharField(max_length=100, blank=True)
    course_title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    grade = models.CharField(max_length=10, blank=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ["school", "title", "code", "course_title", "kind", "grade", "starts", "ends"],
        Privacy.INTERNAL,
    )

    class Meta:
        constraints = [one_per_source("section_source")]


class SectionMember(FromFile):
    """A student or a teacher of a section."""

    class Role(models.TextChoices):
        STUDENT = "student", _("student")
        TEACHER = "teacher", _("teacher")

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="members", db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="sections", db_constraint=False
    )
    role = models.CharField(max_length=10, choices=Role)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ["section", "person", "role", "starts", "ends"], Privacy.PERSONAL
    )

    class Meta:
        constraints = [
            one_per_source("section_member_source"),
            models.CheckConstraint(
                condition=Q(role__in=["student", "teacher"]), name="section_member_role_known"
            ),
        ]
