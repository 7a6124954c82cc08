"""ListeningProject: what a school wants to hear in a year, from whom, and what comes back.

`key` is of the form that sent a row and of its words: sent twice, it is one row.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.listening.models.grounds import OfSchoolQuerySet
from hearth.schools.models import InSchool, Session

LONGEST = 2000


def _in_spanish() -> bool:
    return (get_language() or "").startswith("es")


@keep_history
class ListeningProject(InSchool):
    """One school's listening in one school year. Surveys, interviews, forums and what was read
    hang on it."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.UUIDField(null=True, unique=True, editable=False)
    title = models.CharField(_("what it is called"), max_length=200)
    title_es = models.CharField(_("the same in Spanish"), max_length=200, blank=True)
    purpose = models.TextField(_("why we listen"), max_length=LONGEST)
    purpose_es = models.TextField(_("the same in Spanish"), max_length=LONGEST, blank=True)
    questions = ArrayField(
        models.CharField(max_length=300), verbose_name=_("what we want to know"), default=list
    )
    questions_es = ArrayField(
        models.CharField(max_length=300), verbose_name=_("the same in Spanish"), default=list
    )
    guiding_group = models.TextField(_("who guides it"), max_length=LONGEST, blank=True)
    guiding_group_es = models.TextField(_("the same in Spanish"), max_length=LONGEST, blank=True)
    # With which every version of the report begins.
    story = models.TextField(_("the story"), max_length=LONGEST, blank=True)
    story_es = models.TextField(_("the story in Spanish"), max_length=LONGEST, blank=True)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    consent_en = models.TextField(_("what we tell people first, in English"), max_length=LONGEST)
    consent_es = models.TextField(_("what we tell people first, in Spanish"), max_length=LONGEST)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            [
                "session",
                "key",
                "title",
                "title_es",
                "purpose",
                "purpose_es",
                "story",
                "story_es",
                "questions",
                "questions_es",
                "starts",
                "ends",
                "made_by",
                "made_at",
            ],
            Privacy.INTERNAL,
        ),
        **dict.fromkeys(["consent_en", "consent_es"], Privacy.PUBLIC),
        **dict.fromkeys(["guiding_group", "guiding_group_es"], Privacy.PERSONAL),
    }

    class Meta:
        verbose_name = _("listening project")
        verbose_name_plural = _("listening projects")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="listening_ends_after"),
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(title=""), name="listening_says_why"
            ),
        ]
        indexes = [models.Index(fields=["school", "starts"], name="listening_of_school")]

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        return self.title_es if self.title_es and _in_spanish() else self.title

    @property
    def why(self) -> str:
        return self.purpose_es if self.purpose_es and _in_spanish() else self.purpose

    @property
    def guided_by(self) -> str:
        spanish = self.guiding_group_es and _in_spanish()
        return self.guiding_group_es if spanish else self.guiding_group

    @property
    def wants_to_know(self) -> list[str]:
        return self.questions_es if self.questions_es and _in_spanish() else self.questions

    def get_absolute_url(self) -> str:
        return reverse("listening:project", args=[self.pk])

    def consent(self, language: str) -> str:
        return self.consent_es if language == "es" else self.consent_en


@keep_history
class ProjectDay(InSchool):
    """A day of the project's calendar. With `to_whom`, what was heard comes back to them then."""

    project = models.ForeignKey(ListeningProject, on_delete=models.CASCADE, related_name="days")
    key = models.UUIDField(null=True, unique=True, editable=False)
    day = models.DateField(_("day"))
    what = models.CharField(_("what happens"), max_length=300)
    what_es = models.CharField(_("the same in Spanish"), max_length=300, blank=True)
    to_whom = models.CharField(_("what was heard comes back to"), max_length=120, blank=True)
    to_whom_es = models.CharField(_("to whom, in Spanish"), max_length=120, blank=True)
    done_on = models.DateField(_("done on"), null=True)

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["project", "key", "day", "what", "what_es", "to_whom", "to_whom_es", "done_on"],
        Privacy.INTERNAL,
    )

    class Meta:
        verbose_name = _("day of a listening project")
        verbose_name_plural = _("days of listening projects")
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="project_day_says_what")]
        indexes = [models.Index(fields=["project", "day"], name="project_days")]

    @property
    def said(self) -> str:
        return self.what_es if self.what_es and _in_spanish() else self.what

    @property
    def whom(self) -> str:
        return self.to_whom_es if self.to_whom_es and _in_spanish() else self.to_whom
