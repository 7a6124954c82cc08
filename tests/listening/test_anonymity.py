"""With the whole database in hand, nothing ties an answer to whoever gave it.

The same look finds what ties in five ways of keeping answers that seem careful and are not.
"""

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from hearth.demo import clock
from hearth.listening.actions.reminding import want_no_more
from hearth.listening.models import Survey, SurveyReminder
from hearth.listening.tasks import sealing
from hearth.listening.tasks.reminding import remind, remind_on_planned_days
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from tests import cast as cast_maker
from tests.cast import Cast
from tests.listening.traces import moment, rows_in, tables, traces, written_since
from tests.listening.world import asked_by_mail, opened, say

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
ANSWERS = 30


@pytest.fixture
def everybody(transactional_db: None) -> Cast:
    """The cast, where each answer is a transaction of its own and is committed."""
    return cast_maker.world()


@pytest.fixture
def survey(everybody: Cast) -> Survey:
    with acting_for(everybody.alder.pk):
        return opened(everybody, way="personal")


def answer_all(district: District, survey: Survey) -> None:
    """Thirty people, each by a link of their own; every third writes something."""
    for n in range(ANSWERS):
        told = {"better": f"Idea {n * 7 % ANSWERS:02}"} if n % 3 == 0 else {}
        with acting_for(district.pk):
            say(survey, slot=n * 11 % 60, grade=f"g{3 + n % 3}", home=str(1 + n % 4), **told)


def test_nothing_ties_an_answer_to_whoever_gave_it(everybody: Cast, survey: Survey) -> None:
    before, since = {table: rows_in(table) for table in tables()}, moment()
    answer_all(everybody.alder, survey)
    assert traces(since, before, ANSWERS) == []


def test_nothing_is_left_once_it_is_sealed(everybody: Cast, survey: Survey) -> None:
    answer_all(everybody.alder, survey)
    since = moment()
    with acting_for(everybody.alder.pk):
        sealing.seal(survey=survey, by=None)
    # One transaction has written all of it anew: box, participation and pages bear its mark alone.
    kept = [t for t in traces(since, {}, ANSWERS) if "textpage" in t or "box" in t or "part" in t]
    assert kept == []


# The bell's own job, and how many were written to.
REMINDED = ("procrastinate_jobs", "procrastinate_events", "listening_surveyreminder")


def test_reminders_leave_how_many_and_nothing_that_ties(everybody: Cast) -> None:
    """Two mornings of reminders among thirty answers; at last somebody wants no more."""
    with acting_for(everybody.alder.pk):
        survey = asked_by_mail(everybody, people=60)
        for day in (date(2026, 10, 1), date(2026, 10, 5)):
            SurveyReminder.objects.create(district=everybody.alder, survey=survey, day=day)
        known = {one.person.email for one in survey.invitations.select_related("person")}
    before, since = {table: rows_in(table) for table in tables()}, moment()
    with clock.on(date(2026, 10, 1)):
        bell(survey)
    answer_all(everybody.alder, survey)
    with clock.on(date(2026, 10, 5)):
        bell(survey)
    with acting_for(everybody.alder.pk):
        want_no_more(survey=survey, slot=59)
    assert traces(since, before, ANSWERS, known, REMINDED) == []
    left = [row for row in written_since(since) if row.table in REMINDED]
    counts = [row.values for row in left if row.table == "listening_surveyreminder"]
    assert [(one["day"], one["sent"]) for one in counts] == [("2026-10-01", 60), ("2026-10-05", 30)]
    jobs = [row.values["args"] for row in left if row.table == "procrastinate_jobs"]
    assert jobs == [{"survey_id": survey.pk, "district_id": everybody.alder.pk}] * 2
    assert not known & {str(value) for row in left for value in row.values.values()}
    assert len(mail.outbox) == 90


def bell(survey: Survey) -> None:
    """It rings in the morning, and the worker does its one job."""
    remind_on_planned_days(timestamp=int(timezone.now().replace(hour=7).timestamp()))
    remind(survey_id=survey.pk, district_id=survey.district_id)


NAIVE: dict[str, tuple[str, Callable[[int], str], str]] = {
    "a row for each answer": (
        "CREATE TABLE naive (id bigserial, home int)",
        lambda n: f"INSERT INTO naive (home) VALUES ({n % 4})",  # noqa: S608
        "a row for each answer",
    ),
    "random keys": (
        "CREATE TABLE naive (id uuid DEFAULT gen_random_uuid(), home int);"
        "CREATE TABLE naive_who (slot int)",
        lambda n: f"INSERT INTO naive (home) VALUES ({n}); INSERT INTO naive_who VALUES ({n})",  # noqa: S608
        "a row still marked by the answer that wrote it",
    ),
    "a flag on each person": (
        "CREATE TABLE naive AS SELECT n AS slot, false AS answered FROM generate_series(0, 29) n",
        lambda n: f"UPDATE naive SET answered = true WHERE slot = {n}",  # noqa: S608
        "a row still marked by the answer that wrote it",
    ),
    "one row with a time": (
        "CREATE TABLE naive AS SELECT 0 AS home, now() AS at",
        lambda n: "UPDATE naive SET home = home + 1, at = now()",
        "a time beside what was answered",
    ),
    "texts as they came": (
        "CREATE TABLE naive AS SELECT '[]'::jsonb AS texts",
        lambda n: f"UPDATE naive SET texts = texts || '\"Idea {n * 7 % 30:02}\"'",  # noqa: S608
        "a list in the order of answering",
    ),
}


@pytest.mark.parametrize("way", NAIVE)
def test_the_same_look_finds_what_a_careless_way_gives_away(everybody: Cast, way: str) -> None:
    table, answer, found = NAIVE[way]
    with connections["owner"].cursor() as cursor:
        cursor.execute(table)
        before, since = {name: rows_in(name) for name in tables()}, moment()
        for n in range(ANSWERS):
            cursor.execute("BEGIN")
            cursor.execute(answer(n))
            cursor.execute("COMMIT")
    assert f"naive: {found}" in traces(since, before, ANSWERS)
