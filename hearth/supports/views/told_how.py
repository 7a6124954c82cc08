"""How those who asked hear of an answer, said to whoever has just written it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.people.models import Person
from hearth.supports.models import HelpRequest, Referral


def told_how(referral: Referral, at_door: Iterable[HelpRequest], *, by: User) -> str:
    """Each who asked, by their own way."""
    said = []
    if referral.referrer_id != by.pk:
        said.append(_("The answer is here for them now, and an e-mail is on its way."))
    said += [told_at_door(asked) for asked in at_door]
    return " ".join(dict.fromkeys(said)) or _("The answer is written down.")


def told_at_door(asked: HelpRequest) -> str:
    """An e-mail goes out by itself; a call, a text or a letter is somebody's to do."""
    if not asked.reach_by:
        return _("The answer stands on the page of whoever asked at the door. They look there.")
    if asked.reach_by == Person.ReachBy.EMAIL:
        return _(
            "The answer stands on the page of whoever asked at the door, and an e-mail tells them."
        )
    return _(
        "The answer stands on the page of whoever asked at the door. They want to hear of it by "
        "%(way)s: please tell them, and say so at the door."
    ) % {"way": asked.get_reach_by_display()}
