"""The verbs of the school's open door: ask, find who is meant, answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.people.models import Guardian, Student
from hearth.people.models.team import family_of
from hearth.schools.models import Calendar, School
from hearth.supports import rules
from hearth.supports.actions import asker, paging
from hearth.supports.actions.legal import open_assessment, open_if_asked
from hearth.supports.actions.referral import (
    ask_for_support,
    lock,
    next_date,
    not_open,
    take_step,
)
from hearth.supports.models import (
    AssessmentRequest,
    HelpRequest,
    Phrase,
    Referral,
    SafetyCall,
    State,
    Team,
)
from hearth.supports.rules import NotAllowed

Standing = HelpRequest.Standing


def is_open(school: School) -> bool:
    """May somebody ask here without an account?"""
    return Team.objects.filter(school=school, door_open=True).exists()


@transaction.atomic
def ask_at_door(
    *, school: School, said: Mapping[str, Any], nonce: UUID | None = None, by: User | None = None
) -> HelpRequest:
    """Somebody asks without an account, or one of the staff takes it down from a call.

    `said` are the form's own answers. The same form sent twice is one request.
    """
    if by is None and not is_open(school):
        raise NotAllowed(_("This school's door is not open yet. Please call the office."))
    request, is_new = HelpRequest.objects.get_or_create(
        nonce=nonce or uuid4(),
        defaults={
            **said,
            "district_id": school.district_id,
            "school": school,
            "taken_by": by,
            "answer_due_on": next_date("answer_referrer", timezone.localdate(), Calendar()),
        },
    )
    if is_new:
        asker.keep("request_asked", request, by)
        texts = (request.strength, request.concern, request.tried)
        danger = paging.danger_in(
            urgency=request.urgency, texts=texts, listed=Phrase.objects.listed()
        )
        if danger:
            paging.raise_safety_call(request=request, because=danger, by=by)
    return request


@transaction.atomic
def join(
    *, request: HelpRequest, student: Student, domain: str, adult: Guardian | None = None, by: User
) -> Referral:
    """This is who is meant: the request becomes a referral, with everything that was said. The
    reader is its referrer, and is the one whom the team answers."""
    locked = _lock_waiting(request)
    _not_family(student.pk, by)
    referral = ask_for_support(
        student=student, adult=adult, strength=locked.strength, concern=locked.concern,
        tried=locked.tried, domain=domain, urgency=locked.urgency, look_for_danger=False,
        nonce=locked.nonce, by=by,
    )  # fmt: skip
    _become(locked, referral, by)
    _start_the_laws_clock(locked, by)
    _bring_the_call(locked, by)
    request.refresh_from_db()
    return referral


@transaction.atomic
def join_open(*, request: HelpRequest, referral: Referral, by: User) -> Referral:
    """The same was asked before and is open still: the request joins that referral. Every word of
    it stays with it, for the team to read beside the first; whoever asked reads the same answer."""
    locked, found = _lock_waiting(request), lock(referral)
    if not found.is_open:
        raise NotAllowed(not_open(found))
    _not_family(found.student_id, by)
    _become(locked, found, by)
    open_if_asked(
        referral=found, texts=(locked.concern, locked.tried), request=locked, by=by,
        listed=Phrase.objects.listed(),
        asked_on=timezone.localdate(locked.asked_at),
    )  # fmt: skip
    _bring_the_call(locked, by)
    request.refresh_from_db()
    referral.refresh_from_db()
    return referral


@transaction.atomic
def set_aside(*, request: HelpRequest, answer: str, by: User) -> None:
    """Answered without a referral: it was a question, or nobody here is meant. Nothing is erased,
    and a better answer may follow."""
    locked = _lock(request)
    if locked.standing == Standing.JOINED:
        raise NotAllowed(_was_read(locked))
    if locked.is_waiting:
        _read(locked, Standing.SET_ASIDE, by)
    asker.tell(request=locked, answer=answer, by=by)
    request.refresh_from_db()


def _not_family(student_id: int, by: User) -> None:
    if User.objects.filter(family_of(student_id), pk=by.pk).exists():
        raise NotAllowed(_("You care for this student at home. Ask a colleague to take it up."))


def _become(request: HelpRequest, referral: Referral, by: User) -> None:
    """A promise made at the door is kept: the answer is due when the asker was told it would be.
    One that was written before stays as it is, and another is owed to whoever asked now."""
    if referral.answered_at is None:
        referral.answer_due_on = min(referral.answer_due_on, request.answer_due_on)
        referral.save(update_fields=["answer_due_on"])
    request.referral = referral
    _read(request, Standing.JOINED, by)


def _read(request: HelpRequest, standing: str, by: User) -> None:
    request.standing, request.read_by, request.read_at = standing, by, timezone.now()
    request.save(update_fields=["standing", "referral", "read_by", "read_at"])
    asker.keep(f"request_{standing}", request, by)


def _start_the_laws_clock(request: HelpRequest, by: User) -> None:
    """From the day on which it was asked at the door, not from the day somebody read it."""
    referral, asked_on = request.referral, timezone.localdate(request.asked_at)
    for begun in AssessmentRequest.objects.filter(referral=referral, finished_on=None):
        open_assessment(
            student=begun.student, kind=begun.kind, asked_on=asked_on, words=begun.words,
            referral=referral, request=request, by=by,
        )  # fmt: skip


def _bring_the_call(request: HelpRequest, by: User) -> None:
    """A call that is still open goes on. A referral that nobody has taken up waits for it outside
    of the list; one on which somebody works already stays with them."""
    call = SafetyCall.objects.open().filter(request=request).first()
    if call and request.referral:
        call.student = request.referral.student
        call.save(update_fields=["student"])
        if not rules.may_follow(request.referral.state, State.SAFETY):
            return
        why = _("Asked at the school's door; the call for safety is open.")
        today = timezone.localdate()
        take_step(request.referral, State.SAFETY, why=why, by=by, next_on=today)


def _lock_waiting(request: HelpRequest) -> HelpRequest:
    locked = _lock(request)
    if not locked.is_waiting:
        raise NotAllowed(_was_read(locked))
    return locked


def _lock(request: HelpRequest) -> HelpRequest:
    rows = HelpRequest.objects.select_for_update(of=("self",))
    locked: HelpRequest = rows.select_related("read_by", "referral").get(pk=request.pk)
    return locked


def _was_read(request: HelpRequest) -> str:
    return _("%(name)s has taken it up already. Look again.") % {
        "name": request.read_by.name if request.read_by else ""
    }
