"""Finding, its sources, a recommendation, and what those who were heard say of it.

`key` is of the form that sent a row and of its words: sent twice, it is one row. A doubt has none:
the address of a form stands in logs, and nothing may lead from there to who doubts.
"""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.listening.models.coding import KINDS, ONE_THING, AboutThing
from hearth.listening.models.grounds import OfSchoolQuerySet
from hearth.listening.models.project import LONGEST, ListeningProject
from hearth.schools.models import InSchool


def _in_reader(words: str, spanish: str) -> str:
    """In the reader's language, where somebody wrote it so."""
    return spanish if spanish and (get_language() or "").startswith("es") else words


class FindingSide(models.TextChoices):
    STRENGTH = "strength", _("a strength")
    OPPORTUNITY = "opportunity", _("an opportunity")


class Sure(models.TextChoices):
    """How sure the team is, in words."""

    FIRST = "first", _("a first sign")
    FAIR = "fair", _("fairly sure")
    VERY = "very", _("very sure")


@keep_history
class Finding(InSchool):
    project = models.ForeignKey(ListeningProject, on_delete=models.CASCADE, related_name="findings")
    key = models.UUIDField(null=True, unique=True, editable=False)
    side = models.CharField(_("strength or opportunity"), max_length=12, choices=FindingSide)
    about = models.CharField(_("what it is about"), max_length=80)
    elements = ArrayField(
        models.CharField(max_length=60), verbose_name=_("elements it speaks of"), default=list
    )
    words = models.TextField(_("what we found"), max_length=LONGEST)
    words_es = models.TextField(_("the same in Spanish"), max_length=LONGEST, blank=True)
    sure = models.CharField(_("how sure we are"), max_length=6, choices=Sure)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        [
            "project",
            "key",
            "side",
            "about",
            "elements",
            "words",
            "words_es",
            "sure",
            "made_by",
            "made_at",
        ],
        Privacy.INTERNAL,
    )

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="finding_has_words")]

    @property
    def said(self) -> str:
        return _in_reader(self.words, self.words_es)


class FindingSource(AboutThing):
    """One thing on which a finding rests."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="sources")

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = {"finding": Privacy.INTERNAL}

    class Meta:
        verbose_name = _("source of a finding")
        verbose_name_plural = _("sources of findings")
        constraints = [
            models.CheckConstraint(condition=ONE_THING, name="source_is_one_thing"),
            *(
                models.UniqueConstraint(fields=["finding", kind], name=f"source_once_{kind}")
                for kind in KINDS
            ),
        ]


@keep_history
class Recommendation(InSchool):
    """What to do about a finding: who takes it on, and what comes next."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="recommendations")
    key = models.UUIDField(null=True, unique=True, editable=False)
    words = models.TextField(_("what we recommend"), max_length=LONGEST)
    words_es = models.TextField(_("the same in Spanish"), max_length=LONGEST, blank=True)
    owner = models.CharField(_("who takes it on"), max_length=120)
    owner_es = models.CharField(_("who takes it on, in Spanish"), max_length=120, blank=True)
    next_step = models.CharField(_("the next step"), max_length=300)
    next_step_es = models.CharField(_("the next step in Spanish"), max_length=300, blank=True)
    by_when = models.DateField(_("by when"))

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["finding", "key", "words", "words_es", "next_step", "next_step_es", "by_when"],
            Privacy.INTERNAL,
        ),
        **dict.fromkeys(["owner", "owner_es"], Privacy.PERSONAL),
    }

    @property
    def said(self) -> str:
        return _in_reader(self.words, self.words_es)

    @property
    def taken_on_by(self) -> str:
        return _in_reader(self.owner, self.owner_es)

    @property
    def next_said(self) -> str:
        return _in_reader(self.next_step, self.next_step_es)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(owner="") & ~Q(next_step=""),
                name="recommendation_has_an_owner",
            )
        ]


class MemberCheck(InSchool):
    """The page on which those who were heard read what was made of it."""

    project = models.OneToOneField(ListeningProject, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    opened_on = models.DateField(_("opened on"))

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(["project", "key", "opened_on"], Privacy.INTERNAL)

    class Meta:
        verbose_name = _("page for those who were heard")
        verbose_name_plural = _("pages for those who were heard")


class NotWhatWeSaid(InSchool):
    """Somebody who was heard says that a finding is not what they said. Nobody knows who."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="doubts")
    words = models.TextField(_("what was meant"), max_length=LONGEST)
    on = models.DateField(_("on which day"))

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["finding", "on"], Privacy.INTERNAL),
        "words": Privacy.SENSITIVE,
    }

    class Meta:
        verbose_name = _("“this is not what we said”")
        verbose_name_plural = _("“this is not what we said”")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="doubt_has_words")]
