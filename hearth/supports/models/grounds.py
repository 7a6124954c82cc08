"""On what footing a person sees a referral, and the rows and people that follow from it."""

from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any, ClassVar, Self

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.people.models import Person
from hearth.people.models.grounds import holders
from hearth.people.models.person import names, speakable
from hearth.people.models.team import ON_TEAM, family_of, own_children
from hearth.supports import rules
from hearth.supports.rules.keeping import folds_before

# What everybody reads who sees the referral at all, and what the team alone reads. A search looks
# into no word that its reader may not read: what it finds would tell of the rest.
READ_BY_ALL = ("strength", "concern", "tried", "answer")
READ_BY_TEAM = ("service", "provider")
WORDS_SOUGHT = 6


def _asked_by(user: User) -> Q:
    return Q(referrer=user) if user.may(May.ASK_FOR_SUPPORT) else NOTHING


def _team_of_school(user: User) -> Q:
    """Not for one's own child: at home one is family, and sees what the family sees."""
    schools = user.standing.schools(May.SEE_REFERRALS)
    if not schools:
        return NOTHING
    return Q(school__in=schools) & ~Q(student__in=own_children(user))


def team_of(*school_ids: int) -> QuerySet[User]:
    """The support team of a school, or of several: those who may work on what is asked there."""
    team = holders(May.WORK_REFERRALS, Reach.SCHOOL, school__in=school_ids)
    return User.objects.filter(team, is_active=True).order_by("name", "pk")


class ReferralQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground(
            "team",
            ON_TEAM,
            _team_of_school,
            lambda referral: (
                holders(May.SEE_REFERRALS, Reach.SCHOOL, school=referral.school_id)
                & ~family_of(referral.student_id)
            ),
        ),
        Ground(
            "referrer",
            _("You asked for this support."),
            _asked_by,
            lambda referral: Q(pk=referral.referrer_id),
        ),
    )

    def where_team_may(self, user: User, verb: May) -> Self:
        """Of what the user sees, the rows of schools where they hold `verb` as one of the team.

        Narrower than the gate: a counselor of one school who asked at another is, there, only the
        person who asked.
        """
        return self.visible_to(user).filter(school__in=user.standing.schools(verb))

    def asked_by(self, user: User) -> Self:
        return self.visible_to(user).filter(referrer=user).order_by("-asked_at", "-pk")

    def unread_first(self) -> Self:
        """An answer that waits to be read, then the rest, newest first."""
        unread = Q(answered_at__isnull=False, answer_read_at=None)
        first = Case(When(unread, then=Value(0)), default=Value(1))
        return self.order_by(first, "-asked_at", "-pk")

    def open(self) -> Self:
        return self.exclude(state="closed")

    def in_list(self) -> Self:
        """What the team works on: open, and not with the person on call."""
        return self.exclude(state__in=["closed", "safety"])

    def not_folded(self, today: date) -> Self:
        """Without what was closed long ago: a clean slate. What is open is never folded."""
        return self.exclude(state="closed", since__lt=folds_before(today))

    def folded(self, today: date) -> Self:
        return self.filter(state="closed", since__lt=folds_before(today))

    def sought(self, typed: str, user: User) -> Self:
        """Those of a student so named, and those in whose open words every word typed stands.
        Notes are never searched, restricted or not."""
        words = speakable(typed).split()[:WORDS_SOUGHT]
        if not words:
            return self
        team = _team_of_school(user)
        said = [_in_any(READ_BY_ALL, word) | (team & _in_any(READ_BY_TEAM, word)) for word in words]
        named = Q(student__in=Person.objects.named(typed).values("pk"))
        return self.filter(named | reduce(and_, said))

    def waiting_for_answer(self) -> Self:
        return self.filter(answered_at=None)

    def showing(self, *columns: str) -> Self:
        """For a list: whom it is about, and of the rest these columns alone. To read every column
        of every table was a quarter of Today's time."""
        joined = {column.partition("__")[0] for column in columns if "__" in column}
        return self.select_related("student__person", *sorted(joined)).only(
            *names("student__person"), *columns
        )

    def with_people(self) -> Self:
        """The whole row, and what is shown of its people and place, in one query."""
        own = [field.name for field in self.model._meta.concrete_fields]
        around = ["school__name", "school__urgent_phone"]
        around += [f"student__{name}" for name in ("strengths", "school", "gone_on")]
        people = [*names("student__person"), *names("adult__person")]
        people += ["owner__name", "referrer__name"]
        related = ("student__person", "adult__person", "school", "owner", "referrer")
        shown = self.select_related(*related)
        return shown.only(*own, *around, *people)

    def late_first(self, today: date) -> Self:
        """What is past its day, oldest promise first; then by state, in the order of its life."""
        states = [When(state=state, then=Value(n)) for n, state in enumerate(rules.LEGAL, 1)]
        return self.annotate(
            late=Case(When(next_on__lt=today, then=Value(True)), default=Value(False)),
            stage=Case(When(late=True, then=Value(0)), *states, output_field=IntegerField()),
        ).order_by("stage", "next_on", "pk")


def _in_any(fields: tuple[str, ...], word: str) -> Q:
    return reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields))
