"""All that is known of one service, put together for a page, a hand-out, or a calendar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from hearth.partners.models import HOURS, Detail, Need, Schedule, Service, ServiceAtLocation
from hearth.partners.reading.calls import Call, calls, in_line
from hearth.partners.reading.hours import as_hours, in_words
from hearth.partners.rules.calendar import Hours, is_open
from hearth.partners.rules.needs import LANGUAGE_CODES, plain
from hearth.people.words import language_name

Kind = Detail.Kind
ADDRESS = ("address_1", "address_2", "city", "state_province", "postal_code")


@dataclass(frozen=True)
class Place:
    """One location of the service: where, how to get there, and its own hours."""

    name: str
    address: str
    transportation: str
    description: str
    access: list[str]


@dataclass(frozen=True)
class Sheet:
    service: Service
    needs: list[str]
    places: list[Place]
    hours: list[Hours]
    hours_in_words: list[str]
    open_now: bool | None
    calls: list[Call]
    languages: list[str]
    ages: str
    costs: list[str]
    documents: list[str]
    categories: list[tuple[int, str]]
    areas: list[str]
    stale: bool


def sheet(service: Service, now: datetime) -> Sheet:
    """Five queries, whatever the service has."""
    at = list(
        ServiceAtLocation.objects.current().filter(service=service, location__gone_on=None)
        .select_related("location").order_by("pk")
    )  # fmt: skip
    whose = Q(service=service) | Q(service_at_location__in=at)
    places = [row.location_id for row in at]
    details = _by_kind(
        Detail.objects.current()
        .filter(whose | Q(location__in=places) | Q(organization=service.organization_id))
        .order_by("pk")
    )
    hours = _hours(service, at)
    own_languages = [row for row in details.get(Kind.LANGUAGE, []) if row.service_id]
    listed = getattr(service, "listing", None)
    return Sheet(
        service=service,
        needs=[str(Need(key).label) for key in listed.needs] if listed else [],
        places=[_place(row, details) for row in at],
        hours=hours,
        hours_in_words=in_words(hours, now.date()),
        open_now=is_open(hours, now) if any(rule.opens for rule in hours) else None,
        calls=calls(service, details),
        languages=_languages(own_languages or details.get(Kind.LANGUAGE, [])),
        ages=ages(service.minimum_age, service.maximum_age),
        costs=_costs(service, details.get(Kind.COST, [])),
        documents=_said(details.get(Kind.DOCUMENT, []), "document"),
        categories=[
            (link.category_id, link.category.name)
            for link in service.categories.filter(gone_on=None).select_related("category")
        ],
        areas=_said(details.get(Kind.AREA, []), "name"),
        stale=service.is_stale(now.date()),
    )


def _by_kind(rows: Iterable[Detail]) -> dict[str, list[Detail]]:
    found: dict[str, list[Detail]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return found


def _hours(service: Service, at: Sequence[ServiceAtLocation]) -> list[Hours]:
    """Those of the service or of it at its locations; else those of the locations.

    What somebody put right here stands in place of all of them.
    """
    places = [row.location_id for row in at]
    rows = list(
        Schedule.objects.current()
        .filter(Q(service=service) | Q(service_at_location__in=at) | Q(location__in=places))
        .order_by("pk")
    )
    if HOURS in service.corrected:
        return [as_hours(row) for row in rows if not row.source_id]
    own = [row for row in rows if row.service_id == service.pk or row.service_at_location_id]
    return [as_hours(row) for row in own or rows]


def _place(row: ServiceAtLocation, details: Mapping[str, list[Detail]]) -> Place:
    def here(kind: str) -> list[Detail]:
        return [d for d in details.get(kind, []) if d.location_id == row.location_id]

    physical = [d for d in here(Kind.ADDRESS) if d.row.get("address_type") != "postal"]
    return Place(
        name=row.location.name,
        address=address_of(physical[0].row) if physical else "",
        transportation=row.location.transportation,
        description=row.description,
        access=_said(here(Kind.ACCESSIBILITY), "description"),
    )


def address_of(row: Mapping[str, str]) -> str:
    """A street address in one line; a dash stands for what a list did not say."""
    street = [row.get(name, "") for name in ADDRESS[:2]]
    town = [row.get(name, "") for name in ADDRESS[2:]]
    known = [part for part in street if part and part != "–"]
    city = " ".join(part for part in town if part and part != "–")
    return ", ".join([*known, *([city] if city else [])])


def _languages(rows: Iterable[Detail]) -> list[str]:
    said = [row.row.get("code") or row.row.get("name", "") for row in rows]
    names = [language_name(LANGUAGE_CODES.get(plain(word), word)) for word in said]
    return list(dict.fromkeys(name for name in names if name))


def ages(youngest: Decimal | None, oldest: Decimal | None) -> str:
    low, high = (format(age.normalize(), "f") if age is not None else "" for age in
                 (youngest, oldest))  # fmt: skip
    if low and high:
        return _("From %(low)s to %(high)s years") % {"low": low, "high": high}
    if low:
        return _("From %(low)s years") % {"low": low}
    return _("Up to %(high)s years") % {"high": high} if high else ""


def _costs(service: Service, rows: Iterable[Detail]) -> list[str]:
    lines = [service.fees_description] if service.fees_description else []
    for row in rows:
        cell = row.row
        amount = " ".join(
            part for part in (cell.get("amount", ""), cell.get("currency", "").upper()) if part
        )
        if amount.strip("0. ") in ("", "USD") and cell.get("amount"):
            amount = _("Free")
        lines.append(in_line(cell.get("option", ""), amount, cell.get("amount_description", "")))
    return [line for line in dict.fromkeys(lines) if line]


def _said(rows: Iterable[Detail], name: str) -> list[str]:
    return [row.row[name] for row in rows if row.row.get(name)]
