"""More time for an assessment: the family agrees in writing, and the clock takes the new day. And a
request that was only said aloud."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hearth.audit.models import Event
from hearth.schools.models import ClosedDay, Session
from hearth.supports.actions import legal
from hearth.supports.models import AssessmentRequest, MoreTime
from hearth.supports.rules import NotAllowed
from hearth.supports.rules import legal as rules
from hearth.supports.tasks.clocks import keep_clocks
from tests.cast import Cast

DAY = timedelta(days=1)
MONDAY = "2026-12-14 09:00-08:00"
Page = Callable[..., str]


def opened(cast: Cast, **said: Any) -> AssessmentRequest:
    told = {
        "student": cast.minh_anh, "kind": "special_education", "asked_on": date(2026, 12, 14),
        "words": "I want her assessed.", "by": cast.grace, **said,
    }  # fmt: skip
    return legal.open_assessment(**told)


def agree(cast: Cast, row: AssessmentRequest, **said: Any) -> MoreTime:
    told = {
        "agreed_on": date(2026, 12, 14), "until": date(2027, 1, 29), "who": "Linh Trần",
        "why": "The speech therapist is back in January.", "in_writing": True, "by": cast.grace,
        **said,
    }  # fmt: skip
    return legal.agree_on_more_time(assessment=row, **told)


@pytest.fixture
def winter(cast: Cast) -> None:
    """Two weeks and more without school from Monday 21 December to Friday 8 January."""
    Session.objects.create(
        district=cast.alder, title="2026-27", kind="schoolYear",
        starts=date(2026, 8, 12), ends=date(2027, 6, 8),
    )  # fmt: skip
    days = [date(2026, 12, 21) + DAY * n for n in range(19)]
    ClosedDay.objects.bulk_create(
        ClosedDay(district=cast.alder, day=day, kind="break", name="Winter")
        for day in days
        if day.weekday() < 5
    )


@time_machine.travel(MONDAY)
def test_in_writing_the_day_of_the_plan_moves_over_the_break_to_the_day_agreed(
    cast: Cast, winter: None
) -> None:
    row = opened(cast)
    assert row.plan_due_on == date(2027, 1, 19)  # 29 December, and the 21 days of the break
    agree(cast, row)
    assert row.plan_due_on == row.due_on == date(2027, 1, 29)


@time_machine.travel(MONDAY)
def test_the_day_agreed_stands_when_the_calendar_moves_and_a_later_day_of_the_law_wins(
    cast: Cast, winter: None
) -> None:
    row = opened(cast)
    agree(cast, row, until=date(2027, 1, 22))
    ClosedDay.objects.filter(day__gt=date(2027, 1, 1)).delete()
    keep_clocks()
    row.refresh_from_db()
    assert row.plan_due_on == date(2027, 1, 22)
    longer = [date(2027, 1, 1) + DAY * n for n in range(22)]
    ClosedDay.objects.bulk_create(
        ClosedDay(district=cast.alder, day=day, kind="break", name="Snow")
        for day in longer
        if day.weekday() < 5 and not ClosedDay.objects.filter(day=day).exists()
    )
    keep_clocks()
    row.refresh_from_db()
    assert row.plan_due_on > date(2027, 1, 29)


@time_machine.travel(MONDAY)
def test_said_aloud_is_kept_and_moves_nothing(cast: Cast, winter: None) -> None:
    row = opened(cast)
    agree(cast, row, in_writing=False)
    assert row.plan_due_on == date(2027, 1, 19)
    assert row.more_time.get().who == "Linh Trần"
    agree(cast, row)
    assert row.plan_due_on == date(2027, 1, 29)


def test_a_paper_that_comes_after_the_day_does_not_undo_that_it_was_late(cast: Cast) -> None:
    with time_machine.travel("2026-09-14 09:00-07:00"):
        row = opened(cast, asked_on=date(2026, 9, 14))
    with time_machine.travel("2026-10-05 09:00-07:00"):
        agree(cast, row, agreed_on=date(2026, 10, 2), until=date(2026, 10, 30))
    assert row.plan_due_on == date(2026, 9, 29)
    assert row.more_time.count() == 1


@time_machine.travel("2026-09-14 09:00-07:00")
def test_after_consent_it_is_the_evaluation_that_gets_more_time(cast: Cast) -> None:
    row = opened(cast, asked_on=date(2026, 9, 14))
    legal.give_plan(assessment=row, on=date(2026, 9, 14), by=cast.grace)
    with pytest.raises(NotAllowed, match="family's turn"):
        agree(cast, row, agreed_on=date(2026, 9, 14))
    legal.record_consent(assessment=row, on=date(2026, 9, 14), by=cast.grace)
    assert row.evaluation_due_on == date(2026, 11, 13)
    agree(cast, row, agreed_on=date(2026, 9, 14), until=date(2026, 12, 4))
    assert (row.plan_due_on, row.evaluation_due_on) == (date(2026, 9, 29), date(2026, 12, 4))
    assert row.more_time.get().clock == "evaluation"


@time_machine.travel(MONDAY)
@pytest.mark.parametrize(
    ("said", "no"),
    [
        ({"until": date(2026, 12, 29)}, "due now"),
        ({"agreed_on": date(2026, 12, 15)}, "still ahead"),
        ({"agreed_on": date(2026, 12, 11)}, "before it was asked"),
    ],
)
def test_what_cannot_be_is_refused_in_words(cast: Cast, said: dict[str, Any], no: str) -> None:
    row = opened(cast)
    with pytest.raises(NotAllowed, match=no):
        agree(cast, row, **said)
    assert not MoreTime.objects.exists()


@time_machine.travel(MONDAY)
def test_who_wrote_it_down_and_when_stays(cast: Cast) -> None:
    row = agree(cast, opened(cast))
    assert (row.written_by, row.at.date()) == (cast.grace, date(2026, 12, 14))
    assert Event.objects.get(verb="assessment_more_time").by == cast.grace.pk
    with pytest.raises(DatabaseError), transaction.atomic():
        MoreTime.objects.filter(pk=row.pk).update(until=date(2028, 1, 1))


class TestOnThePage:
    @time_machine.travel(MONDAY)
    def test_grace_writes_down_what_linh_signed_and_linh_reads_it(
        self, cast: Cast, client: Client, page: Page
    ) -> None:
        row = opened(cast)
        client.force_login(cast.grace)
        address = reverse("supports:assessment_step", args=[row.pk, "more-time"])
        typed = {"until": "2027-01-29", "agreed_on": "2026-12-14", "who": "Linh Trần",
                 "in_writing": "yes", "why": "The therapist is away."}  # fmt: skip
        assert client.post(address, typed).url == row.get_absolute_url()
        row.refresh_from_db()
        assert row.plan_due_on == date(2027, 1, 29)
        for reader in (cast.grace, cast.linh):
            words = page(reader, "assessment", row.pk)
            for said in (
                "Linh Trần agreed in writing", "The therapist is away.", "29 January",
                "family agreed in writing that it may take until", "Grace Okafor",
            ):  # fmt: skip
                assert said in words, said

    @time_machine.travel(MONDAY)
    def test_aloud_the_page_says_that_the_day_of_the_law_stands(
        self, cast: Cast, page: Page
    ) -> None:
        row = opened(cast)
        agree(cast, row, in_writing=False)
        words = page(cast.grace, "assessment", row.pk)
        assert "The day of the law stands" in words
        assert "family agreed in writing that" not in words

    @time_machine.travel(MONDAY)
    def test_tom_who_wrote_the_request_down_gives_no_time(self, cast: Cast, client: Client) -> None:
        row = opened(cast, by=cast.tom)
        client.force_login(cast.tom)
        address = reverse("supports:assessment_step", args=[row.pk, "more-time"])
        assert client.post(address, {"until": "2027-01-29"}).status_code == 404

    @time_machine.travel(MONDAY)
    def test_without_who_or_why_nothing_is_kept(self, cast: Cast, client: Client) -> None:
        row = opened(cast)
        client.force_login(cast.grace)
        address = reverse("supports:assessment_step", args=[row.pk, "more-time"])
        typed = {"until": "2027-01-29", "agreed_on": "2026-12-14", "in_writing": "yes"}
        words = client.post(address, typed).content.decode()
        assert 'href="#id_who' in words
        assert 'href="#id_why' in words
        assert not MoreTime.objects.exists()


@time_machine.travel(MONDAY)
def test_said_in_passing_it_counts_and_help_to_write_it_is_offered(
    cast: Cast, client: Client, page: Page
) -> None:
    client.force_login(cast.grace)
    address = reverse("supports:new_assessment") + f"?student={cast.minh_anh.pk}"
    typed = {"kind": "special_education", "asked_on": "2026-12-14", "words": "At the gate.",
             "said_aloud": "on"}  # fmt: skip
    client.post(address, typed)
    row = AssessmentRequest.objects.get()
    assert (row.said_aloud, row.plan_due_on) == (True, date(2026, 12, 29))
    assert "was not offered yet" in page(cast.grace, "assessment", row.pk)
    step = reverse("supports:assessment_step", args=[row.pk, "help"])
    client.post(step, {"on": "2026-12-14"})
    row.refresh_from_db()
    assert (row.help_offered_on, row.plan_due_on) == (date(2026, 12, 14), date(2026, 12, 29))
    assert "help to write it was offered" in page(cast.linh, "assessment", row.pk)


DATES = st.dates(date(2026, 8, 1), date(2027, 7, 31))
SAID = st.builds(rules.MoreTime, on=DATES, until=DATES, in_writing=st.booleans())


@given(DATES, st.lists(SAID, max_size=5))
def test_more_time_never_makes_a_day_earlier_and_comes_from_a_paper_alone(
    law: date, said: list[rules.MoreTime]
) -> None:
    clock = rules.legal_clock("assessment_plan", law, kind="special_education")
    due = rules.with_more_time(rules.Due(law, clock), said)
    assert due.on >= law
    papers = {one.until for one in said if one.in_writing}
    assert due.on == law or due.on in papers
    if not any(one.in_writing and one.on <= law for one in said):
        assert due.on == law  # the first paper must come in time
