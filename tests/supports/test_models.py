"""What cannot be stored, by whichever way it comes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from hearth.supports import rules
from hearth.supports.models import Move, Note, Referral, State
from hearth.supports.models.note import read_notes
from hearth.supports.models.words import TOLD
from tests.cast import Cast
from tests.makers import make_referral

Walk = Callable[[Referral, str], Referral]


@contextmanager
def refused(kind: type[Exception], words: str) -> Iterator[None]:
    with pytest.raises(kind, match=words), transaction.atomic():
        yield


def write(sql: str, *values: object) -> None:
    """Straight into the table, past every line of Python."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def could_be_stored(referral: Referral, **fields: object) -> bool:
    """Try it, and take it back either way."""
    try:
        with transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(**fields)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def test_raw_sql_cannot_jump_from_new_to_linked(asked: Referral) -> None:
    with refused(DatabaseError, "Invalid transition"):
        write(
            "UPDATE supports_referral SET state = 'linked', first_service_on = since,"
            " owner_id = referrer_id, service = 'Tutoring' WHERE id = %s",
            asked.pk,
        )


@pytest.mark.parametrize("state", State.values)
def test_the_database_allows_exactly_the_steps_of_the_rules(
    cast: Cast, asked: Referral, at: Walk, state: str
) -> None:
    at(asked, state)
    for following in State.values:
        if following == state:
            continue
        shape = {
            "closed_because": "moved" if following == "closed" else "",
            "next_on": None if following == "closed" else asked.since,
            "owner": cast.amina,
            "service": "Tutoring",
            "first_service_on": asked.since,
        }
        stored = could_be_stored(asked, state=following, **shape)
        assert stored == rules.may_follow(state, following), f"{state} to {following}"


def test_a_referral_begins_new(cast: Cast, asked: Referral) -> None:
    asked.pk, asked.state, asked.owner = None, "triaged", cast.amina
    asked._state.adding = True
    with refused(DatabaseError, "Cannot insert"):
        asked.save()


def test_linked_needs_the_day_of_the_first_service(asked: Referral, at: Walk) -> None:
    at(asked, "referred")
    with refused(IntegrityError, "linked_when_served"):
        Referral.objects.filter(pk=asked.pk).update(state="linked")


def test_a_service_still_ahead_links_nobody(asked: Referral, at: Walk) -> None:
    at(asked, "referred")
    ahead = timezone.localdate() + timedelta(days=3)
    with refused(IntegrityError, "linked_when_served"):
        Referral.objects.filter(pk=asked.pk).update(state="linked", first_service_on=ahead)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"strength": ""}, "strength_and_concern"),
        ({"concern": ""}, "strength_and_concern"),
        ({"domain": "discipline"}, "domain_known"),
        ({"urgency": "emergency"}, "urgency_known"),
        ({"next_on": None}, "open_has_next_date"),
        ({"closed_because": "moved"}, "closed_with_reason"),
        ({"answer": "We begin on Monday."}, "answer_dated"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(
    asked: Referral, change: dict[str, object], constraint: str
) -> None:
    with refused(IntegrityError, constraint):
        Referral.objects.filter(pk=asked.pk).update(**change)


def test_an_answer_cannot_be_read_before_it_is_written(asked: Referral) -> None:
    with refused(IntegrityError, "read_after_answer"):
        Referral.objects.filter(pk=asked.pk).update(answer_read_at=timezone.now())


def test_past_sorting_somebody_owns_it(asked: Referral, at: Walk) -> None:
    at(asked, "triaged")
    with refused(IntegrityError, "has_owner"):
        Referral.objects.filter(pk=asked.pk).update(state="assigned")


def test_a_form_sent_twice_cannot_be_stored_twice(cast: Cast, asked: Referral) -> None:
    second = make_referral(cast.diego, cast.tom)
    with refused(IntegrityError, "sent_once"):
        Referral.objects.filter(pk=second.pk).update(nonce=asked.nonce)


def test_a_move_that_is_no_step_cannot_be_told(cast: Cast, asked: Referral) -> None:
    with refused(IntegrityError, "move_is_legal"):
        Move.objects.create(
            district_id=asked.district_id, referral=asked, came_from="submitted",
            went_to="linked", by=cast.rosa,
        )  # fmt: skip


def test_nobody_rewrites_the_moves(asked: Referral) -> None:
    with refused(DatabaseError, "permission denied"):
        Move.objects.filter(referral=asked).update(why="I was never asked.")
    with refused(DatabaseError, "permission denied"):
        write("DELETE FROM supports_move")


def test_another_district_sees_no_referral_even_in_raw_sql(cast: Cast, asked: Referral) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hearth.district', %s, true)", [str(cast.bristlecone.pk)])
        for table in ("referral", "move", "note", "referralevent", "noteevent"):
            cursor.execute(f"SELECT count(*) FROM supports_{table}")  # noqa: S608
            assert cursor.fetchone() == (0,), table


def test_restricted_words_do_not_leave_the_database_unasked(cast: Cast, asked: Referral) -> None:
    Note.objects.create(
        district_id=asked.district_id, referral=asked, author=cast.amina, restricted=True,
        body="A private word",
    )  # fmt: skip
    assert [note.body for note in read_notes(asked)] == [None]
    assert [note.body for note in read_notes(asked, include_restricted=True)] == ["A private word"]


def test_an_old_answer_stays_in_the_history(asked: Referral) -> None:
    for answer in ("First.", "Second."):
        Referral.objects.filter(pk=asked.pk).update(answer=answer, answered_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM supports_referralevent ORDER BY pgh_id")
        assert [row[0] for row in cursor.fetchall()] == ["", "First."]


def test_every_state_can_be_told_to_whoever_asked() -> None:
    assert set(TOLD) == set(State)


def test_late_ones_come_first_then_the_order_of_life(cast: Cast, at: Walk) -> None:
    new, planned, late = (make_referral(cast.diego, cast.tom) for _ in range(3))
    at(planned, "planned")
    Referral.objects.filter(pk=late.pk).update(next_on=date(2026, 1, 5))
    ordered = Referral.objects.late_first(timezone.localdate())
    assert [referral.pk for referral in ordered] == [late.pk, new.pk, planned.pk]
