"""The verbs of agreements: write, change, renew, end."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Agreement, AgreementKind, Contact, Organization

FIELDS = (
    "kind", "purpose", "purposes", "elements", "basis", "starts", "expires", "reviewed_on",
    "contact", "at_school", "insured_until", "cleared_until", "paper",
)  # fmt: skip


@transaction.atomic
def write(
    *, organization: Organization, said: Mapping[str, Any], by: User,
    follows: Agreement | None = None,
) -> Agreement:  # fmt: skip
    """What was signed, as the paper has it."""
    told = _told(said, organization)
    agreement: Agreement = Agreement.objects.create(
        district_id=organization.district_id, organization=organization, follows=follows,
        made_by=by, **told,
    )  # fmt: skip
    facts = {"elements": told["elements"], "follows": follows.pk if follows else None}
    record("agreement written", agreement, district_id=agreement.district_id, by=by, facts=facts)
    return agreement


@transaction.atomic
def change(*, agreement: Agreement, said: Mapping[str, Any], by: User) -> Agreement:
    """Put it right, or write down a new day of insurance. How it was stays in its history."""
    locked = _lock(agreement)
    _still_open(locked)
    told = _told(said, locked.organization)
    changed = sorted(name for name in FIELDS if getattr(locked, name) != told[name])
    for name in changed:
        setattr(locked, name, told[name])
    if changed:
        locked.save(update_fields=changed)
    record("agreement changed", locked, district_id=locked.district_id, by=by,
           facts={"fields": changed})  # fmt: skip
    return locked


@transaction.atomic
def renew(*, agreement: Agreement, said: Mapping[str, Any], by: User) -> Agreement:
    """A new one that follows. The one before stays as it was signed."""
    locked = _lock(agreement)
    _still_open(locked)
    if said["starts"] <= locked.starts:
        raise NotAllowed(_("What follows begins after the first day of the one before."))
    return write(organization=locked.organization, said=said, by=by, follows=locked)


@transaction.atomic
def end(*, agreement: Agreement, on: date, why: str, by: User) -> Agreement:
    """Over before its last day. From `on` nothing is told under it."""
    locked = _lock(agreement)
    if locked.ended_on:
        raise NotAllowed(_("It was ended already. Look again."))
    if not why.strip():
        raise NotAllowed(_("Write why it ends."))
    locked.ended_on, locked.ended_why, locked.ended_by = on, why.strip(), by
    locked.save(update_fields=["ended_on", "ended_why", "ended_by"])
    record("agreement ended", locked, district_id=locked.district_id, by=by,
           facts={"on": on.isoformat()})  # fmt: skip
    return locked


def _lock(agreement: Agreement) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("organization")
    locked: Agreement = rows.get(pk=agreement.pk)
    return locked


def _still_open(agreement: Agreement) -> None:
    if agreement.ended_on and agreement.ended_on <= timezone.localdate():
        raise NotAllowed(_("It was ended. Write a new one."))
    if Agreement.objects.filter(follows=agreement).exists():
        raise NotAllowed(_("It was renewed already. Change the one that follows."))


def _told(said: Mapping[str, Any], organization: Organization) -> dict[str, Any]:
    """The fields of the form. A memorandum lets nothing be told, whatever was ticked."""
    told = {name: said.get(name) for name in FIELDS}
    told["paper"], told["at_school"] = told["paper"] or "", bool(told["at_school"])
    told |= {name: list(told[name] or ()) for name in ("purposes", "elements")}
    if said["kind"] == AgreementKind.MEMORANDUM:
        told |= {"purposes": [], "elements": [], "basis": ""}
    contact: Contact | None = told["contact"]
    if contact and contact.organization_id != organization.pk:
        raise NotAllowed(_("This contact works somewhere else."))
    if said["expires"] <= said["starts"]:
        raise NotAllowed(_("The last day comes after the first."))
    return told
