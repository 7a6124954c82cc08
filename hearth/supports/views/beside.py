"""What else this room holds, for the foot of its front pages: each reader finds their own doors."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May


@dataclass(frozen=True)
class Beside:
    """One door: where it leads, and what is behind it in one sentence."""

    label: str
    what: str
    url: str


def beside(user: User) -> list[Beside]:
    team, leads = user.may(May.SEE_REFERRALS), user.may(May.RUN_TEAM)
    found = [
        (
            user.may(May.REVIEW_CLASS), _("Class reviews"), "supports:reviews",
            _("Every student is looked at once a year, strengths first."),
        ),
        (
            True, _("Assessments"), "supports:assessments",
            _("Requests for an assessment or a 504 plan, with the days the law gives."),
        ),
        (
            True, _("Support instead of discipline"), "supports:insteads",
            _("What an administrator did, and when you were told."),
        ),
        (
            leads, _("Posters for the school's door"), "supports:posters",
            _("A family points the phone's camera at it and asks."),
        ),
        (
            leads, _("Words that make Hearth stop"), "supports:phrases",
            _("When somebody may not be safe, or something belongs to the counselor alone."),
        ),
        (
            user.may(May.EXPORT_ROWS), _("Files taken out"), "supports:exports",
            _("Who took out a list, of what, and until when it is kept."),
        ),
        (
            team, _("What I asked"), "supports:mine",
            _("What became of what you asked yourself."),
        ),
    ]  # fmt: skip
    return [Beside(label, what, reverse(name)) for allowed, label, name, what in found if allowed]
