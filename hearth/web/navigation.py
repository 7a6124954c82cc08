"""Which rooms a person finds in the navigation: only those where they have something to do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    icon: str
    current: bool = False


def places(user: User, path: str) -> list[Place]:
    """At most seven, in the order of a day's work."""
    found = [
        (True, _("Today"), reverse("today"), "home"),
        (user.may(May.SEE_STUDENTS), _("Students"), reverse("people:classes"), "people"),
        (user.may(May.SEE_REFERRALS), _("Referrals"), reverse("supports:board"), "list"),
        (
            user.may(May.ASK_FOR_SUPPORT) and not user.may(May.SEE_REFERRALS),
            _("What I asked"),
            reverse("supports:mine"),
            "list",
        ),
        (user.may(May.SEE_FRAMEWORK), _("Framework"), reverse("framework"), "leaf"),
        (user.may(May.IMPORT_FILES), _("Roster files"), reverse("imports:runs"), "folder"),
        (user.may(May.INVITE), _("People here"), reverse("access:members"), "key"),
    ]
    urls = [url for allowed, _label, url, _icon in found if allowed]
    here = max((url for url in urls if path.startswith(url)), key=len, default="")
    return [
        Place(label, url, icon, current=url == here)
        for allowed, label, url, icon in found
        if allowed
    ]
