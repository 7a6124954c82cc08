"""The circle around a student whose supports are shared: who reads, who works, who keeps."""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Case, Q, QuerySet, When

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING
from hearth.people.models import Student
from hearth.people.models.grounds import StudentQuerySet
from hearth.people.models.team import TEAM, own_children
from hearth.supports.models.around import CLASS
from hearth.supports.models.plan import Plan

Rows = Callable[[User], Q]
_ROWS = {ground.key: ground.rows for ground in StudentQuerySet.grounds}


def students_shared_with(user: User) -> StudentQuerySet:
    """The students whose plans, tiers and progress this user may read, on whatever footing; each
    with whether the user may `write` plans for them, and `keep` what the law asks."""
    seen = _both(user, _shared)
    told: StudentQuerySet = seen.with_footing(user).annotate(
        may_write=_yes(_team(user, May.WORK_REFERRALS)), may_keep=_yes(_kept(user))
    )
    return told


def shared_with(user: User) -> Q:
    """The same as a condition, for a query that asks for much at once: every ground of plans,
    tiers and entitlements is one of the student's, so it is enough to ask it once."""
    both = _shared(user)
    return both & _shared(user.viewed_by) if user.viewed_by else both


def students_of_team(user: User, verb: May = May.WORK_REFERRALS) -> StudentQuerySet:
    """The students of the user's own team; never one whom they care for at home."""
    return _both(user, lambda eyes: _team(eyes, verb))


def students_kept_by(user: User) -> StudentQuerySet:
    """Those whose IEP or 504 plan the user may write down: the team's, or on the caseload."""
    return _both(user, _kept)


def who_works_with(student: Student) -> QuerySet[User]:
    """The team and the student's own teachers: those who may be asked to do a part of a plan."""
    row = Plan(student=student)
    around = User.objects.filter(TEAM.people(row) | CLASS.people(row), is_active=True)
    return around.order_by("name", "pk")


def _both(user: User, rows: Rows) -> StudentQuerySet:
    seen: StudentQuerySet = Student.objects.visible_to(user).filter(rows(user))
    return seen.filter(rows(user.viewed_by)) if user.viewed_by else seen


def _team(user: User, verb: May) -> Q:
    schools = user.standing.schools(verb)
    return Q(school__in=schools) & ~Q(pk__in=own_children(user)) if schools else NOTHING


def _shared(user: User) -> Q:
    return reduce(or_, (_team(user, May.SEE_REFERRALS), *_near(user)))


def _near(user: User) -> list[Q]:
    return [_ROWS[key](user) for key in ("class", "child", "self")]


def _kept(user: User) -> Q:
    on_caseload = user.standing.reaches(May.KEEP_ENTITLEMENTS, Reach.CASELOAD)
    return _team(user, May.KEEP_ENTITLEMENTS) | (_ROWS["class"](user) if on_caseload else NOTHING)


def _yes(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
