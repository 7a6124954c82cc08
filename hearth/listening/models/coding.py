"""Coding and quotation: what somebody took a thing to be about, and words that may leave."""

from functools import reduce
from operator import or_
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.listening.models.heard import Document, HeardQuerySet, Interview, Statement, Visit
from hearth.listening.models.project import LONGEST, ListeningProject
from hearth.listening.models.surveyed import Surveyed
from hearth.schools.models import InSchool

KINDS = ("interview", "statement", "visit", "document", "surveyed")


class Side(models.TextChoices):
    STRENGTH = "strength", _("a strength")
    OPPORTUNITY = "opportunity", _("an opportunity")
    NEITHER = "neither", _("neither")


class CodingQuerySet(HeardQuerySet):
    def open_to(self, user: User) -> Self:
        """One's own, and another's only once one has sorted the same thing oneself."""
        same = Q(pk__in=[])
        for kind in KINDS:
            same |= Q(**{f"{kind}__isnull": False, kind: OuterRef(kind)})
        mine = Coding.objects.filter(same, made_by=user)
        return self.visible_to(user).filter(Q(made_by=user) | Exists(mine))


class AboutThing(InSchool):
    """A row about exactly one thing that was heard, seen or read."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, null=True, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, null=True, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, related_name="+")
    surveyed = models.ForeignKey(Surveyed, on_delete=models.CASCADE, null=True, related_name="+")

    PRIVACY: ClassVar = dict.fromkeys(KINDS, Privacy.INTERNAL)

    class Meta:
        abstract = True

    @property
    def thing(self) -> tuple[str, int]:
        """Which kind of thing, and which."""
        found = {kind: getattr(self, f"{kind}_id") for kind in KINDS}
        return next((kind, pk) for kind, pk in found.items() if pk)


def _only(one: str) -> Q:
    return Q(**{f"{kind}__isnull": kind != one for kind in KINDS})


ONE_THING = reduce(or_, map(_only, KINDS))


@keep_history
class Coding(AboutThing):
    """One person's word on one thing. Nobody changes another's."""

    project = models.ForeignKey(ListeningProject, on_delete=models.CASCADE, related_name="+")
    keys = ArrayField(models.CharField(max_length=80), verbose_name=_("what it is about"))
    side = models.CharField(_("strength or opportunity"), max_length=12, choices=Side)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CodingQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(["project", "keys", "side", "made_by"], Privacy.INTERNAL)

    class Meta:
        verbose_name = _("coding")
        verbose_name_plural = _("codings")
        constraints = [
            models.CheckConstraint(condition=ONE_THING, name="coding_of_one_thing"),
            *(
                models.UniqueConstraint(fields=[kind, "made_by"], name=f"coded_once_{kind}")
                for kind in KINDS
            ),
        ]


@keep_history
class Quotation(InSchool):
    """Words of an interview that may leave. Without this row none of them does."""

    project = models.ForeignKey(ListeningProject, on_delete=models.CASCADE, related_name="+")
    interview = models.OneToOneField(Interview, on_delete=models.CASCADE, related_name="quotation")
    words = models.TextField(_("the words"), max_length=LONGEST)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    objects = HeardQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["project", "interview", "made_by", "made_at"], Privacy.INTERNAL),
        "words": Privacy.SENSITIVE,
    }

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="quotation_has_words")]
