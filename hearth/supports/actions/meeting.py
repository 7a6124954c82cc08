"""A meeting from its planning to its minutes."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.roles import ROLES
from hearth.audit.actions import record
from hearth.people.models.team import family_of
from hearth.schools.models import School
from hearth.supports.actions.referral import answer_referrer, assign, triage
from hearth.supports.models import (
    AgendaItem,
    Decision,
    Meeting,
    MeetingPresence,
    Part,
    Referral,
    State,
    Team,
)
from hearth.supports.models.grounds import team_of
from hearth.supports.reading import agenda
from hearth.supports.rules import NotAllowed

# A page that was left open over night did not talk about one student all night.
LONGEST_TALK = 60 * 60
Taken = AgendaItem.Taken


@transaction.atomic
def plan_next(*, school: School, on: date | None = None, by: User) -> Meeting:
    """Plan the next meeting, by the team's rhythm or on a chosen day. One is planned at a time:
    while it is not open, planning again only moves it."""
    team = Team.objects.select_for_update().filter(school=school).first()
    if team is None or not team.is_ready:
        raise NotAllowed(_("Set up the team first; then it can plan its meetings."))
    today = timezone.localdate()
    planned: Meeting | None = (
        Meeting.objects.filter(school=school, opened_at=None).order_by("on").first()
    )
    if planned and on is None and planned.on >= today:
        return planned
    day = on or agenda.next_day(team, today)
    if day is None or day < today:
        raise NotAllowed(_("Choose today or a later day."))
    meeting = planned or Meeting(
        district_id=school.district_id, school=school, minutes=team.minutes
    )
    if Meeting.objects.filter(school=school, on=day).exclude(pk=meeting.pk).exists():
        raise NotAllowed(_("There is a meeting on that day already."))
    meeting.on, meeting.starts_at, meeting.minutes = day, team.starts_at, team.minutes
    meeting.save()
    _keep("meeting_planned", meeting, by)
    return meeting


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: User) -> None:
    """Anybody of the team may open it. The agenda is built now; opened twice, it is built once."""
    locked, today = _locked(meeting), timezone.localdate()
    if locked.closed_at:
        raise NotAllowed(_("This meeting is closed."))
    if locked.opened_at is None:
        same_day = Meeting.objects.filter(school=locked.school_id, on=today)
        if locked.on != today and not same_day.exists():
            locked.on = today  # held earlier or later than planned
        team = Team.objects.filter(school=locked.school_id).first()
        locked.norms = team.norms if team else ""
        locked.opened_at, locked.opened_by = timezone.now(), by
        locked.save(update_fields=["on", "norms", "opened_at", "opened_by"])
        AgendaItem.objects.bulk_create(agenda.drafted(locked, today, agenda.carried_to(locked)))
        _keep("meeting_opened", locked, by)
    meeting.refresh_from_db()


@transaction.atomic
def take_item(*, item: AgendaItem, seconds: int = 0, by: User) -> None:
    """Talked about. The seconds add up when the team comes back to it."""
    _set_taken(item, Taken.TAKEN, seconds, by)


@transaction.atomic
def carry(*, item: AgendaItem, seconds: int = 0, by: User) -> None:
    """Not today: it stands first next time."""
    _set_taken(item, Taken.CARRIED, seconds, by)


@transaction.atomic
def keep_seconds(*, item: AgendaItem, seconds: int, by: User) -> None:
    """So long the team has talked about it since its page was last drawn."""
    _in_session(item, by)
    added = max(0, min(seconds, LONGEST_TALK))
    AgendaItem.objects.filter(pk=item.pk).update(seconds=F("seconds") + added)
    item.refresh_from_db()


@transaction.atomic
def decide(
    *, item: AgendaItem, words: str, owner: User, due_on: date, nonce: UUID, answer: str = "",
    takes_over: bool = False, by: User,
) -> Decision:  # fmt: skip
    """Something is decided: what, who does it, by when. An answer for whoever asked waits until
    the meeting is closed. `takes_over` makes the owner the one who looks after a new referral."""
    meeting = _in_session(item, by)
    existing: Decision | None = Decision.objects.filter(nonce=nonce).first()
    if existing:
        return existing
    if due_on < timezone.localdate():
        raise NotAllowed(_("Choose today or a later day."))
    referral = item.referral
    may_do = team_of(meeting.school_id)
    if referral:
        may_do = may_do.exclude(family_of(referral.student_id))
    if not may_do.filter(pk=owner.pk).exists():
        raise NotAllowed(_("Choose somebody on this school's support team."))
    decision = Decision.objects.create(
        district_id=meeting.district_id,
        school_id=meeting.school_id,
        meeting=meeting,
        item=item,
        referral=referral,
        nonce=nonce,
        words=words.strip(),
        owner=owner,
        due_on=due_on,
        answer=answer.strip() if referral else "",
    )
    # Who decided has talked about it; "next time" can still be said.
    AgendaItem.objects.filter(pk=item.pk, taken=Taken.WAITING).update(taken=Taken.TAKEN)
    if takes_over and referral:
        _take_over(referral, owner, decision.words, by)
    record(
        "decided", decision, district_id=decision.district_id, by=by,
        student_id=referral.student_id if referral else None,
    )  # fmt: skip
    return decision


@transaction.atomic
def take_back(*, decision: Decision, by: User) -> None:
    """The team thought again. It stays in the rows, with who and when; the minutes do not show it,
    and its answer is not sent. After the meeting it can only be done, or decided anew."""
    meeting = _in_session(decision.item, by)
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.done_on:
        raise NotAllowed(_("This is done already."))
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
        locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(
            "decision_taken_back", locked, district_id=meeting.district_id, by=by,
            student_id=locked.referral.student_id if locked.referral else None,
        )  # fmt: skip
    decision.refresh_from_db()


def _take_over(referral: Referral, owner: User, why: str, by: User) -> None:
    if referral.state == State.SUBMITTED:
        triage(referral=referral, why=why, by=by)
    if referral.state == State.TRIAGED:
        assign(referral=referral, owner=owner, why=why, by=by)


@transaction.atomic
def mark_present(
    *, meeting: Meeting, parts: Mapping[User, str], guests: Sequence[str] = (), by: User
) -> None:
    """Who is there, as one list: what was said before is replaced."""
    locked = _locked(meeting)
    _not_closed(locked)
    locked.present.all().delete()
    MeetingPresence.objects.bulk_create(
        [
            MeetingPresence(
                district_id=locked.district_id, meeting=locked, user=user, name=user.name,
                part=part, role=_role_at(user, locked.school_id),
            )
            for user, part in parts.items()
        ]
        + [
            MeetingPresence(
                district_id=locked.district_id, meeting=locked, name=name, part=Part.MEMBER
            )
            for name in dict.fromkeys(guest.strip() for guest in guests)
            if name
        ]
    )  # fmt: skip
    _keep("meeting_presence", locked, by, count=len(parts))


def _role_at(user: User, school_id: int) -> str:
    posts = [post for post in user.standing.posts if post.school_id == school_id]
    return posts[0].role if posts and posts[0].role in ROLES else ""


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User) -> None:
    """The minutes are finished. What was not taken is carried; the answers go out. Of two people
    closing at once, the second is told."""
    locked = _locked(meeting)
    _not_closed(locked)
    if locked.opened_at is None:
        raise NotAllowed(_("This meeting is not open yet."))
    locked.items.filter(part=AgendaItem.Part.READ_BACK).update(taken=Taken.TAKEN)
    carried = locked.items.filter(taken=Taken.WAITING).update(taken=Taken.CARRIED)
    locked.closed_at, locked.closed_by = timezone.now(), by
    locked.save(update_fields=["closed_at", "closed_by"])
    sent = _send_answers(locked, by)
    _keep("meeting_closed", locked, by, carried=carried, answers=sent)
    meeting.refresh_from_db()


def _send_answers(meeting: Meeting, by: User) -> int:
    """One answer for each referral, in the order decided. Somebody who was answered since then,
    in other words than ours, is left with those."""
    waiting: dict[Referral, list[Decision]] = {}
    for decision in meeting.decisions.standing().exclude(answer="").order_by("decided_at", "pk"):
        if decision.referral:
            waiting.setdefault(decision.referral, []).append(decision)
    sent = 0
    for referral, decisions in waiting.items():
        answered = referral.answered_at
        if answered is None or answered <= decisions[0].decided_at:
            answer_referrer(
                referral=referral, answer="\n\n".join(d.answer for d in decisions), by=by
            )
            sent += 1
    return sent


@transaction.atomic
def finish_decision(*, decision: Decision, became: str, by: User) -> None:
    """It is done; what became of it stands beside it."""
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.done_on:
        raise NotAllowed(_("This is done already."))
    if locked.withdrawn_at:
        raise NotAllowed(_("The team took this back."))
    locked.done_on, locked.became = timezone.localdate(), became.strip()
    locked.save(update_fields=["done_on", "became"])
    record(
        "decision_done", locked, district_id=locked.district_id, by=by,
        student_id=locked.referral.student_id if locked.referral else None,
    )  # fmt: skip
    decision.refresh_from_db()


def _set_taken(item: AgendaItem, taken: str, seconds: int, by: User) -> None:
    keep_seconds(item=item, seconds=seconds, by=by)
    AgendaItem.objects.filter(pk=item.pk).update(taken=taken)
    item.refresh_from_db()


def _in_session(item: AgendaItem, by: User) -> Meeting:
    """The meeting, locked, if it is open and this person may hear about this item."""
    meeting = _locked(item.meeting)
    _not_closed(meeting)
    if item.referral_id:
        visible = Referral.objects.visible_to(by).filter(pk=item.referral_id)
        if not visible.exists():
            raise NotAllowed(_("Somebody else of the team leads this one."))
    return meeting


def _locked(meeting: Meeting) -> Meeting:
    locked: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    return locked


def _not_closed(meeting: Meeting) -> None:
    if meeting.closed_at:
        name = meeting.closed_by.name if meeting.closed_by else ""
        raise NotAllowed(_("This meeting was closed by %(name)s.") % {"name": name})


def _keep(verb: str, meeting: Meeting, by: User, **facts: object) -> None:
    record(verb, meeting, district_id=meeting.district_id, by=by, facts=facts)
