"""The verbs of the services log: write a time down, put it right, strike it out."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Consent, Contact, ReferralOut, ServiceGiven
from hearth.partners.models.words import OutState
from hearth.partners.reading.sharing import may_share
from hearth.partners.rules import log as rules

FIELDS = ("day", "starts", "ends", "kind", "provider", "credential", "group_size", "place")


@transaction.atomic
def write(
    *, out: ReferralOut, said: Mapping[str, Any], by: User | None = None,
    contact: Contact | None = None, nonce: UUID | None = None,
) -> ServiceGiven:  # fmt: skip
    """A time at which it was given: by somebody of the team, or by the partner's own link."""
    locked: ReferralOut = ReferralOut.objects.select_for_update().get(pk=out.pk)
    if nonce is not None:
        sent: ServiceGiven | None = ServiceGiven.objects.filter(
            nonce=nonce, referral=locked
        ).first()
        if sent is not None:
            return sent
    _may(locked, by, contact)
    return _keep(locked, said, by=by, contact=contact, nonce=nonce)


@transaction.atomic
def put_right(
    *, given: ServiceGiven, said: Mapping[str, Any], why: str, by: User
) -> ServiceGiven:  # fmt: skip
    """A new row in the place of the wrong one, which stays."""
    locked = ReferralOut.objects.select_for_update().get(pk=given.referral_id)
    _may(locked, by, None)
    _still_stands(given, why)
    return _keep(locked, said, by=by, replaces=given, why=why.strip())


@transaction.atomic
def strike(*, given: ServiceGiven, why: str, by: User) -> ServiceGiven:
    """It did not take place. The row stays, and another says so."""
    locked = ReferralOut.objects.select_for_update().get(pk=given.referral_id)
    _may(locked, by, None)
    _still_stands(given, why)
    said = {name: getattr(given, name) for name in FIELDS}
    return _keep(locked, said, by=by, replaces=given, why=why.strip(), struck=True)


def _may(out: ReferralOut, by: User | None, contact: Contact | None) -> None:
    if by is not None and out.student.school_id not in by.standing.schools(May.WORK_REFERRALS):
        raise NotAllowed(_("The support team of the student's school writes this down."))
    if contact is not None and (contact.pk != out.contact_id or out.state == OutState.WITHDRAWN):
        raise NotAllowed(_("The family has taken this back. Nothing of it is shown any more."))


def _still_stands(given: ServiceGiven, why: str) -> None:
    if given.struck or ServiceGiven.objects.filter(replaces=given).exists():
        raise NotAllowed(_("It was put right already. Look again."))
    if not why.strip():
        raise NotAllowed(_("Write why."))


def _was_allowed(out: ReferralOut, day: date) -> None:
    """The family's yes, the agreement and the referral itself held on that very day."""
    consent: Consent = out.consent
    if not rules.held_on(consent.given, day):
        raise NotAllowed(_("The family's yes did not hold on that day. Nothing is written."))
    refusal = may_share(out.organization, consent.elements, consent.purpose, day)
    if refusal:
        raise NotAllowed(refusal.words)
    if out.state == OutState.WITHDRAWN and day >= out.since:
        raise NotAllowed(_("The referral was taken back before that day. Nothing is written."))


def _keep(
    out: ReferralOut, said: Mapping[str, Any], *, by: User | None,
    contact: Contact | None = None, replaces: ServiceGiven | None = None, why: str = "",
    struck: bool = False, nonce: UUID | None = None,
) -> ServiceGiven:  # fmt: skip
    consent: Consent = out.consent
    told = {name: said[name] for name in FIELDS}
    today = timezone.localdate()
    if not struck and not rules.in_time(told["day"], today):
        raise NotAllowed(_("Write a day of the past year, not one to come."))
    if not struck:
        _was_allowed(out, told["day"])
    if rules.minutes(told["starts"], told["ends"]) < 1:
        raise NotAllowed(_("It ends after it begins, on the same day."))
    told |= {name: told[name].strip() for name in ("provider", "credential")}
    made: ServiceGiven = ServiceGiven.objects.create(
        district_id=out.district_id, school_id=out.student.school_id, student_id=out.student_id,
        referral=out, consent=consent, replaces=replaces, why=why, struck=struck, by=by,
        contact=contact, nonce=nonce or uuid4(), **told,
    )  # fmt: skip
    verb = "service struck" if struck else "service put right" if replaces else "service given"
    record(verb, made, district_id=made.district_id, by=by, student_id=made.student_id,
           facts={"contact": contact.pk} if contact else {})  # fmt: skip
    return made
