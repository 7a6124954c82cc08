"""Reach: how many people of a group were heard, each counted once, as the team counted them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.listening.models.grounds import OfSchoolQuerySet
from hearth.listening.models.project import ListeningProject
from hearth.schools.models import InSchool


class Group(models.TextChoices):
    STUDENTS = "students", _("students")
    FAMILIES = "families", _("families")
    STAFF = "staff", _("staff")
    PARTNERS = "partners", _("partners")
    ENGLISH_LEARNER = "english_learner", _("students who learn English")
    DISABILITY = "disability", _("students with disabilities")
    DISADVANTAGED = "disadvantaged", _("students whose families have little money")
    FOSTER = "foster", _("foster youth")
    HOMELESS = "homeless", _("students without a fixed home")
    # The state's form asks for these too; how many there are, the school writes down.
    RACIALLY_MARGINALIZED = "racially_marginal", _("racially marginalized students")
    ABSENT = "absent", _("students who miss many days")


class By(models.TextChoices):
    """The instrument."""

    SURVEY = "survey", _("a survey")
    INTERVIEW = "interview", _("interviews")
    FORUM = "forum", _("a forum")
    MEETING = "meeting", _("meetings")
    EVENT = "event", _("school events")


@keep_history
class Reach(InSchool):
    """Counts, and no list of people. What came without a name is counted apart: whoever answered
    twice cannot be known, so it never adds to the people."""

    project = models.ForeignKey(ListeningProject, on_delete=models.CASCADE, related_name="reach")
    group = models.CharField(_("group"), max_length=20, choices=Group)
    people = models.PositiveIntegerField(_("people, each counted once"))
    anonymous = models.PositiveIntegerField(_("answers without a name"), default=0)
    known = models.PositiveIntegerField(_("how many there are"), null=True)
    by = ArrayField(models.CharField(max_length=12, choices=By), verbose_name=_("by what"))
    rule = models.CharField(_("how it was counted"), max_length=300)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["project", "group", "people", "anonymous", "known", "by", "rule", "made_by"],
        Privacy.INTERNAL,
    )

    class Meta:
        verbose_name = _("people reached")
        verbose_name_plural = _("people reached")
        constraints = [
            models.UniqueConstraint(fields=["project", "group"], name="reach_once_a_group")
        ]
