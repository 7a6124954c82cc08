"""Every student, every year: a class review walks a whole roster, strengths first."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models import Section, SectionMember, Student
from hearth.people.models.grounds import holders
from hearth.people.models.team import ON_TEAM
from hearth.schools.models import InSchool, Owned
from hearth.supports.models.around import TaughtQuerySet
from hearth.supports.models.referral import Referral


def _teaches(user: User) -> Q:
    if not user.may(May.REVIEW_CLASS):
        return NOTHING
    taught = SectionMember.objects.filter(person__user=user, role="teacher", gone_on=None)
    return Q(section__in=taught.values("section"))


def _teachers(review: Any) -> Q:
    teaching = SectionMember.objects.filter(
        section=review.section_id, role="teacher", gone_on=None, person__user__isnull=False
    )
    return Q(pk__in=teaching.values("person__user")) & holders(May.REVIEW_CLASS, Reach.CASELOAD)


def reviewable_by(user: User) -> models.QuerySet[Section]:
    """The classes that this user may walk: those they teach, and as one of the team the school's.
    While viewing as another, only what both may walk."""
    sections = Section.objects.filter(gone_on=None)
    for eyes in (user, user.viewed_by):
        if eyes is not None:
            schools = Q(school__in=eyes.standing.schools(May.REVIEW_CLASS))
            sections = sections.filter(schools | taught_by(eyes))
    return sections


def taught_by(user: User) -> Q:
    """The sections in which this user teaches now, if they may walk any class at all."""
    if not user.may(May.REVIEW_CLASS):
        return NOTHING
    taught = SectionMember.objects.filter(person__user=user, role="teacher", gone_on=None)
    return Q(pk__in=taught.values("section"))


class ClassReviewQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground(
            "team",
            ON_TEAM,
            lambda user: Q(school__in=user.standing.schools(May.REVIEW_CLASS)),
            lambda row: holders(May.REVIEW_CLASS, Reach.SCHOOL, school=row.school_id),
        ),
        Ground("teacher", _("You teach this class."), _teaches, _teachers),
    )


class ClassReview(InSchool):
    """One walk through one class, in one school year."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="reviews")
    year = models.PositiveSmallIntegerField(_("school year that began in"))
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = ClassReviewQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["section", "year", "begun_by", "begun_at", "finished_at"], Privacy.INTERNAL
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "year"], name="class_reviewed_once_a_year")
        ]


@keep_history
class StudentReview(Owned):
    """What was said of one student: a strength first, then how it goes, then what is next."""

    class Next(models.TextChoices):
        THRIVING = "thriving", _("Going well")
        WATCH = "watch", _("We look again soon")
        ASK = "ask", _("Ask for support")

    review = models.ForeignKey(ClassReview, on_delete=models.PROTECT, related_name="students")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="reviews")
    strength = models.TextField(_("what goes well"))
    trusted_adult = models.CharField(
        _("an adult here who knows them well"), max_length=200, blank=True
    )
    thought = models.TextField(_("what would help"), blank=True)
    next = models.CharField(_("what is next"), max_length=20, choices=Next)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = TaughtQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["strength", "thought", "next"], Privacy.SENSITIVE),
        **dict.fromkeys(["student", "trusted_adult", "by"], Privacy.PERSONAL),
        **dict.fromkeys(["review", "referral", "at"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "student"], name="student_reviewed_once"),
            models.CheckConstraint(condition=~Q(strength=""), name="student_review_has_strength"),
        ]
