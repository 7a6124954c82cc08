"""A service line by line as somebody may correct it: its own fields, its hours and its phones."""

from datetime import datetime

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hearth.partners.models import HOURS, PHONES, Service
from hearth.partners.reading.hours import in_words
from hearth.partners.reading.sheet import Sheet, sheet

# What somebody from outside may say is wrong; what is wrong most often stands first.
CORRECTABLE = (
    HOURS, PHONES, "application_process", "wait_time", "status", "fees_description",
    "eligibility_description", "interpretation_services", "alert", "email", "url", "name",
    "description",
)  # fmt: skip


def as_it_stands(service: Service, now: datetime, told: Sheet | None = None) -> dict[str, str]:
    """Each line as it is now, its hours in the words of the reader's language."""
    told = told or sheet(service, now)
    lines = {
        HOURS: "\n".join(in_words(told.hours, now.date())),
        PHONES: "\n".join(call.number for call in told.calls if call.number),
    }
    return {name: lines[name] if name in lines else tidy(getattr(service, name))
            for name in CORRECTABLE}  # fmt: skip


def as_they_saw_it(service: Service, now: datetime, told: Sheet, language: str) -> dict[str, str]:
    """The same as somebody sees it who reads in this language."""
    with translation.override(language):
        return as_it_stands(service, now, told)


def title_of(name: str) -> str:
    """What a line is called."""
    own = {HOURS: _("When they are open"), PHONES: _("Phone"), "status": _("Is it open?")}
    return own.get(name) or capfirst(str(Service._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def tidy(text: str) -> str:
    """A browser sends every line end as two characters."""
    return text.replace("\r\n", "\n").strip()
