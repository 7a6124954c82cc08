"""Who sees disclosed figures, and the walks held over them."""

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import ROLES, Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.people.models.grounds import EVERY_ROW, holders

READERS = [key for key, role in ROLES.items() if May.SEE_NUMBERS in role.may]


def _everybody_here(user: User) -> Q:
    return EVERY_ROW if user.may(May.SEE_NUMBERS) else NOTHING


def _readers(row: Any) -> Q:
    posts = Membership.objects.current().filter(role__in=READERS)
    return Q(pk__in=posts.values("user"))


def _posts(user: User) -> Any:
    return Membership.objects.current().filter(user=user, role__in=READERS, school__isnull=False)


class FigureQuerySet(VisibleQuerySet[Any]):
    """Figures that went through disclosure are for everybody who reads numbers here."""

    grounds: ClassVar = (
        Ground("numbers", _("These figures show no single person."), _everybody_here, _readers),
    )


class AskedQuerySet(VisibleQuerySet[Any]):
    """What was asked for, and what became of it: among those who build tables."""

    grounds: ClassVar = (
        Ground(
            "district",
            _("You answer for the district's figures."),
            lambda user: EVERY_ROW if user.may(May.BUILD_TABLES) else NOTHING,
            lambda row: holders(May.BUILD_TABLES, Reach.DISTRICT),
        ),
    )


class WalkQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground(
            "school",
            _("You belong to this school."),
            lambda user: Q(school__in=_posts(user).values("school")),
            lambda row: Q(
                pk__in=Membership.objects.current()
                .filter(role__in=READERS, school=row.school_id)
                .values("user")
            ),
        ),
        Ground(
            "district",
            _("Your role covers every school of the district."),
            lambda user: (
                EVERY_ROW if user.standing.reaches(May.SEE_NUMBERS, Reach.DISTRICT) else NOTHING
            ),
            lambda row: holders(May.SEE_NUMBERS, Reach.DISTRICT),
        ),
    )
