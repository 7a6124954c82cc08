"""Report: one version of what a project tells, kept as it was; sign-off: who stands behind it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.privacy import Privacy
from hearth.listening.models.grounds import OfSchoolQuerySet
from hearth.listening.models.project import LONGEST, ListeningProject
from hearth.schools.models import InSchool


class Report(InSchool):
    """Written once. `told` is in no language: keys where the house has words, and what people
    wrote as they wrote it. When more is heard, the next version tells it."""

    project = models.ForeignKey(ListeningProject, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("version"))
    told = models.JSONField(_("what it tells"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["project", "number", "made_by", "made_at"], Privacy.INTERNAL),
        "told": Privacy.SENSITIVE,
    }

    class Meta:
        verbose_name = _("version of a report")
        verbose_name_plural = _("versions of reports")
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="report_numbered_once")
        ]


class SignOff(InSchool):
    """Somebody of the guiding group stands behind one version. Their name is kept as it was."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="signed")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    speaks_for = models.CharField(_("for whom"), max_length=120)
    words = models.TextField(_("what they say about it"), max_length=LONGEST, blank=True)
    on = models.DateField(_("on which day"))

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["report", "by", "on"], Privacy.INTERNAL),
        **dict.fromkeys(["name", "speaks_for", "words"], Privacy.PERSONAL),
    }

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(fields=["report", "by"], name="report_signed_once_by_each"),
            models.CheckConstraint(condition=~Q(speaks_for=""), name="signed_for_somebody"),
        ]
