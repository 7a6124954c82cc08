"""Rosa and Grace sort the same words, each alone first; a quote leaves only as it was allowed."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from hearth.listening.actions.coding import let_quote, sort
from hearth.listening.actions.heard import write_down
from hearth.listening.models import Coding, Interview, Quotation
from hearth.listening.reading.coding import agreements
from hearth.listening.rules.hearing import hints
from hearth.listening.rules.kappa import kappa
from hearth.listening.rules.quotes import reasons_to_look, refusal
from tests.cast import Cast
from tests.listening.world import begin

STORY = "In the garden I showed everybody how we plant at home. I felt proud."


def told(cast: Cast, **said: Any) -> Interview:
    first = Interview.objects.select_related("project").first()
    words = {"on": date(2026, 10, 5), "role": "student", "quote": "yes", "stories": STORY, **said}
    row: Interview = write_down(
        Interview, project=first.project if first else begin(cast), key=uuid4(), said=words,
        by=cast.tom,
    )  # fmt: skip
    return row


def pairs(table: list[list[int]]) -> list[tuple[str, str]]:
    return [(str(one), str(two)) for one, row in enumerate(table)
            for two, count in enumerate(row) for _ in range(count)]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "published"),
    [
        # Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed., table
        # 18.1: two raters diagnose 100 people; kappa is 0.68.
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.68),
        # Viera and Garrett, Family Medicine 37 (2005), table 1: 100 students; kappa is 0.57.
        ([[15, 5], [10, 70]], 0.57),
    ],
)
def test_kappa_is_what_was_published(table: list[list[int]], published: float) -> None:
    value = kappa(pairs(table))
    assert value is not None
    assert round(value, 2) == published


def test_kappa_says_nothing_where_there_is_nothing_to_say() -> None:
    assert kappa([]) is None
    assert kappa([("strength", "strength")] * 9) is None
    assert kappa([("a", "b"), ("b", "a")]) == -1


def test_nobody_sees_the_others_word_before_saying_their_own(cast: Cast) -> None:
    row = told(cast)
    sort(thing=row, keys=["default.strengths"], side="strength", by=cast.grace)
    rosa = Client()
    rosa.force_login(cast.rosa)
    address = f"/listening/{row.project_id}/sorting/interview/{row.pk}/"
    before = rosa.get(address).content.decode()
    assert "What others took it to be" not in before
    assert not Coding.objects.open_to(cast.rosa).exists()
    assert "Strengths first" in before
    assert "checked" not in before.partition("<main")[2], "a hint is never applied by itself"
    rosa.post(address, {"side": "neither", "keys": ["default.real_work"]})
    assert "What others took it to be" in rosa.get(address).content.decode()
    assert Coding.objects.open_to(cast.grace).count() == 2


def test_agreement_counts_what_both_sorted(cast: Cast) -> None:
    rows = [told(cast) for _ in range(6)]
    for at, row in enumerate(rows):
        sort(thing=row, keys=[], side="strength" if at % 2 else "neither", by=cast.rosa)
        if at < 5:
            sort(thing=row, keys=[], side="strength" if at else "neither", by=cast.grace)
    found = agreements(rows[0].project, cast.rosa)
    assert [(one.both, one.same) for one in found] == [(5, 3)]
    assert found[0].value == pytest.approx((5 * 3 - (2 * 4 + 3 * 1)) / (25 - (2 * 4 + 3 * 1)))
    assert agreements(rows[0].project, cast.helen) == []


def test_two_at_once_and_one_who_presses_twice_write_over_nobody(cast: Cast) -> None:
    row = told(cast)
    for by, side in ((cast.rosa, "strength"), (cast.grace, "neither"), (cast.rosa, "opportunity")):
        sort(thing=row, keys=["default.strengths"], side=side, by=by)
    assert dict(Coding.objects.values_list("made_by__name", "side")) == {
        cast.rosa.name: "opportunity", cast.grace.name: "neither",
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Coding.objects.create(
            interview=row, made_by=cast.rosa, side="neither", district_id=row.district_id,
            school_id=row.school_id, project_id=row.project_id,
        )  # fmt: skip


def test_two_who_share_a_name_are_two(cast: Cast) -> None:
    row = told(cast)
    cast.grace.name = cast.rosa.name
    cast.grace.save()
    sort(thing=row, keys=[], side="strength", by=cast.rosa)
    sort(thing=row, keys=[], side="neither", by=cast.grace)
    found = agreements(row.project, cast.rosa)
    assert [(one.names, one.both, one.same) for one in found] == [((cast.rosa.name,) * 2, 1, 0)]


def test_a_teacher_does_not_sort(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        sort(thing=told(cast), keys=[], side="neither", by=cast.tom)


def test_what_a_speaker_allowed() -> None:
    assert refusal("yes", STORY, [STORY]) is None
    assert refusal("no", "Planting made a child proud.", [STORY]) == "no"
    assert refusal("other_words", "I showed everybody how we plant.", [STORY]) == "same"
    assert refusal("other_words", "A child was proud to teach planting.", [STORY]) is None


def test_what_is_held_back_until_a_person_looked() -> None:
    names = frozenset({"diego", "rose"})
    assert reasons_to_look("Then Diego laughed.", names, ()) == ["name"]
    assert reasons_to_look("The sun rose. Good.", names, ()) == []
    assert reasons_to_look("I want to die.", names, ("want to die",)) == ["harm"]
    assert hints("We planted a garden") == ["default.real_work"]


def test_a_name_does_not_leave_unseen(cast: Cast) -> None:
    row = told(cast, stories="Diego showed me how to plant.")
    with pytest.raises(ValidationError, match="name"):
        let_quote(interview=row, words="Diego showed me.", looked=False, by=cast.rosa)
    rosa = Client()
    rosa.force_login(cast.rosa)
    address = f"/listening/{row.project_id}/quotes/{row.pk}/"
    assert "It is held back" in rosa.post(address, {"words": "Diego showed me."}).content.decode()
    harm = rosa.post(address, {"words": "At home he hits me."}).content.decode()
    assert "must report what they suspect" in harm
    assert not Quotation.objects.exists()
    rosa.post(address, {"words": "A friend showed me how to plant."})
    assert Quotation.objects.get().words == "A friend showed me how to plant."


def test_no_is_no_whoever_looked(cast: Cast) -> None:
    row = told(cast, quote="no")
    with pytest.raises(ValidationError, match="no"):
        let_quote(interview=row, words="Planting.", looked=True, by=cast.rosa)
