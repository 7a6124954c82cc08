"""The verbs of a referral to a partner. Each is one transaction: rule, row, step, event."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Consent, Contact, Link, OutStep, ReferralOut, Service
from hearth.partners.models.words import OutState
from hearth.partners.reading.missing import needs_of
from hearth.partners.reading.sharing import may_share, under
from hearth.partners.reading.told import facts_for
from hearth.partners.rules import consent as consents
from hearth.partners.rules import outward as rules
from hearth.partners.tasks import outward as letters
from hearth.partners.tasks.link import make_link
from hearth.people.models import Person
from hearth.schools.models import Calendar


class Gone(NotAllowed):
    """Between opening the page and answering it was taken away: nothing of it is shown again."""


def why_not(consent: Consent, elements: Collection[str], today: date) -> str:
    """Why these facts may not go to this partner today, in words; empty where they may."""
    given = consent.given
    if given is None or not consents.covers(
        given, purpose=consent.purpose, elements=elements, on=today
    ):
        return _("The family has not allowed this, or no longer does. Ask them first.")
    refusal = may_share(consent.organization, elements, consent.purpose, today)
    return refusal.words if refusal else ""


@transaction.atomic
def send(
    *, consent: Consent, service: Service, contact: Contact, words: str,
    answers: int | None = None, nonce: UUID | None = None, need: str = "", by: User,
) -> ReferralOut:  # fmt: skip
    """Refer one student to one service, with exactly what the family allowed."""
    kept: Consent = (
        Consent.objects.select_for_update(of=("self",))
        .select_related("student__person", "student__school", "adult__person", "organization")
        .get(pk=consent.pk)
    )
    student, today = kept.student, timezone.localdate()
    if student.school_id not in by.standing.schools(May.WORK_REFERRALS):
        raise NotAllowed(_("The support team of the student's school refers them."))
    if kept.organization_id not in {service.organization_id} & {contact.organization_id}:
        raise NotAllowed(_("The family allowed this for another partner."))
    no = why_not(kept, kept.elements, today)
    if no:
        raise NotAllowed(no)
    out = ReferralOut(
        district_id=student.district_id, school_id=student.school_id, student=student,
        service=service, organization=kept.organization, contact=contact, consent=kept,
        answers=answers, need=need or next(iter(needs_of(service.pk)), ""),
        elements=kept.elements,
        shared=facts_for(kept, kept.elements, contact.language),
        words=words.strip(), nonce=nonce or uuid4(), sent_by=by, since=today,
        due_on=_due("sent", today),
    )  # fmt: skip
    try:
        with transaction.atomic():
            out.save(force_insert=True)
    except IntegrityError:
        sent: ReferralOut | None = ReferralOut.objects.filter(nonce=out.nonce, sent_by=by).first()
        if sent is None:
            raise
        return sent
    agreement = under(kept.organization, kept.elements, kept.purpose, today)
    out.link = make_link(
        contact=contact, purpose=Link.Purpose.REFERRAL, by=by,
        agreement=agreement.pk if agreement else None,
    )  # fmt: skip
    out.save(update_fields=["link"])
    _keep(out, "", by=by)
    return out


@transaction.atomic
def answer(
    *, out: ReferralOut, to: str, words: str = "", wait_until: date | None = None,
    first_service_on: date | None = None, declined_because: str = "",
    contact: Contact | None = None, by: User | None = None,
) -> ReferralOut:  # fmt: skip
    """What the partner answers, by their link (`contact`), signed in (both), or as somebody of the
    school heard it on the phone (`by`). Of two who answer at once the second is told where it
    stands; the same said twice is said once."""
    if to == rules.MORE:
        return say_more(out=out, words=words, contact=contact, by=by)
    today = timezone.localdate()
    if to == OutState.WAITING and (wait_until is None or wait_until <= today):
        raise NotAllowed(_("Say until which day they wait; it must still be to come."))
    if to == OutState.SERVED and (first_service_on is None or first_service_on > today):
        raise NotAllowed(_("The first visit must have taken place; this date is still ahead."))
    if to == OutState.DECLINED and not declined_because:
        raise NotAllowed(_("Say why, so that the school can look for something else."))
    locked = _lock(out)
    _still_open_to(locked, contact, by)
    came_from = locked.state
    if contact and came_from == to and _said_already(locked, contact, wait_until):
        return locked
    if not rules.may_follow(came_from, to):
        raise NotAllowed(
            _("This stands at “%(state)s” now. Look again.") % {"state": locked.get_state_display()}
        )
    locked.state, locked.since = to, today
    locked.wait_until = wait_until if to == OutState.WAITING else None
    locked.declined_because = declined_because if to == OutState.DECLINED else ""
    if to == OutState.SERVED:
        locked.first_service_on = first_service_on
    clock = rules.clock_after(to)
    locked.due_on = wait_until if to == OutState.WAITING else (clock and _due(clock, today)) or None
    locked.reminded_on = locked.handed_back_on = None
    locked.save()
    if contact and locked.link_id:
        Link.objects.filter(pk=locked.link_id, answered_at=None).update(answered_at=timezone.now())
    _keep(locked, came_from, words=words, by=by, contact=contact)
    return locked


@transaction.atomic
def say_more(
    *, out: ReferralOut, words: str, contact: Contact | None = None, by: User | None = None
) -> ReferralOut:  # fmt: skip
    """A word without an answer: a question, a call that reached nobody. It moves neither state nor
    clock; pressed twice it stands once."""
    locked = _lock(out)
    _still_open_to(locked, contact, by)
    if not words.strip():
        raise NotAllowed(_("Write what the school should know."))
    if not locked.is_open:
        raise NotAllowed(
            _("This stands at “%(state)s” now. Look again.") % {"state": locked.get_state_display()}
        )
    last = locked.steps.order_by("-at", "-pk").first()
    if last and last.came_from == last.went_to and last.words == words.strip():
        return locked
    _step(locked, locked.state, words, by, contact)
    _event("referral_out_word", locked, by)
    return locked


def _still_open_to(out: ReferralOut, contact: Contact | None, by: User | None) -> None:
    if contact is not None and not out.consent.is_live(timezone.localdate()):
        raise Gone(_("The family has taken this back. Nothing of it is shown any more."))
    if contact and by and not ReferralOut.objects.visible_to(by).filter(pk=out.pk).exists():
        raise Gone(_("This is not open to you any more."))


@transaction.atomic
def withdraw(*, out: ReferralOut, words: str = "", by: User | None) -> ReferralOut:
    """Take it back: the partner's link is dead and they are told so. What they read they read."""
    locked = _lock(out)
    came_from = locked.state
    if not rules.may_follow(came_from, OutState.WITHDRAWN):
        raise NotAllowed(
            _("This stands at “%(state)s” now. Look again.") % {"state": locked.get_state_display()}
        )
    locked.state, locked.since = OutState.WITHDRAWN, timezone.localdate()
    locked.due_on = locked.wait_until = None
    locked.save(update_fields=["state", "since", "due_on", "wait_until"])
    _keep(locked, came_from, words=words, by=by)
    _shut(locked, by)
    letters.tell_withdrawn.defer(out_id=locked.pk, district_id=locked.district_id)
    return locked


def _said_already(out: ReferralOut, contact: Contact, wait_until: date | None) -> bool:
    """A second press of the same button."""
    last = out.steps.order_by("-at", "-pk").first()
    return bool(last and last.contact_id == contact.pk and out.wait_until == wait_until)


def _shut(out: ReferralOut, by: User | None) -> None:
    """From now on the partner's address leads nowhere."""
    Link.objects.filter(referrals=out, revoked_at=None).update(
        revoked_at=timezone.now(), revoked_by=by, revoked_why=_("The referral was taken back.")
    )


def withdraw_all(*, consent: Consent, by: User | None) -> None:
    """Everything that is open with the partner under this consent; and no link of it opens."""
    for out in ReferralOut.objects.open().filter(consent=consent).order_by("pk"):
        withdraw(out=out, by=by)


@transaction.atomic
def ask_family(*, out: ReferralOut, by: User | None) -> ReferralOut:
    """Ask whether the need was met. By e-mail where the family wants that; else the team passes the
    question on."""
    locked = _lock(out)
    if locked.met:
        raise NotAllowed(_("The family has answered already."))
    if not locked.may_ask_whether_met:
        raise NotAllowed(_("Nothing has taken place yet that the family could speak of."))
    locked.met_asked_at = timezone.now()
    locked.save(update_fields=["met_asked_at"])
    _event("met_asked", locked, by)
    adult: Person = locked.consent.adult.person
    if adult.reach_by == Person.ReachBy.EMAIL and adult.email:
        letters.ask_whether_met.defer(out_id=locked.pk, district_id=locked.district_id)
    return locked


@transaction.atomic
def say_met(
    *, out: ReferralOut, met: str, still_needed: str = "", by: User | None = None
) -> ReferralOut:
    """The family's word: yes, partly, no, and what is still needed. They may say it again later;
    what they said before stands in the history."""
    locked = _lock(out)
    locked.met, locked.met_at = met, timezone.now()
    locked.still_needed = still_needed.strip()
    locked.save(update_fields=["met", "met_at", "still_needed"])
    _event("met_answered", locked, by, met=met)
    return locked


def _due(clock: str, today: date) -> date:
    return Calendar().after(today, rules.school_days_for(clock, today))


def _lock(out: ReferralOut) -> ReferralOut:
    locked: ReferralOut = (
        ReferralOut.objects.select_for_update(of=("self",))
        .select_related("consent__adult__person")
        .get(pk=out.pk)
    )
    return locked


def _keep(
    out: ReferralOut, came_from: str, *, words: str = "", by: User | None = None,
    contact: Contact | None = None,
) -> None:  # fmt: skip
    _step(out, came_from, words, by, contact)
    _event(f"referral_out_{out.state}", out, by)


def _step(
    out: ReferralOut, came_from: str, words: str, by: User | None, contact: Contact | None
) -> None:  # fmt: skip
    OutStep.objects.create(
        district_id=out.district_id, referral=out, came_from=came_from, went_to=out.state,
        by=None if contact else by, contact=contact, words=words.strip(),
    )  # fmt: skip


def _event(verb: str, out: ReferralOut, by: User | None, **facts: Any) -> None:
    record(verb, out, district_id=out.district_id, by=by, student_id=out.student_id, facts=facts)
