"""On what footing a listening project, and whatever hangs on it, is seen: by those of its school.

Nothing here is about one child, so how far a role reaches among students does not matter: whoever
holds the verb at this school sees what is listened for there.
"""

from typing import Any, ClassVar, Self

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import ROLES, Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.people.models.grounds import EVERY_ROW, holders


def schools_of(user: User, verb: May) -> frozenset[int]:
    """The schools at which the user holds the verb, whatever else they do there."""
    posts = user.standing.posts
    return frozenset(p.school_id for p in posts if p.school_id and verb in ROLES[p.role].may)


def may_here(user: User, verb: May, school_id: int) -> bool:
    """Does the user hold the verb at this school, or over the whole district?"""
    eyes = [user, *([user.viewed_by] if user.viewed_by else [])]
    return all(
        eye.standing.reaches(verb, Reach.DISTRICT) or school_id in schools_of(eye, verb)
        for eye in eyes
    )


def _here(user: User) -> Q:
    return Q(school__in=schools_of(user, May.SEE_LISTENING))


def _people_here(row: Any) -> Q:
    roles = [key for key, role in ROLES.items() if May.SEE_LISTENING in role.may]
    posts = Membership.objects.current().filter(role__in=roles, school=row.school_id)
    return Q(pk__in=posts.values("user"))


def _whole_district(user: User) -> Q:
    return EVERY_ROW if user.standing.reaches(May.SEE_LISTENING, Reach.DISTRICT) else NOTHING


class OfSchoolQuerySet(VisibleQuerySet[Any]):
    """Rows of one school. `run_by` are those that the user may change."""

    grounds: ClassVar = (
        Ground("here", _("You work or decide at this school."), _here, _people_here),
        Ground(
            "district",
            _("Your role covers every school of the district."),
            _whole_district,
            lambda row: holders(May.SEE_LISTENING, Reach.DISTRICT),
        ),
    )

    def run_by(self, user: User) -> Self:
        seen = self.visible_to(user)
        if user.standing.reaches(May.RUN_LISTENING, Reach.DISTRICT):
            return seen
        return seen.filter(school__in=schools_of(user, May.RUN_LISTENING))
