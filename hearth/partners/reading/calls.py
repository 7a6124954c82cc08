"""Who to call for a service: numbers that a telephone can dial, and the people who answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearth.partners.models import PHONES, Detail, Service
from hearth.partners.rules.calling import dialed

Kind = Detail.Kind


@dataclass(frozen=True)
class Call:
    """A number, with the person who answers it where one is named; or the person alone."""

    number: str
    dialed: str
    person: str = ""
    email: str = ""

    def __str__(self) -> str:
        return in_line(self.number, self.person, self.email)


def calls(service: Service, details: Mapping[str, list[Detail]]) -> list[Call]:
    """Who to call: those of the service first, those of its place where it has none.

    A number of a person stands beside the person. Numbers that somebody put right here stand in
    place of all others.
    """
    phones = details.get(Kind.PHONE, [])
    if PHONES in service.corrected:
        phones = [row for row in phones if row.service_id and not row.source_id]
    rows = [*phones, *details.get(Kind.CONTACT, [])]
    own = [row for row in rows if row.service_id == service.pk or row.service_at_location_id]
    near = own or [row for row in rows if row.location_id] or rows
    people = {row.source_id: row for row in near if row.kind == Kind.CONTACT}
    found = []
    for row in near:
        if row.kind == Kind.PHONE:
            person = people.pop(row.row.get("contact_id", ""), None)
            found.append(_call(row.row, person.row if person else {}))
    found += [_call({}, person.row) for person in people.values()]
    return [call for call in found if str(call)]


def _call(phone: Mapping[str, str], person: Mapping[str, str]) -> Call:
    number, extension = str(phone.get("number", "")).strip('" '), phone.get("extension", "")
    words = _("%(number)s, extension %(extension)s") if extension else "%(number)s"
    said = words % {"number": number, "extension": extension} if number else ""
    kind = str(phone.get("type", "")).lower()
    return Call(
        f"{said} ({kind})" if said and kind not in ("", "voice", "phone", "hotline") else said,
        dialed(number, str(extension)),
        in_line(person.get("name", ""), person.get("title", "")),
        person.get("email", ""),
    )


def in_line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
