"""One answer to "which rows, who, and why?": grounds, declared once beside each table.

A ground says on what footing a person sees a row. From the same declaration come the rows a user
may see (for lists and details alike), the people who may see a row, and the reason on the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.functional import Promise

from hearth.access.models import User

Row = TypeVar("Row", bound=models.Model)
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Ground(Generic[Row]):
    """`rows(user)` are the rows the user sees on this footing; `people(row)` the users of a row.

    The two are the same relation read from either end; a test holds them to it.
    """

    key: str
    reason: Promise
    rows: Callable[[User], Q]
    people: Callable[[Row], Q]


class VisibleQuerySet(models.QuerySet[Row]):
    """A queryset that knows its grounds. Subclasses name them."""

    grounds: ClassVar[Sequence[Ground[Any]]] = ()

    def visible_to(self, user: User) -> Self:
        """The rows this user may see; while viewing as another, only what both may see."""
        seen = self.filter(_any_of(self.grounds, user))
        return seen.filter(_any_of(self.grounds, user.viewed_by)) if user.viewed_by else seen

    def with_footing(self, user: User) -> Self:
        """Each row with the grounds on which this user sees it; `footing_of` reads them."""
        return self.annotate(**{f"on_{g.key}": _yes(g.rows(user)) for g in self.grounds})

    def footing_of(self, row: Row) -> list[Ground[Any]]:
        return [ground for ground in self.grounds if getattr(row, f"on_{ground.key}")]


def _any_of(grounds: Sequence[Ground[Any]], user: User) -> Q:
    return reduce(or_, (ground.rows(user) for ground in grounds), NOTHING)


def why(user: User, row: models.Model) -> list[Promise]:
    """The reasons for which this user sees this row; an empty list means they do not."""
    rows: VisibleQuerySet[Any] = type(row)._default_manager.get_queryset()  # type: ignore[assignment]
    found = rows.with_footing(user).filter(pk=row.pk).first()
    return [ground.reason for ground in rows.footing_of(found)] if found else []


@dataclass(frozen=True)
class Watcher:
    user: User
    reasons: list[Promise]


def people_who_may_see(row: models.Model) -> list[Watcher]:
    """Everybody who could open this row today, each with the reason. Shown to the family too."""
    grounds = type(row)._default_manager.get_queryset().grounds  # type: ignore[attr-defined]
    users = (
        User.objects.filter(is_active=True, district_id=row.district_id)  # type: ignore[attr-defined]
        .filter(reduce(or_, (g.people(row) for g in grounds), NOTHING))
        .annotate(**{f"on_{g.key}": _yes(g.people(row)) for g in grounds})
        .order_by("name", "pk")
    )
    return [
        Watcher(user, [g.reason for g in grounds if getattr(user, f"on_{g.key}")]) for user in users
    ]


def _yes(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)),
        default=Value(False),
        output_field=models.BooleanField(),
    )
