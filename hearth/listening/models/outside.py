"""What a survey of somebody else told of our school: figures of many, never a person's answer."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.listening.models.grounds import OfSchoolQuerySet
from hearth.listening.models.words import Audience
from hearth.schools.models import InSchool


@keep_history
class OutsideFile(InSchool):
    """A table that somebody brought in, where it is from, and on what terms it may be used. Taken
    back, it stays with the day, and what it had replaced is shown again."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    source = models.CharField(_("where it is from"), max_length=300)
    terms = models.CharField(_("on what terms"), max_length=300)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["key", "source", "terms", "made_by", "made_at", "taken_back_at"], Privacy.INTERNAL
    )

    class Meta:
        verbose_name = _("table of another survey")
        verbose_name_plural = _("tables of other surveys")
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(terms=""), name="outside_says_where_from"
            )
        ]


class OutsideFigureQuerySet(OfSchoolQuerySet):
    def standing(self) -> Self:
        """Of files that nobody took back; of what two files tell, the newer."""
        found = self.filter(file__taken_back_at=None)
        same = ("instrument", "year", "construct", "audience", "group")
        newest = found.order_by(*same, "-file_id").distinct(*same)
        return self.filter(pk__in=newest.values("pk"))


class OutsideFigure(InSchool):
    """One line of such a table: of whom, of how many, and the percentage or the average."""

    file = models.ForeignKey(OutsideFile, on_delete=models.PROTECT, related_name="figures")
    instrument = models.CharField(_("which survey"), max_length=120)
    year = models.CharField(_("school year"), max_length=7)
    construct = models.CharField(_("what was asked"), max_length=300)
    audience = models.CharField(_("who was asked"), max_length=20, choices=Audience)
    group = models.CharField(_("of which group"), max_length=120, blank=True)
    answered = models.PositiveIntegerField(_("how many answered"))
    percent = models.DecimalField(_("percent"), max_digits=4, decimal_places=1, null=True)
    mean = models.DecimalField(_("average"), max_digits=7, decimal_places=2, null=True)

    objects = OutsideFigureQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["file", "instrument", "year", "construct", "audience", "group", "answered", "percent",
         "mean"], Privacy.INTERNAL
    )  # fmt: skip

    class Meta:
        verbose_name = _("figure of another survey")
        verbose_name_plural = _("figures of other surveys")
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100) | Q(percent=None, mean__isnull=False),
                name="outside_percent_or_mean",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values) & Q(answered__gte=1),
                name="outside_of_somebody",
            ),
            models.UniqueConstraint(
                fields=["file", "instrument", "year", "construct", "audience", "group"],
                name="outside_figure_once",
            ),
        ]
        indexes = [models.Index(fields=["school", "instrument", "year"], name="outside_of_school")]
