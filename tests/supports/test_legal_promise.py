"""The promise: what is late stands on top of Today, and comes once a week in a letter."""

from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.access.models import User
from hearth.supports import actions
from hearth.supports.actions import instead as instead_actions
from hearth.supports.actions import legal
from hearth.supports.front.around_plan import for_student
from hearth.supports.front.today import waiting_on
from hearth.supports.models import AssessmentRequest, InsteadOfDiscipline
from hearth.supports.tasks.digest import late_of, readers, send_digest, weekly_digest
from hearth.supports.waits.legal import waits
from hearth.web.day import sections
from tests.cast import Cast
from tests.makers import make_referral, make_student, make_user
from tests.supports.conftest import Asked

ASKED_ON = date(2026, 9, 14)
LATE = date(2026, 9, 30)
STAFF = ("rosa", "tom", "amina", "grace", "joy", "priya", "helen")


@pytest.fixture
def asked_for(cast: Cast) -> AssessmentRequest:
    """Asked on 14 September: the plan is due on the 29th. Grace looks after it."""
    with time_machine.travel("2026-09-14 09:00-07:00"):
        return legal.open_assessment(
            student=cast.minh_anh, kind="section_504", asked_on=ASKED_ON, words="Please.",
            by=cast.tom,
        )  # fmt: skip


@pytest.fixture
def instead(cast: Cast) -> InsteadOfDiscipline:
    """Asked on 14 September: to be told by the 21st."""
    with time_machine.travel("2026-09-14 09:00-07:00"):
        return instead_actions.ask_instead(
            student=cast.diego, strength="Funny.", happened="A shout.", nonce=uuid4(), by=cast.tom
        )


def lines(user: User, today: date) -> list[tuple[str, str, bool]]:
    return [(line.student, line.stands, line.late) for line in waits(user, today)]


def test_a_date_of_the_law_waits_on_its_owner_a_week_before_and_on_the_team_once_late(
    cast: Cast, asked_for: AssessmentRequest
) -> None:
    assert lines(cast.grace, date(2026, 9, 21)) == []
    near = [("Minh Anh Nguyễn", "Assessment plan to the family", False)]
    assert lines(cast.grace, date(2026, 9, 22)) == near
    assert lines(cast.grace, date(2026, 9, 29)) == near
    assert lines(cast.rosa, date(2026, 9, 29)) == []
    for key in STAFF:
        late = [(near[0][0], near[0][1], True)] if key in ("rosa", "amina", "grace") else []
        assert lines(getattr(cast, key), LATE) == late, key


def test_what_to_write_down_waits_on_who_leads_the_school_from_the_first_day(
    cast: Cast, instead: InsteadOfDiscipline
) -> None:
    for key in STAFF:
        waiting = lines(getattr(cast, key), ASKED_ON)
        assert bool(waiting) == (key == "grace"), key
    [(_student, stands, late)] = lines(cast.grace, date(2026, 9, 22))
    assert (stands, late) == ("Write down what was done, and tell", True)
    instead_actions.document(instead=instead, action="A talk.", by=cast.grace)
    assert lines(cast.grace, LATE) == []


def test_the_longest_late_stands_first_and_one_query_reads_both(
    cast: Cast, asked_for: AssessmentRequest, instead: InsteadOfDiscipline, asking: Asked
) -> None:
    assert cast.grace.standing
    with asking:
        found = waits(cast.grace, LATE)
    assert asking.count == 1
    assert [line.day for line in found] == [date(2026, 9, 21), date(2026, 9, 29)]


def test_linh_and_a_stranger_have_no_duties_here(
    cast: Cast, asked_for: AssessmentRequest, instead: InsteadOfDiscipline
) -> None:
    for key in ("linh", "marcus", "omar", "joy"):
        assert waits(getattr(cast, key), LATE) == []


def test_late_answers_stand_on_top_of_today(cast: Cast) -> None:
    make_referral(cast.diego, cast.tom)
    actions.triage(referral=make_referral(cast.minh_anh, cast.tom), why="Read.", by=cast.rosa)
    first = sections(waiting_on(cast.rosa, date(2030, 1, 7)))[0]
    assert first.title == "Still waiting to hear from us"
    assert len(first.lines) == 2


def test_what_runs_for_minh_anh_as_each_may_know_it(
    cast: Cast, asked_for: AssessmentRequest, asking: Asked
) -> None:
    legal.give_plan(assessment=asked_for, on=date(2026, 9, 20), by=cast.grace)
    for key, sees in {"linh": True, "tom": True, "rosa": True, "joy": False}.items():
        found = for_student(cast.minh_anh, getattr(cast, key)).by_law
        assert [(one.stands, one.day) for one in found] == (
            [("Waiting for the family's consent", None)] if sees else []
        ), key
    with asking:
        assert for_student(cast.minh_anh, cast.rosa).by_law
    assert asking.count == 1


def test_done_ones_stand_last_on_the_students_page(
    cast: Cast, instead: InsteadOfDiscipline
) -> None:
    instead_actions.document(instead=instead, action="A talk.", by=cast.grace)
    with time_machine.travel("2026-09-14 09:00-07:00"):
        legal.open_assessment(
            student=cast.diego, kind="section_504", asked_on=ASKED_ON, words="", by=cast.tom
        )
    assert [one.is_open for one in for_student(cast.diego, cast.grace).by_law] == [True, False]
    assert [one.stands for one in for_student(cast.diego, cast.rosa).by_law] == [
        "Assessment plan to the family"
    ]


# ---- the weekly letter


def ring(moment: datetime) -> list[int]:
    """The jobs that the bell of that moment leaves, as users' keys."""
    weekly_digest(timestamp=int(moment.timestamp()))
    jobs = ProcrastinateJob.objects.filter(task_name="supports.send_digest")
    return [job.args["user_id"] for job in jobs.order_by("id")]


def pacific(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo("America/Los_Angeles"))  # type: ignore[arg-type]


def test_a_letter_goes_on_monday_morning_to_whoever_has_something_late(
    cast: Cast, asked_for: AssessmentRequest, instead: InsteadOfDiscipline
) -> None:
    with time_machine.travel(pacific(2026, 10, 5, 7, 5)):
        assert ring(pacific(2026, 10, 5, 6, 5)) == []
        assert ring(pacific(2026, 10, 6, 7, 5)) == []
        told = ring(pacific(2026, 10, 5, 7, 5))
    assert sorted(told) == sorted([cast.rosa.pk, cast.amina.pk, cast.grace.pk])


def test_it_is_seven_in_the_morning_in_winter_too(cast: Cast, asked_for: AssessmentRequest) -> None:
    assert datetime(2026, 12, 7, 15, 5, tzinfo=UTC) == pacific(2026, 12, 7, 7, 5)
    assert len(ring(datetime(2026, 12, 7, 15, 5, tzinfo=UTC))) == 3


def test_no_letter_when_nothing_is_late(cast: Cast) -> None:
    student = make_student(cast.cottonwood, "Ada", "Example")
    with time_machine.travel("2026-10-02 09:00-07:00"):
        make_referral(student, cast.tom)
    with time_machine.travel(pacific(2026, 10, 5, 7, 5)):
        assert ring(pacific(2026, 10, 5, 7, 5)) == []
        send_digest(user_id=cast.rosa.pk, district_id=cast.alder.pk)
    assert mail.outbox == []


def test_the_letter_counts_in_the_readers_language_and_names_nobody(
    cast: Cast, asked_for: AssessmentRequest, instead: InsteadOfDiscipline
) -> None:
    with time_machine.travel("2026-09-14 09:00-07:00"):
        for student in (cast.diego, cast.minh_anh):
            make_referral(student, cast.tom)
    with time_machine.travel(pacific(2026, 10, 5, 7, 5)):
        send_digest(user_id=cast.grace.pk, district_id=cast.alder.pk)
        User.objects.filter(pk=cast.grace.pk).update(language="es")
        send_digest(user_id=cast.grace.pk, district_id=cast.alder.pk)
    english, spanish = mail.outbox
    assert "2 answers to people who asked are past their day." in english.body
    assert "1 assessment is past the day the law sets." in english.body
    assert "1 request for support instead of discipline" in english.body
    assert "/referrals/instead/" in english.body
    assert english.subject != spanish.subject
    for letter in (english, spanish):
        assert letter.to == [cast.grace.email]
        for private in ("Diego", "Minh", "Nguyễn", "Brien", "Cottonwood", "Tom", "shout"):
            assert private not in f"{letter.subject} {letter.body}"


def test_who_left_gets_no_letter(cast: Cast, asked_for: AssessmentRequest) -> None:
    User.objects.filter(pk=cast.grace.pk).update(is_active=False)
    with time_machine.travel(pacific(2026, 10, 5, 7, 5)):
        send_digest(user_id=cast.grace.pk, district_id=cast.alder.pk)
    assert mail.outbox == []
    assert cast.grace not in readers()


def test_a_case_manager_is_told_of_what_they_look_after(
    cast: Cast, asked_for: AssessmentRequest
) -> None:
    ines = make_user(cast.alder, "Inés Vega", "case_manager", school=cast.cottonwood)
    assert ines not in readers()
    legal.hand_over(assessment=asked_for, owner=ines, by=cast.grace)
    assert ines in readers()
    assert late_of(ines, LATE).assessments == 1
    assert not late_of(cast.joy, LATE)
