"""Survey: what is asked, of whom, in which languages, from a day to a day."""

from datetime import date
from functools import cached_property
from typing import ClassVar, Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.listening.models.grounds import OfSchoolQuerySet
from hearth.listening.models.project import ListeningProject
from hearth.listening.models.words import Audience, Way
from hearth.listening.rules.layout import Place, places
from hearth.listening.rules.questions import Question, questions_of, said_in
from hearth.schools.models import InSchool


class SurveyQuerySet(OfSchoolQuerySet):
    def to_seal(self, today: date) -> Self:
        """Those whose last day is over, and that nobody has counted yet."""
        return self.filter(opened_at__isnull=False, sealed_at=None, closes__lt=today)


@keep_history
class Survey(InSchool):
    """Its questions stand in `sheet`, are changed until it opens, and never after: the counts in
    its box are numbered by them. What was answered stands in the box and on its pages alone."""

    project = models.ForeignKey(ListeningProject, on_delete=models.PROTECT, related_name="surveys")
    key = models.UUIDField(default=uuid4, unique=True)
    title = models.JSONField(_("what it is called"), default=dict)
    intro = models.JSONField(_("what it is for"), default=dict)
    audience = models.CharField(_("who is asked"), max_length=20, choices=Audience)
    way = models.CharField(_("how they come to it"), max_length=20, choices=Way, default=Way.OPEN)
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"))
    sheet = models.JSONField(_("questions"), default=list)
    opens = models.DateField(_("first day"))
    closes = models.DateField(_("last day"))
    # How many belong to those who are asked: all, and by the group that the survey asks for.
    known = models.PositiveIntegerField(_("how many are asked"), null=True, blank=True)
    known_by_group = models.JSONField(_("how many of each group"), default=dict)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)

    objects = SurveyQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["key", "title", "intro", "audience", "languages", "sheet", "opens", "closes"],
            Privacy.PUBLIC,
        ),
        **dict.fromkeys(
            ["project", "way", "known", "known_by_group", "made_by", "made_at", "opened_at",
             "sealed_at"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="survey_ends_after"),
            models.CheckConstraint(
                condition=Q(sealed_at=None) | Q(opened_at__isnull=False),
                name="survey_sealed_after_opened",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values, way__in=Way.values),
                name="survey_words_known",
            ),
        ]
        indexes = [models.Index(fields=["project"], name="survey_of_project")]

    def get_absolute_url(self) -> str:
        return reverse("listening:survey", args=[self.pk])

    @cached_property
    def questions(self) -> list[Question]:
        return questions_of(self.sheet)

    @cached_property
    def places(self) -> dict[Place, int]:
        return places(self.questions)

    def takes_answers(self, today: date) -> bool:
        opened = self.opened_at is not None and self.sealed_at is None
        return opened and self.opens <= today <= self.closes

    def title_in(self, language: str) -> str:
        return said_in(self.title, language)[0]
