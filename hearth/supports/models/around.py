"""On what footing a person sees a row about one student: the team, who teaches, family, self."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import Ground, VisibleQuerySet
from hearth.people.models.grounds import holders
from hearth.people.models.team import ON_TEAM, TEAM
from hearth.people.models.through import through_student
from hearth.supports.rules.keeping import folds_before

CLASS = through_student("class")


class SharedQuerySet(VisibleQuerySet[Any]):
    """What the team, the student's own teachers, the family and the student may all read."""

    grounds: ClassVar[Sequence[Ground[Any]]] = (
        TEAM,
        CLASS,
        through_student("child"),
        through_student("self"),
    )

    def seen_by_post(self, user: User) -> Self:
        """Those that the user sees as part of their work: on the team, or teaching the student."""
        return self.visible_to(user).filter(TEAM.rows(user) | CLASS.rows(user))

    def not_folded(self, today: date) -> Self:
        """Without what ended long ago: a clean slate. What goes on is never folded."""
        return self.exclude(**{f"{self.model.ENDS}__lt": folds_before(today)})

    def where_team_may(self, user: User, verb: May) -> Self:
        """Of what the user sees, the rows of students on whose team they hold `verb`."""
        of_team = Q(student__school__in=user.standing.schools(verb))
        return self.visible_to(user).filter(TEAM.rows(user) & of_team)


class TaughtQuerySet(VisibleQuerySet[Any]):
    """What the team and the student's own teachers may read: working words, not yet told home."""

    grounds: ClassVar = (TEAM, CLASS)


def _team_of_school(user: User) -> Q:
    return Q(school__in=user.standing.schools(May.SEE_REFERRALS))


class OfTeamQuerySet(VisibleQuerySet[Any]):
    """What belongs to a school's team as a whole, with no one student in it."""

    grounds: ClassVar = (
        Ground(
            "team",
            ON_TEAM,
            _team_of_school,
            lambda row: holders(May.SEE_REFERRALS, Reach.SCHOOL, school=row.school_id),
        ),
    )


class Ends(models.Model):
    """A row that goes on until a day, and folds away when that day lies long ago; `ENDS` names the
    column of that day."""

    ENDS: ClassVar = "ends_on"

    class Meta:
        abstract = True

    def is_folded(self, today: date) -> bool:
        """Ended so long ago that it is out of sight; `not_folded` says the same of many."""
        ended = getattr(self, self.ENDS)
        return ended is not None and ended < folds_before(today)
