"""StrategyPhase: in which phase a school is with one strategy this year, and who decided so."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.listening.models.grounds import OfSchoolQuerySet
from hearth.schools.models import InSchool, Session

PHASES = (
    ("phase.visioning", _("visioning")),
    ("phase.engaging", _("engaging")),
    ("phase.transforming", _("transforming")),
)


@keep_history
class StrategyPhase(InSchool):
    """A team's word, never a number: nothing adds these up or averages them."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    strategy = models.CharField(_("strategy"), max_length=60)
    phase = models.CharField(_("phase"), max_length=30, choices=PHASES)
    artifacts = ArrayField(
        models.CharField(max_length=80), verbose_name=_("what it was judged by"), default=list
    )
    also = models.CharField(_("what else it was judged by"), max_length=300, blank=True)
    decided_by = models.CharField(_("who decided"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfSchoolQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["session", "strategy", "phase", "artifacts", "also", "decided_by", "decided_on",
         "made_by"],
        Privacy.INTERNAL,
    )  # fmt: skip

    class Meta:
        verbose_name = _("phase of a strategy")
        verbose_name_plural = _("phases of strategies")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "session", "strategy"], name="one_phase_a_strategy_and_year"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by="") & (~Q(artifacts=[]) | ~Q(also="")),
                name="phase_says_who_and_by_what",
            ),
        ]
