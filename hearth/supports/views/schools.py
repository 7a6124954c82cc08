"""The schools for which the reader holds a verb: a school's own pages are for those alone."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.schools.models import School


def school_keys(user: User, verb: May) -> frozenset[int]:
    """While viewing as another, only what both may."""
    keys = user.standing.schools(verb)
    return keys & user.viewed_by.standing.schools(verb) if user.viewed_by else keys


def own_schools(user: User, verb: May) -> QuerySet[School]:
    """By name."""
    return School.objects.filter(pk__in=school_keys(user, verb)).order_by("name", "pk")


def own_school(user: User, verb: May, pk: int) -> School:
    """That school, or nothing there."""
    return get_object_or_404(own_schools(user, verb), pk=pk)
