"""The verbs of capacity: say it, ask for it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Capacity, Contact, Link, Organization, Service
from hearth.partners.tasks.link import make_link

ON_ITS_WAY = timedelta(minutes=2)
"""Whoever presses twice wants one letter: a second shuts the address in the first."""


@transaction.atomic
def say(
    *, service: Service, said: Mapping[str, Any], by: User | None = None, link: Link | None = None,
    contact: Contact | None = None,
) -> Capacity:  # fmt: skip
    """How many places are free today: by one of ours, or by the partner's contact with a link."""
    contact = link.contact if link else contact
    if contact and contact.organization_id != service.organization_id:
        raise NotAllowed(_("This service is of another organization."))
    row: Capacity = Capacity.objects.create(
        district_id=service.district_id, service=service, places=said["places"],
        waiting=said.get("waiting"), expected_on=said.get("expected_on"),
        languages=list(said.get("languages") or ()), said_on=timezone.localdate(),
        by=None if contact else by, contact=contact,
    )  # fmt: skip
    if link and link.answered_at is None:
        link.answered_at = timezone.now()
        link.save(update_fields=["answered_at"])
    record("capacity said", row, district_id=row.district_id, by=row.by,
           facts={"service": service.pk, "places": row.places,
                  "contact": contact.pk if contact else None})  # fmt: skip
    return row


@transaction.atomic
def ask_to_update(*, organization: Organization, by: User, contact: Contact | None = None) -> Link:
    """A letter with a link to one contact; without a choice, to the one who is there longest."""
    today = timezone.localdate()
    chosen = contact or Contact.objects.current(today).filter(organization=organization).first()
    if chosen is None or not chosen.is_current(today):
        raise NotAllowed(_("Write down first whom we may ask there."))
    Contact.objects.select_for_update().get(pk=chosen.pk)  # two presses, one after the other
    just_made = Link.objects.open(today).filter(
        contact=chosen, purpose=Link.Purpose.CAPACITY, answered_at=None,
        made_at__gt=timezone.now() - ON_ITS_WAY,
    )  # fmt: skip
    return just_made.first() or make_link(contact=chosen, purpose=Link.Purpose.CAPACITY, by=by)
