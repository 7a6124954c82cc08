"""Which rooms a person finds in the navigation: only those where they have something to do."""

from dataclasses import dataclass

from django.urls import reverse
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
    asks = user.may(May.ASK_FOR_SUPPORT)
    team = user.may(May.SEE_REFERRALS)
    students = (reverse("people:classes"), "/people/", "/students/", "/search")
    found = [
        (True, _("Today"), reverse("today"), "home", ()),
        (user.may(May.SEE_STUDENTS), _("Students"), students[0], "people", students[1:]),
        (team, _("Referrals"), reverse("supports:board"), "list", ("/referrals/",)),
        (asks and not team, _("What I asked"), reverse("supports:mine"), "list", ("/referrals/",)),
        (user.may(May.SEE_FRAMEWORK), _("Framework"), reverse("framework"), "leaf", ()),
        (user.may(May.IMPORT_FILES), _("Roster files"), reverse("imports:runs"), "folder", ()),
        (user.may(May.INVITE), _("People here"), reverse("access:members"), "key", ()),
    ]
    return [
        Place(label, url, icon, covers, _is_here(path, url, covers))
        for allowed, label, url, icon, covers in found
        if allowed
    ]


def _is_here(path: str, url: str, covers: tuple[str, ...]) -> bool:
    return path == url or (url != "/" and path.startswith((url, *covers)))


def own_links(user: User) -> list[Place]:
    """What stands in the menu under one's own name."""
    found = [
        (True, _("My account"), reverse("access:me")),
        (user.may(May.MERGE_PEOPLE), _("Entered twice?"), reverse("people:duplicates")),
        (user.may(May.VIEW_AS), _("See as somebody else"), reverse("access:choose_eyes")),
        (user.may(May.SEE_HEALTH), _("Is everything well?"), reverse("operations")),
    ]
    return [Place(label, url) for allowed, label, url in found if allowed]
