"""Which rooms a person finds in the navigation: only those where they have something to do."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May


@dataclass(frozen=True)
class Place:
    """One entry. `covers` are the beginnings of the addresses that belong to it."""

    label: str
    url: str
    icon: str = ""
    covers: tuple[str, ...] = ()
    current: bool = False


def places(user: User, path: str) -> list[Place]:
    """At most seven, in the order of a day's work."""
    found = _rooms(_allowed(user), get_language())
    near = [_nearness(path, place.url, place.covers) for place in found]
    nearest = max(near)
    return [
        replace(place, current=True) if 0 < near_by == nearest else place
        for place, near_by in zip(found, near, strict=True)
    ]


def _allowed(user: User) -> frozenset[May]:
    """With both pairs of eyes, while viewing as somebody else."""
    own = user.standing.may
    return own & _allowed(user.viewed_by) if user.viewed_by else own


@lru_cache(maxsize=500)
def _rooms(may: frozenset[May], _language: str | None) -> tuple[Place, ...]:
    """Whoever may do the same finds the same rooms: they are put together once for a language."""
    asks, team, loads = (
        May.ASK_FOR_SUPPORT in may,
        May.SEE_REFERRALS in may,
        May.IMPORT_FILES in may,
    )
    students = (reverse("people:classes"), "/people/", "/students/", "/search")
    meeting = (reverse("supports:team_home"), "/referrals/decisions/")
    files = reverse("imports:runs")
    # Whoever loads no other file finds those of the directory in its room.
    out = ("/out/", "/funding/", "/county/") if loads else ("/out/", "/funding/", "/county/", files)
    found = [
        (True, _("Today"), reverse("today"), "home", ()),
        (
            May.ANSWER_AS_PARTNER in may,
            pgettext("by the schools, to a partner", "Sent to us"),
            reverse("worker:asked"),
            "list",
            (),
        ),
        (May.SEE_STUDENTS in may, _("Students"), students[0], "people", students[1:]),
        (team, _("Referrals"), reverse("supports:board"), "list", ("/referrals/",)),
        (team, _("Meetings"), reverse("supports:meetings"), "calendar", meeting),
        (asks and not team, _("What I asked"), reverse("supports:mine"), "list", ("/referrals/",)),
        (May.SEE_DIRECTORY in may, _("Directory"), reverse("partners:directory"), "map", out),
        (
            bool(may & {May.SEE_OWN_CHILD, May.SEE_OWN_SELF}),
            _("Our neighborhood"),
            reverse("neighborhood:ours"),
            "map",
            (),
        ),
        (May.SEE_NUMBERS in may, _("Numbers"), reverse("insight:numbers"), "chart", ()),
        (
            May.SEE_LISTENING in may and not _in_menu(may),
            _("Listening"),
            reverse("listening:projects"),
            "message",
            (),
        ),
        (
            May.SEE_FRAMEWORK in may and not _in_menu(may),
            _("Framework"),
            reverse("framework"),
            "leaf",
            (),
        ),
        (loads, _("Roster files"), files, "folder", ()),
        (May.INVITE in may, _("People here"), reverse("access:members"), "key", ()),
    ]
    return tuple(
        Place(label, url, icon, covers) for allowed, label, url, icon, covers in found if allowed
    )


def _nearness(path: str, url: str, covers: tuple[str, ...]) -> int:
    """How much of the address a place covers: a room within a room is nearer than the room."""
    if path == url:
        return len(path)
    return max((len(c) for c in (url, *covers) if c != "/" and path.startswith(c)), default=0)


def _in_menu(may: frozenset[May]) -> bool:
    """Whose days are full of other rooms has the framework under their own name."""
    return May.SEE_FRAMEWORK in may and bool(may & {May.KEEP_DIRECTORY, May.IMPORT_FILES})


def own_links(user: User) -> tuple[Place, ...]:
    """What stands in the menu under one's own name."""
    return _own(_allowed(user), get_language())


@lru_cache(maxsize=500)
def _own(may: frozenset[May], _language: str | None) -> tuple[Place, ...]:
    found = [
        (True, _("My account"), reverse("access:me")),
        (
            _in_menu(may) and May.SEE_LISTENING in may,
            _("Listening"),
            reverse("listening:projects"),
        ),
        (_in_menu(may), _("Framework"), reverse("framework")),
        (May.KEEP_AGREEMENTS in may, _("Agreements"), reverse("partners:agreements")),
        (May.KEEP_FUNDING in may, _("Who pays for what"), reverse("funding:braid")),
        (May.SEND_COUNTY in may, _("What the county is told"), reverse("county:county")),
        (May.MERGE_PEOPLE in may, _("Entered twice?"), reverse("people:duplicates")),
        (May.VIEW_AS in may, _("See as somebody else"), reverse("access:choose_eyes")),
        (May.SEE_HEALTH in may, _("Is everything well?"), reverse("operations")),
    ]
    return tuple(Place(label, url) for allowed, label, url in found if allowed)
