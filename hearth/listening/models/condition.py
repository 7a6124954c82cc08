"""Condition: a district's own list of what learner-centered work rests on, in its own words."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import ROLES
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models.grounds import EVERY_ROW
from hearth.schools.models import Owned


def _listens(user: User) -> Q:
    return EVERY_ROW if May.SEE_LISTENING in user.standing.may else NOTHING


def _listeners(row: Any) -> Q:
    roles = [key for key, role in ROLES.items() if May.SEE_LISTENING in role.may]
    return Q(pk__in=Membership.objects.current().filter(role__in=roles).values("user"))


class ConditionQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground("listens", _("Your role sees what is listened for."), _listens, _listeners),
    )

    def in_use(self) -> "ConditionQuerySet":
        return self.filter(ended_on=None).order_by("position", "pk")


@keep_history
class Condition(Owned):
    """One line of the list. A list that is replaced ends; what was coded to it keeps its words."""

    words_en = models.CharField(_("in English"), max_length=160)
    words_es = models.CharField(_("in Spanish"), max_length=160)
    position = models.PositiveSmallIntegerField()
    ended_on = models.DateField(null=True)

    objects = ConditionQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["words_en", "words_es", "position", "ended_on"], Privacy.PUBLIC
    )

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(words_en="") & ~Q(words_es=""), name="condition_in_both_languages"
            )
        ]

    @property
    def key(self) -> str:
        return f"own.{self.pk}"
