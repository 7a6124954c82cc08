"""What each fault says, in the reader's language."""

from typing import Any, Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from hearth.imports.extracts.words import FAULTS, OWN_NOTES
from hearth.imports.oneroster.words import NOTES, REFUSALS, Words

OWN = {
    "too_long": Words(
        _("%(column)s is longer than %(limit)s letters."),
        _("Write it in at most %(limit)s letters."),
    ),
    "file_damaged": Words(
        _("The stored copy of this file does not open any more."),
        _("Send the file again."),
    ),
}
ALL = {**REFUSALS, **NOTES, **OWN_NOTES, **FAULTS, **OWN}


class Finding(Protocol):
    """A fault or a note, fresh from the check or kept in the database."""

    @property
    def kind(self) -> str: ...
    @property
    def params(self) -> dict[str, Any]: ...


def what(finding: Finding) -> str:
    """What is wrong."""
    return gettext(ALL[finding.kind].what) % finding.params


def mend(finding: Finding) -> str:
    """How to put it right."""
    return gettext(ALL[finding.kind].mend) % finding.params
