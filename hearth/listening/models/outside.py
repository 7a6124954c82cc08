"""OutsideResult: what another survey found, as numbers of groups. Never a person's answers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.privacy import Privacy
from hearth.listening.models.grounds import OfSchoolQuerySet
from hearth.listening.models.project import ListeningProject
from hearth.schools.models import InSchool


class OutsideResult(InSchool):
    """How many of a group chose one option of one item, in a survey that others ran."""

    project = models.ForeignKey(ListeningProject, on_delete=models.CASCADE, related_name="outside")
    source = models.CharField(_("which survey"), max_length=120)
    group = models.CharField(_("group"), max_length=120)
    item = models.CharField(_("question"), max_length=300)
    option = models.CharField(_("answer"), max_length=200)
    chose = models.PositiveIntegerField(_("how many chose it"))
    of = models.PositiveIntegerField(_("how many answered"))
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(auto_now_add=True)

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["project", "source", "group", "item", "option", "chose", "of", "brought_by", "brought_at"],
        Privacy.INTERNAL,
    )

    class Meta:
        verbose_name = _("result of another survey")
        verbose_name_plural = _("results of other surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "source", "group", "item", "option"], name="outside_once"
            ),
            models.CheckConstraint(condition=Q(chose__lte=F("of")), name="outside_adds_up"),
        ]
