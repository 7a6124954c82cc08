"""What a person is to a school: student, guardian, staff."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people import words
from hearth.people.models.grounds import StudentQuerySet
from hearth.people.models.person import Role
from hearth.schools.models import FromFile, School


@keep_history
class Student(Role):
    """A child or young person of one school. `strengths` stands first on every page."""

    school = models.ForeignKey(
        School, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    grade = models.CharField(_("grade"), max_length=10, blank=True)
    local_id = models.CharField(_("student number"), max_length=60, blank=True)
    strengths = models.TextField(_("what they love and are good at"), blank=True)

    objects = StudentQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "school": Privacy.INTERNAL,
        "grade": Privacy.INTERNAL,
        "local_id": Privacy.PERSONAL,
        "strengths": Privacy.PERSONAL,
    }

    class Meta:
        indexes = [
            models.Index(fields=["school", "grade"], name="student_school_grade"),
            models.Index(
                fields=["district", "local_id"], condition=~Q(local_id=""), name="student_local_id"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("student", args=[self.pk])

    @property
    def grade_in_words(self) -> str:
        return words.grade_name(self.grade)


@keep_history
class Guardian(Role):
    """An adult who cares for a student. Language and how to reach stand with the person."""


@keep_history
class Guardianship(FromFile):
    """One guardian and one student: what they are to each other, and what the adult may decide."""

    student = models.ForeignKey(
        Student, on_delete=models.PROTECT, related_name="guardianships", db_constraint=False
    )
    guardian = models.ForeignKey(
        Guardian, on_delete=models.PROTECT, related_name="guardianships", db_constraint=False
    )
    relationship = models.CharField(_("relationship"), max_length=40, blank=True)
    may_decide = models.BooleanField(_("may decide about school matters"), default=True)
    may_see_records = models.BooleanField(_("may see school records"), default=True)
    may_pick_up = models.BooleanField(_("may pick up"), default=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ["student", "guardian", "relationship", "may_decide", "may_see_records", "may_pick_up"],
        Privacy.PERSONAL,
    )

    @property
    def relationship_in_words(self) -> str:
        return words.relationship_name(self.relationship)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "guardian"], name="guardianship_once"),
            models.CheckConstraint(
                condition=~Q(student=F("guardian")), name="guardianship_two_people"
            ),
        ]


@keep_history
class Staff(Role):
    """Somebody who works at a school or for the district."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True)
    title = models.CharField(_("title"), max_length=100, blank=True)

    PRIVACY: ClassVar = {"school": Privacy.INTERNAL, "title": Privacy.INTERNAL}
