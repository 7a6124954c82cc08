"""The question to the family on paper, to be read at home or aloud, and signed."""

from datetime import date

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.kit.dates import full
from hearth.kit.document import pdf
from hearth.partners.models import Consent
from hearth.partners.reading.told import asked_about

PAPER = "partners/typst/consent.typ"


def paper(asked: Consent, today: date) -> bytes:
    """In the family's language. Where Hearth does not write it, in that of whoever prints it, for
    an interpreter to read from."""
    language = asked.language if asked.is_written else (get_language() or "en")
    with translation.override(language):
        facts = asked_about(asked, language)
        return pdf(
            PAPER,
            {
                "title": _("May the school share this?"),
                "lead": _("About %(child)s, with %(partner)s, and with nobody else.")
                % {"child": asked.student.person.called, "partner": asked.organization.name},
                "told": _("Exactly this"),
                "facts": [f"{name}: {value}" for name, value in facts],
                "purpose": f"{capfirst(asked.get_purpose_display())}. "
                + _("Until %(day)s.") % {"day": full(asked.expires_on, today)},
                "free": _("If you say no, nothing changes for your child at school. If you say "
                          "yes, you can take it back on any day: tell the school."),
                "answer": _("Your answer"),
                "choices": [_("Yes, you may share this"), _("No")],
                "lines": [_("Your name"), _("Signature"), _("Day"), *_heard(asked)],
                "foot": asked.student.school.name,
            },
        )  # fmt: skip


def _heard(asked: Consent) -> list[str]:
    if asked.is_written:
        return []
    words = _("Read aloud in this language: %(language)s. Who interpreted?")
    return [words % {"language": asked.language_in_words}]
