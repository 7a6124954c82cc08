"""The verbs of contacts: to whom at an organization we may write."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Contact, Organization

FIELDS = ("name", "email", "language", "does", "starts", "ends")


@transaction.atomic
def write_contact(*, organization: Organization, said: Mapping[str, Any], by: User) -> Contact:
    contact = Contact(
        district_id=organization.district_id, organization=organization, kept_by=by, **_told(said)
    )
    _keep(contact)
    record("contact written", contact, district_id=contact.district_id, by=by)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, said: Mapping[str, Any], by: User) -> Contact:
    """A new address, another task, a last day. Links of whoever has left are dead from then on."""
    told = _told(said)
    changed = sorted(name for name in FIELDS if getattr(contact, name) != told[name])
    for name in changed:
        setattr(contact, name, told[name])
    if {"name", "email"} & set(changed):
        contact.worker = None  # it may be somebody else now, who is invited anew
    contact.kept_by = by
    _keep(contact)
    record("contact changed", contact, district_id=contact.district_id, by=by,
           facts={"fields": changed})  # fmt: skip
    return contact


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: said.get(name) for name in FIELDS}
    return told | {"email": str(said["email"]).strip().lower(), "does": said.get("does") or ""}


def _keep(contact: Contact) -> None:
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError as refused:
        if "contact_once" not in str(refused):
            raise
        raise NotAllowed(
            _("This address stands here already, for somebody who still works there.")
        ) from None
