"""The verbs of a referral. Each is one transaction: rule, row, move, event, or nothing at all."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.people.models import Guardian, Student
from hearth.schools.models import Calendar, School
from hearth.supports import rules, tasks
from hearth.supports.actions import asker, paging
from hearth.supports.actions.legal import open_if_asked
from hearth.supports.models import ClosedBecause, Move, Note, Phrase, Referral, State
from hearth.supports.models.grounds import team_of
from hearth.supports.rules import NotAllowed, phrases


@transaction.atomic
def ask_for_support(
    *, student: Student, strength: str, concern: str, domain: str, urgency: str, tried: str = "",
    adult: Guardian | None = None, assessment: str = "", look_for_danger: bool = True,
    nonce: UUID | None = None, by: User,
) -> Referral:  # fmt: skip
    """A member of staff asks; the clock for an answer starts today. Where an assessment is asked
    for as well, by the tick `assessment` or in the words, the law's own clock starts beside it.
    Where the words say that somebody may not be safe, the person on call is paged.

    `nonce` names the form that was sent: the same one sent twice is one referral.
    """
    if adult and not adult.guardianships.filter(student=student, gone_on=None).exists():
        raise NotAllowed(_("Choose an adult of this student's family."))
    today, calendar = timezone.localdate(), Calendar()
    asked = Referral(
        referrer=by,
        nonce=nonce or uuid4(),
        district_id=student.district_id,
        school_id=student.school_id,
        student=student,
        adult=adult,
        strength=strength.strip(),
        concern=concern.strip(),
        tried=tried.strip(),
        domain=domain,
        urgency=urgency,
        since=today,
        next_on=next_date("triage", today, calendar),
        answer_due_on=next_date("answer_referrer", today, calendar),
    )
    sent_before = _kept_before(asked)
    if sent_before:
        return sent_before
    _keep_move(asked, "", "", by)
    listed = Phrase.objects.listed()
    texts = (asked.concern, asked.tried)
    open_if_asked(referral=asked, texts=texts, listed=listed, ticked=assessment, by=by)
    if look_for_danger:
        _listen(asked, listed, by)
    return asked


def _kept_before(asked: Referral) -> Referral | None:
    """Keep it, unless the same form was sent before: then what it asked for the first time."""
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
    except IntegrityError:
        sent = Referral.objects.filter(referrer=asked.referrer, nonce=asked.nonce)
        before: Referral | None = sent.first()
        if before is None:
            raise
        return before
    return None


def _listen(referral: Referral, listed: list[phrases.Phrase], by: User) -> None:
    texts = (referral.strength, referral.concern, referral.tried)
    danger = paging.danger_in(urgency=referral.urgency, texts=texts, listed=listed)
    if danger:
        hand_to_safety(referral=referral, why=danger, by=by)


@transaction.atomic
def hand_to_safety(*, referral: Referral, why: str, by: User) -> None:
    """Somebody may not be safe: out of the list, to the person on call, who is paged at once."""
    take_step(referral, State.SAFETY, why=why, by=by, next_on=timezone.localdate())
    paging.raise_safety_call(referral=referral, because=why, by=by)


def triage(*, referral: Referral, why: str, by: User) -> None:
    """The team has read it and takes it up."""
    take_step(referral, State.TRIAGED, why=why, by=by)


def assign(*, referral: Referral, owner: User, why: str = "", by: User) -> None:
    """From now on one named person of the team looks after it. Also opens a closed one again."""
    if not team_of(referral.school_id).filter(pk=owner.pk).exists():
        raise NotAllowed(_("Choose somebody on this school's support team."))
    take_step(referral, State.ASSIGNED, why=why, by=by, owner=owner, closed_because="")


def begin_assessing(*, referral: Referral, why: str = "", by: User) -> None:
    """The owner gets to know the student: what helps, what is in the way."""
    take_step(referral, State.ASSESSING, why=why, by=by)


def set_plan(*, referral: Referral, why: str, by: User) -> None:
    """What will be done, in one or two sentences."""
    take_step(referral, State.PLANNED, why=why, by=by)


def refer_to_service(
    *, referral: Referral, service: str, provider: str, why: str = "", by: User
) -> None:
    """Hand over to one service. Not linked yet: that needs a first service."""
    take_step(
        referral, State.REFERRED, why=why, by=by,
        service=service.strip(), provider=provider.strip(), first_service_on=None,
    )  # fmt: skip


def put_on_waiting_list(*, referral: Referral, until: date, why: str = "", by: User) -> None:
    """No room yet. `until` is the day on which to ask again."""
    take_step(referral, State.WAITLISTED, why=why, by=by, next_on=until)


def confirm_first_service(*, referral: Referral, on: date, why: str = "", by: User) -> None:
    """The service began on that day. Only now is the student linked."""
    if on > timezone.localdate():
        raise NotAllowed(_("The first service must have taken place; this date is still ahead."))
    take_step(referral, State.LINKED, why=why, by=by, first_service_on=on)


def begin_monitoring(*, referral: Referral, why: str = "", by: User) -> None:
    """Look again after some weeks: is it helping?"""
    take_step(referral, State.MONITORING, why=why, by=by)


def close(*, referral: Referral, because: str, why: str = "", by: User) -> None:
    """Done, or not possible, with the reason. Nothing is erased, and it can be taken up again. Of
    what a student may consent to alone no word goes with it."""
    if because == ClosedBecause.CONFIDENTIAL and why.strip():
        raise NotAllowed(_("Take the words out: what, where and when is the student's alone."))
    take_step(referral, State.CLOSED, why=why, by=by, closed_because=because, next_on=None)


@transaction.atomic
def hand_over_school(*, referral: Referral, school: School, why: str, by: User) -> None:
    """The student goes to another school now: its team takes the referral over, with everything
    that was written. One that had an owner is closed as moved and opened again with an owner there,
    so that every step of it is a legal one and no day goes by without somebody."""
    locked = lock(referral)
    if locked.school_id == school.pk or locked.student.school_id != school.pk:
        raise NotAllowed(_("It goes to the team of the school where the student is now."))
    if locked.state in (State.SAFETY, State.CLOSED):
        raise NotAllowed(not_open(locked))
    owner = team_of(school.pk).filter(memberships__role="coordinator").first()
    owner = owner or team_of(school.pk).first()
    if owner is None:
        raise NotAllowed(_("Nobody at that school works on referrals yet. Tell the district."))
    left = locked.school
    if locked.state in rules.OWNED:
        close(referral=referral, because=ClosedBecause.MOVED, why=why, by=by)
        take_step(
            referral, State.ASSIGNED, why=why, by=by, owner=owner, closed_because="", school=school
        )
    else:
        locked.school, locked.owner = school, None
        locked.next_on = next_date(
            rules.clock_after(locked.state), timezone.localdate(), Calendar()
        )
        locked.save(update_fields=["school", "owner", "next_on"])
        referral.refresh_from_db()
    keep_event("referral_handed_over", referral, by, left=left.pk, went_to=school.pk)


@transaction.atomic
def answer_referrer(*, referral: Referral, answer: str, by: User) -> None:
    """Tell the person who asked what became of it, on their page and by an e-mail that names
    nobody. A second answer replaces the first, and the first stays in the row's history."""
    locked = lock(referral)
    locked.answer, locked.answered_at = answer.strip(), timezone.now()
    locked.answer_read_at = None
    locked.save(update_fields=["answer", "answered_at", "answer_read_at"])
    keep_event("answered", locked, by)
    # The job is a row of this transaction: no answer, no e-mail.
    tasks.tell_referrer.defer(referral_id=locked.pk, district_id=locked.district_id)
    asker.pass_answer_on(referral=locked, by=by)
    referral.refresh_from_db()


@transaction.atomic
def note_answer_read(*, referral: Referral, by: User) -> None:
    """The referrer has read the answer; the promise is kept."""
    read = Referral.objects.filter(
        pk=referral.pk, referrer=by, answer_read_at=None, answered_at__isnull=False
    ).update(answer_read_at=timezone.now())
    if read:
        keep_event("answer_read", referral, by)


@transaction.atomic
def write_note(*, referral: Referral, body: str, restricted: bool, by: User) -> Note:
    """Write something down for the team, or for the few who may read restricted notes."""
    if restricted and referral.school_id not in by.standing.schools(May.WRITE_RESTRICTED):
        raise NotAllowed(_("Restricted notes are written by the support team."))
    note = Note.objects.create(
        district_id=referral.district_id,
        referral=referral,
        author=by,
        restricted=restricted,
        body=body.strip(),
    )
    keep_event("note_written", referral, by, restricted=restricted)
    return note


@transaction.atomic
def take_step(referral: Referral, to: State, *, why: str, by: User, **changes: Any) -> None:
    """Take one legal step, or raise NotAllowed and change nothing.

    The row is locked first, so that of two people pressing at once the second is told.
    """
    locked = lock(referral)
    came_from = locked.state
    if not rules.may_follow(came_from, to):
        raise NotAllowed(not_open(locked))
    if came_from == State.SAFETY and paging.is_waited_for(locked):
        raise NotAllowed(_("First write down what was done about the call for safety."))
    today = timezone.localdate()
    changes.setdefault("next_on", next_date(rules.clock_after(to), today, Calendar()))
    fields = {"state": to, "since": today, **changes}
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    _keep_move(locked, came_from, why, by)
    referral.refresh_from_db()


def not_open(referral: Referral) -> str:
    """Why a step cannot be taken, for the person who wanted to take it."""
    return _("This referral is “%(state)s” now, so this step is not open. Look again.") % {
        "state": referral.get_state_display()
    }


def lock(referral: Referral) -> Referral:
    locked: Referral = Referral.objects.select_for_update().get(pk=referral.pk)
    return locked


def next_date(clock: str, today: date, calendar: Calendar) -> date:
    return calendar.after(today, rules.school_days_for(clock, today) or 0)


def _keep_move(referral: Referral, came_from: str, why: str, by: User) -> None:
    Move.objects.create(
        district_id=referral.district_id,
        referral=referral,
        came_from=came_from,
        went_to=referral.state,
        by=by,
        why=why.strip(),
    )
    keep_event(f"referral_{referral.state}", referral, by)


def keep_event(verb: str, referral: Referral, by: User, **facts: object) -> None:
    record(
        verb,
        referral,
        district_id=referral.district_id,
        by=by,
        student_id=referral.student_id,
        facts=facts,
    )
