"""What sending a referral asks of the database, and what sending it twice leaves."""

import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearth.supports import actions
from hearth.supports.models import Referral
from tests.cast import Cast

SAID = {
    "strength": "Draws whole worlds.",
    "concern": "Eats alone since September.",
    "domain": "social_emotional",
    "urgency": "soon",
    "tried": "",
}
MARKS = re.compile(r"(^|; )(SAVEPOINT|RELEASE|BEGIN|COMMIT)")


def test_a_referral_is_sent_with_at_most_twelve_questions(cast: Cast) -> None:
    tom = Client()
    tom.force_login(cast.tom)
    form = f"/referrals/new/?student={cast.diego.pk}&form={uuid4()}"
    with CaptureQueriesContext(connection) as asked:
        tom.post(form, SAID)
    questions = [one["sql"] for one in asked if not MARKS.search(one["sql"])]
    assert Referral.objects.filter(student=cast.diego).count() == 1
    # One more is the test's own: the district of the outer transaction is put back.
    assert len(questions) <= 13, "\n".join(questions)


def test_a_form_sent_twice_is_one_referral_and_one_event(cast: Cast) -> None:
    said = {**SAID, "student": cast.diego, "nonce": uuid4(), "by": cast.tom}
    first = actions.ask_for_support(**said)
    again = actions.ask_for_support(**said)
    assert again == first
    assert first.moves.count() == 1


def test_another_fault_is_not_taken_for_a_form_sent_twice(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        actions.ask_for_support(
            **{**SAID, "urgency": "whenever", "student": cast.diego, "by": cast.tom}
        )
