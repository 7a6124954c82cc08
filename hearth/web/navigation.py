"""Which rooms a person finds in the navigation: only those where they have something to do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

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
    asks = user.may(May.ASK_FOR_SUPPORT)
    team = user.may(May.SEE_REFERRALS)
    students = (reverse("people:classes"), "/people/", "/students/", "/search")
    meeting = (reverse("supports:team_home"), "/referrals/decisions/")
    files = reverse("imports:runs")
    loads = user.may(May.IMPORT_FILES)
    # Whoever loads no other file finds those of the directory in its room.
    out = ("/out/", "/funding/", "/county/") if loads else ("/out/", "/funding/", "/county/", files)
    found = [
        (True, _("Today"), reverse("today"), "home", ()),
        (
            user.may(May.ANSWER_AS_PARTNER),
            pgettext("by the schools, to a partner", "Sent to us"),
            reverse("worker:asked"),
            "list",
            (),
        ),
        (user.may(May.SEE_STUDENTS), _("Students"), students[0], "people", students[1:]),
        (team, _("Referrals"), reverse("supports:board"), "list", ("/referrals/",)),
        (team, _("Meetings"), reverse("supports:meetings"), "calendar", meeting),
        (asks and not team, _("What I asked"), reverse("supports:mine"), "list", ("/referrals/",)),
        (user.may(May.KEEP_DIRECTORY), _("Directory"), reverse("partners:directory"), "map", out),
        (
            user.may(May.SEE_OWN_CHILD) or user.may(May.SEE_OWN_SELF),
            _("Our neighborhood"),
            reverse("neighborhood:ours"),
            "map",
            (),
        ),
        (user.may(May.SEE_NUMBERS), _("Numbers"), reverse("insight:numbers"), "chart", ()),
        (
            user.may(May.SEE_LISTENING) and not _in_menu(user),
            _("Listening"),
            reverse("listening:projects"),
            "message",
            (),
        ),
        (
            user.may(May.SEE_FRAMEWORK) and not _in_menu(user),
            _("Framework"),
            reverse("framework"),
            "leaf",
            (),
        ),
        (loads, _("Roster files"), files, "folder", ()),
        (user.may(May.INVITE), _("People here"), reverse("access:members"), "key", ()),
    ]
    nearest = max(_nearness(path, url, covers) for allowed, _l, url, _i, covers in found if allowed)
    return [
        Place(label, url, icon, covers, 0 < _nearness(path, url, covers) == nearest)
        for allowed, label, url, icon, covers in found
        if allowed
    ]


def _nearness(path: str, url: str, covers: tuple[str, ...]) -> int:
    """How much of the address a place covers: a room within a room is nearer than the room."""
    if path == url:
        return len(path)
    return max((len(c) for c in (url, *covers) if c != "/" and path.startswith(c)), default=0)


def _in_menu(user: User) -> bool:
    """Whose days are full of other rooms has the framework under their own name."""
    return user.may(May.SEE_FRAMEWORK) and user.may(May.KEEP_DIRECTORY)


def own_links(user: User) -> list[Place]:
    """What stands in the menu under one's own name."""
    found = [
        (True, _("My account"), reverse("access:me")),
        (
            _in_menu(user) and user.may(May.SEE_LISTENING),
            _("Listening"),
            reverse("listening:projects"),
        ),
        (_in_menu(user), _("Framework"), reverse("framework")),
        (user.may(May.KEEP_AGREEMENTS), _("Agreements"), reverse("partners:agreements")),
        (user.may(May.KEEP_FUNDING), _("Who pays for what"), reverse("funding:braid")),
        (user.may(May.SEND_COUNTY), _("What the county is told"), reverse("county:county")),
        (user.may(May.MERGE_PEOPLE), _("Entered twice?"), reverse("people:duplicates")),
        (user.may(May.VIEW_AS), _("See as somebody else"), reverse("access:choose_eyes")),
        (user.may(May.SEE_HEALTH), _("Is everything well?"), reverse("operations")),
    ]
    return [Place(label, url) for allowed, label, url in found if allowed]
