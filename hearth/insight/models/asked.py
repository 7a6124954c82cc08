"""A table of two groups together that somebody asked for, on its way to being told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.privacy import Privacy
from hearth.insight.models.grounds import AskedQuerySet
from hearth.schools.models import Owned


class AskedTable(Owned):
    """Asked once, it stands: whoever asks for the same again comes to the same row.

    It waits until a job has built it; then it is told, or refused with its reason. A job that dies
    leaves it waiting, so nothing is lost: the next one begins anew.
    """

    class Standing(models.TextChoices):
        WAITING = "waiting", _("being built")
        TOLD = "told", _("ready")
        REFUSED = "refused", _("cannot be told")
        FAILED = "failed", _("did not finish")
        TAKEN_BACK = "taken_back", _("taken back")

    class Why(models.TextChoices):
        RARE = "rare", _("What happens to few students is told of everybody only.")
        GIVEN_AWAY = (
            "given_away",
            _("With what was told before, this table would give somebody away."),
        )

    measure = models.CharField(_("measure"), max_length=60)
    year = models.SmallIntegerField(_("school year, by its end"))
    cut = models.CharField(_("told by"), max_length=200)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.WAITING)
    why = models.CharField(max_length=20, choices=Why, blank=True)

    objects = AskedQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["measure", "year", "cut"], Privacy.PUBLIC),
        **dict.fromkeys(
            ["by", "asked_at", "began_at", "ended_at", "standing", "why"], Privacy.INTERNAL
        ),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "measure", "year", "cut"], name="asked_table_once"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["waiting", "told", "refused", "failed", "taken_back"]),
                name="asked_table_standing_known",
            ),
            models.CheckConstraint(
                condition=Q(standing="refused", why__in=["rare", "given_away"])
                | (~Q(standing="refused") & Q(why="")),
                name="asked_table_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(standing="waiting", ended_at=None)
                | (~Q(standing="waiting") & Q(ended_at__isnull=False)),
                name="asked_table_ended_has_time",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.standing == self.Standing.WAITING
