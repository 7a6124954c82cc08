"""Names on a projected page: whole, or put away as initials. The server does it, so that what is
hidden does not even leave the house; the choice holds for one meeting in one session."""

from collections.abc import Iterable

from hearth.access.gate import PageRequest
from hearth.supports.models import Meeting, Referral
from hearth.supports.reading.agenda import names_of
from hearth.supports.rules.names import initials, without_names

HIDDEN = "names_hidden_in_meeting"


class Naming:
    """How this page names students. All names of all of them are put away in every text: what is
    said of one child may name a sister or a friend who is on the agenda too."""

    def __init__(self, referrals: Iterable[Referral], *, hidden: bool) -> None:
        self.hidden = hidden
        known = names_of(list(referrals)) if hidden else {}
        self._names = [name for names in known.values() for name in names if name]

    def called(self, referral: Referral) -> str:
        name: str = referral.student.person.called
        return initials(name) if self.hidden else name

    def said(self, text: str) -> str:
        return without_names(text, self._names) if self.hidden else text


def are_hidden(request: PageRequest, meeting: Meeting) -> bool:
    return bool(request.session.get(HIDDEN) == meeting.pk)


def switch(request: PageRequest, meeting: Meeting) -> None:
    """The other way round, for this meeting alone."""
    if are_hidden(request, meeting):
        del request.session[HIDDEN]
    else:
        request.session[HIDDEN] = meeting.pk
