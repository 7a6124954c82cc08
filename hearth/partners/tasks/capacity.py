"""Once a month: partners whose word about free places is old are asked again."""

from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django import app

from hearth.kit.morning import this_morning
from hearth.partners.models import Capacity, Contact, Link, Service
from hearth.partners.reading.keepers import keepers
from hearth.partners.rules.capacity import ask_again
from hearth.partners.rules.dated import setting
from hearth.partners.tasks.link import make_link
from hearth.schools.acting import acting_for
from hearth.schools.models import District

PAUSE = timedelta(days=14)
"""Whoever was asked so lately is left in peace."""


@app.periodic(cron="25 * 1 * *")  # type: ignore[untyped-decorator]  # the library's types
@app.task(queue="mail", name="partners.ask_where_old")  # type: ignore[untyped-decorator]
def ask_where_old(timestamp: int) -> None:
    """On the morning of the first."""
    if this_morning(timestamp) is None:
        return
    for district in District.objects.all():
        with acting_for(district.pk):
            ask_all(district.pk)


def ask_all(district_id: int) -> int:
    """Ask each organization that has told us before, where some word of it is old. Its first
    contact is asked, in the name of whoever wrote that contact down. Returns how many."""
    today, asked = timezone.localdate(), 0
    days, oldest = setting("capacity_days", today), _oldest_word()
    contacts: dict[int, Contact] = {}
    current = Contact.objects.current(today).filter(organization__in=oldest)
    for contact in current.select_related("kept_by"):
        contacts.setdefault(contact.organization_id, contact)
    links = Link.objects.filter(purpose=Link.Purpose.CAPACITY, contact__organization__in=oldest)
    last = dict(links.values_list("contact__organization").annotate(at=Max("made_at")))
    others = keepers(district_id)
    for organization, contact in contacts.items():
        at = last.get(organization)
        asked_on = timezone.localdate(at) if at else None
        by = contact.kept_by if contact.kept_by.is_active else next(iter(others), None)
        if by and ask_again(oldest[organization], asked_on, today, days=days, pause=PAUSE.days):
            make_link(contact=contact, purpose=Link.Purpose.CAPACITY, by=by)
            asked += 1
    return asked


def _oldest_word() -> dict[int, date]:
    """Of each organization, the day of the oldest word that still counts for a service of it."""
    oldest: dict[int, date] = {}
    rows = Capacity.objects.latest().filter(service__in=Service.objects.offered().values("pk"))
    for organization, said_on in rows.values_list("service__organization", "said_on"):
        oldest[organization] = min(said_on, oldest.get(organization, said_on))
    return oldest
