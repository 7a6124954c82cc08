"""The verbs of a request for an assessment. It runs beside the team's work and waits for none of
it: nothing here asks in which state a referral is."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import Membership, User
from hearth.audit.actions import record
from hearth.people.models import Student
from hearth.people.models.team import family_of
from hearth.supports.models import AssessmentRequest, HelpRequest, MoreTime, Referral
from hearth.supports.models.legal import owners_at, owners_for
from hearth.supports.reading.reckoning import reckon, school_calendar
from hearth.supports.rules import NotAllowed
from hearth.supports.rules import legal as rules
from hearth.supports.rules.phrases import Phrase, asks_for_assessment

SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
Outcome = AssessmentRequest.Outcome
AFTER_AN_EVALUATION = (Outcome.ELIGIBLE, Outcome.NOT_ELIGIBLE)


@transaction.atomic
def open_assessment(
    *,
    student: Student,
    kind: str,
    asked_on: date,
    words: str,
    said_aloud: bool = False,
    owner: User | None = None,
    referral: Referral | None = None,
    request: HelpRequest | None = None,
    by: User | None,
) -> AssessmentRequest:
    """Somebody asked for an assessment: the clock starts on the day they asked.

    While one of the same kind is open, that one is given back; its clock starts on the earlier day.
    """
    today = timezone.localdate()
    if asked_on > today:
        raise NotAllowed(_("The day on which somebody asked cannot lie ahead."))
    calendar = school_calendar()
    found: AssessmentRequest
    found, is_new = AssessmentRequest.objects.select_for_update().get_or_create(
        student=student,
        kind=kind,
        finished_on=None,
        defaults={
            "district_id": student.district_id,
            "school_id": student.school_id,
            "referral": referral,
            "request": request,
            "asked_on": asked_on,
            "words": words.strip(),
            "written_by": by,
            "said_aloud": said_aloud,
            "owner": lambda: owner or owner_by_default(student, by),
            "plan_due_on": rules.plan_due(asked_on, calendar, kind=kind).on,
        },
    )
    if is_new:
        note_assessment("assessment_opened", found, by)
    else:
        found.referral, found.request = found.referral or referral, found.request or request
        _asked_again(found, asked_on, calendar, by, referral)
    return found


def open_if_asked(
    *,
    referral: Referral,
    texts: Iterable[str],
    listed: Iterable[Phrase],
    ticked: str = "",
    request: HelpRequest | None = None,
    asked_on: date | None = None,
    by: User,
) -> None:
    """What ticks an assessment, or asks for one in its words, opens it at once, beside the team's
    work. Kept are only the words that ask: the family reads them, too."""
    today = timezone.localdate()
    said: dict[str, str] = {}
    listed = list(listed)
    for text in texts:
        for sentence in SENTENCE_ENDS.split(text):
            kind = asks_for_assessment(sentence, listed, today)
            if kind:
                said.setdefault(kind, sentence.strip())
    if ticked:
        said.setdefault(ticked, "")
    for kind, words in said.items():
        open_assessment(
            student=referral.student, kind=kind, asked_on=asked_on or today, words=words,
            referral=referral, request=request, by=by,
        )  # fmt: skip


def owner_by_default(student: Student, by: User | None = None) -> User:
    """A case manager of the school, else its principal, else somebody of the team; a request is
    never left lying because a school has none of them."""
    at_home = User.objects.filter(family_of(student.pk))
    around = Membership.objects.current().filter(user__is_active=True).exclude(user__in=at_home)
    posts: list[dict[str, Any]] = [
        {"school": student.school_id, "role": "case_manager"},
        {"school": student.school_id, "role": "principal"},
        {"user__in": owners_at(student.school_id)},
        {"role": "district_lead"},
    ]
    for post in posts:
        held = around.filter(**post).select_related("user").order_by("user__name", "pk").first()
        if held:
            owner: User = held.user
            return owner
    if by is None:
        raise NotAllowed(_("Nobody at this school can look after it yet. Please call the office."))
    return by


def _asked_again(
    found: AssessmentRequest,
    asked_on: date,
    calendar: rules.SchoolCalendar,
    by: User | None,
    referral: Referral | None,
) -> None:
    if asked_on < found.asked_on:
        found.asked_on = asked_on
        reckon(found, calendar)
    found.save()
    again = {"referral": referral.pk} if referral else {}
    note_assessment("assessment_asked_again", found, by, **again)


@transaction.atomic
def give_plan(*, assessment: AssessmentRequest, on: date, by: User) -> None:
    """The family holds the assessment plan in its hands. Said again, it corrects the day."""
    locked = _lock_open(assessment)
    if locked.consent_on:
        raise NotAllowed(_("The family has agreed already. The day of the plan stands."))
    _took_place(on, locked.asked_on, _("The plan cannot have been given before it was asked for."))
    locked.plan_given_on = on
    locked.save(update_fields=["plan_given_on"])
    note_assessment("assessment_plan_given", locked, by)
    assessment.refresh_from_db()


@transaction.atomic
def record_consent(*, assessment: AssessmentRequest, on: date, by: User) -> None:
    """The family agreed in writing: the clock of the evaluation starts. Said again, it corrects
    the day."""
    locked = _lock_open(assessment)
    if locked.plan_given_on is None:
        raise NotAllowed(_("Give the family the assessment plan first; they agree to that plan."))
    _took_place(
        on, locked.plan_given_on, _("The family cannot have agreed before it had the plan.")
    )
    locked.consent_on = on
    reckon(locked, school_calendar())
    locked.save(update_fields=["consent_on", "plan_due_on", "evaluation_due_on"])
    note_assessment("assessment_consent", locked, by)
    assessment.refresh_from_db()


@transaction.atomic
def agree_on_more_time(
    *, assessment: AssessmentRequest, agreed_on: date, until: date, who: str, why: str,
    in_writing: bool, by: User,
) -> MoreTime:  # fmt: skip
    """The family lets the date that runs now be later. On paper the clock takes the new day; what
    was only said aloud is kept, and the day of the law stands until the paper comes."""
    locked = _lock_open(assessment)
    if locked.due_on is None:
        raise NotAllowed(_("No date runs just now: it is the family's turn."))
    _took_place(
        agreed_on, locked.asked_on, _("The family cannot have agreed before it was asked for.")
    )
    if until <= locked.due_on:
        raise NotAllowed(_("Choose a day after the one by which it is due now."))
    clock = MoreTime.Clock.EVALUATION if locked.evaluation_due_on else MoreTime.Clock.PLAN
    row = MoreTime.objects.create(
        district_id=locked.district_id, assessment=locked, clock=clock, agreed_on=agreed_on,
        until=until, who=who.strip(), why=why.strip(), in_writing=in_writing, written_by=by,
    )  # fmt: skip
    reckon(locked, school_calendar())
    locked.save(update_fields=["plan_due_on", "evaluation_due_on"])
    note_assessment("assessment_more_time", locked, by, until=str(until), in_writing=in_writing)
    assessment.refresh_from_db()
    return row


@transaction.atomic
def offer_help(*, assessment: AssessmentRequest, on: date, by: User) -> None:
    """It was said aloud, and staff offered help to write it down; the clock waits for neither."""
    locked = _lock_open(assessment)
    _took_place(on, locked.asked_on, _("Help cannot have been offered before it was asked for."))
    locked.help_offered_on = on
    locked.save(update_fields=["help_offered_on"])
    note_assessment("assessment_help_offered", locked, by)
    assessment.refresh_from_db()


@transaction.atomic
def finish(*, assessment: AssessmentRequest, outcome: str, words: str, by: User) -> None:
    """It is decided, and why."""
    locked = _lock_open(assessment)
    if outcome in AFTER_AN_EVALUATION and locked.consent_on is None:
        raise NotAllowed(
            _("That is decided after an evaluation, and the family has not agreed yet.")
        )
    locked.finished_on = timezone.localdate()
    locked.outcome, locked.outcome_words = outcome, words.strip()
    locked.save(update_fields=["finished_on", "outcome", "outcome_words"])
    note_assessment("assessment_finished", locked, by)
    assessment.refresh_from_db()


@transaction.atomic
def hand_over(*, assessment: AssessmentRequest, owner: User, by: User) -> None:
    """From now on somebody else looks after it, at the school the student goes to today."""
    locked = _lock_open(assessment)
    if not owners_for(locked.student).filter(pk=owner.pk).exists():
        raise NotAllowed(_("Choose a case manager or somebody on the support team of the school."))
    locked.owner = owner
    locked.school_id = locked.student.school_id
    locked.save(update_fields=["owner", "school"])
    note_assessment("assessment_handed_over", locked, by, owner=owner.pk)
    assessment.refresh_from_db()


def _lock_open(assessment: AssessmentRequest) -> AssessmentRequest:
    rows = AssessmentRequest.objects.select_for_update(of=("self",)).select_related("student")
    locked: AssessmentRequest = rows.get(pk=assessment.pk)
    if locked.finished_on:
        raise NotAllowed(
            _("This request for an assessment is finished. Ask anew to open another one.")
        )
    return locked


def _took_place(on: date, earliest: date, too_early: str) -> None:
    if on > timezone.localdate():
        raise NotAllowed(_("This day is still ahead. Choose today or an earlier day."))
    if on < earliest:
        raise NotAllowed(too_early)


def note_assessment(verb: str, row: AssessmentRequest, by: User | None, **facts: object) -> None:
    record(verb, row, district_id=row.district_id, by=by, student_id=row.student_id, facts=facts)
