"""The verbs of consent: asked, given or declined, taken back. Nothing goes out without a yes."""

from collections.abc import Collection
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.actions.outward import withdraw_all
from hearth.partners.models import Consent, Organization
from hearth.partners.models.consent import TRIES
from hearth.partners.models.words import Purpose
from hearth.partners.tasks import outward as letters
from hearth.people.models import Guardian, Guardianship, Person, Student

Answer, Way = Consent.Answer, Consent.Way


def adults_who_may_decide(student: Student) -> list[Guardianship]:
    """The adults of this family who may say yes: they decide about school and may see records."""
    rows = Guardianship.objects.filter(
        student=student.pk, gone_on=None, may_decide=True, may_see_records=True,
        guardian__person__merged_into=None,
    )  # fmt: skip
    return list(rows.select_related("guardian__person").order_by("pk"))


@transaction.atomic
def ask(
    *, student: Student, organization: Organization, adult: Guardian, elements: Collection[str],
    language: str, expires_on: date, purpose: str = Purpose.SUPPORT, need: str = "",
    nonce: UUID | None = None, by: User,
) -> Consent:  # fmt: skip
    """Ask one adult of the family. Nothing is shared by asking."""
    if student.school_id not in by.standing.schools(May.WORK_REFERRALS):
        raise NotAllowed(_("The support team of the student's school asks the family."))
    if adult.pk not in {one.guardian_id for one in adults_who_may_decide(student)}:
        raise NotAllowed(_("Choose an adult who may decide for this student."))
    if expires_on <= timezone.localdate():
        raise NotAllowed(_("Choose a day that is still to come."))
    asked = Consent(
        district_id=student.district_id, student=student, school_id=student.school_id,
        organization=organization, adult=adult,
        purpose=purpose, elements=sorted(elements), language=language, expires_on=expires_on,
        need=need, nonce=nonce or uuid4(), asked_by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
    except IntegrityError:
        sent: Consent | None = Consent.objects.filter(nonce=asked.nonce, asked_by=by).first()
        if sent is not None:
            return sent
        if Consent.objects.filter(nonce=asked.nonce).exists():
            raise NotAllowed(
                _("This form is somebody else's. Open the page anew and send your own.")
            ) from None
        raise
    _keep("consent_asked", asked, by)
    if adult.person.reach_by == Person.ReachBy.EMAIL and adult.person.email:
        letters.ask_family.defer(consent_id=asked.pk, district_id=asked.district_id)
    return asked


@transaction.atomic
def answer(
    *, consent: Consent, yes: bool, way: str, interpreted_by: str = "", understood: str = "",
    written_by: User | None = None, by: User | None = None,
) -> Consent:  # fmt: skip
    """The family's answer, by their own hand or as somebody of the school heard it. Said twice, the
    first answer stands; a yes after a no is asked for anew."""
    locked = _lock(consent)
    if locked.answer or locked.withdrawn_at:
        raise NotAllowed(_("This has been answered already. Look again."))
    if locked.expires_on < timezone.localdate():
        raise NotAllowed(_("This question is too old. Please ask the school to ask again."))
    _must_be_understood(locked, way, interpreted_by, understood)
    locked.answer = Answer.GIVEN if yes else Answer.DECLINED
    locked.answered_at, locked.way = timezone.now(), way
    locked.interpreted_by, locked.understood = interpreted_by, understood
    locked.written_by = written_by
    locked.save(
        update_fields=[
            "answer", "answered_at", "way", "interpreted_by", "understood", "written_by",
        ]
    )  # fmt: skip
    _keep(f"consent_{locked.answer}", locked, written_by or by, way=way)
    return locked


def _must_be_understood(asked: Consent, way: str, interpreted_by: str, understood: str) -> None:
    """Whoever cannot read the question heard it from somebody, and somebody saw that they
    understood."""
    if way == Way.LINK and not asked.is_written:
        raise NotAllowed(
            _("The question does not stand in their language. Ask with an interpreter.")
        )
    if way == Way.INTERPRETER or not (asked.is_written or way == Way.ACCOUNT):
        if not interpreted_by:
            raise NotAllowed(_("Write who interpreted."))
        if not understood:
            raise NotAllowed(_("Write how you knew that they understood."))


@transaction.atomic
def take_back(*, consent: Consent, by: User | None) -> Consent:
    """From this moment nothing of it may be shared: what is open with the partner ends, its link is
    dead, and the partner is told to forget it. `by` is nobody where the family's own link did it.
    Said twice, the first time stands."""
    locked = _lock(consent)
    if locked.withdrawn_at:
        return locked
    locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _keep("consent_withdrawn", locked, by)
    withdraw_all(consent=locked, by=by)
    return locked


def knows_birthday(*, consent: Consent, said: date | None) -> bool:
    """Whether whoever holds the link knows the child's birthday. Each wrong one counts; after the
    fifth the link is shut, and the school asks in another way."""
    if consent.is_shut:
        return False
    known = consent.student.person.birth_date
    if known is not None and said == known:
        return True
    with transaction.atomic():
        locked = _lock(consent)
        if locked.wrong_tries < TRIES:
            locked.wrong_tries += 1
            locked.save(update_fields=["wrong_tries"])
            _keep("consent_link_wrong_birthday", locked, None, tries=locked.wrong_tries)
    consent.wrong_tries = locked.wrong_tries
    return False


def _lock(consent: Consent) -> Consent:
    locked: Consent = Consent.objects.select_for_update().get(pk=consent.pk)
    return locked


def _keep(verb: str, consent: Consent, by: User | None, **facts: object) -> None:
    record(
        verb, consent, district_id=consent.district_id, by=by, student_id=consent.student_id,
        facts=facts,
    )  # fmt: skip
