"""The sets that come with Hearth are whole in English and Spanish, and ask everybody the same."""

from collections.abc import Iterator
from typing import Any

import pytest

from hearth.listening.models import Audience
from hearth.listening.rules.layout import places
from hearth.listening.rules.questions import Kind, questions_of
from hearth.listening.rules.sets import QuestionSet, bank, scale_words, shipped

SETS = list(shipped().values())
ROLES = ("students", "families", "staff", "partners")


def worded(one: QuestionSet) -> Iterator[Any]:
    yield from (one.title, one.intro)
    for row in one.sheet:
        yield row["words"]
        yield from (option["words"] for option in row.get("options", ()))


@pytest.mark.parametrize("one", SETS, ids=lambda one: one.key)
def test_a_set_is_whole(one: QuestionSet) -> None:
    assert all(words["en"] and words["es"] for words in worded(one))
    questions = questions_of(one.sheet)
    assert places(questions)
    assert one.audience in Audience.values
    keys = [question.key for question in questions]
    assert len(keys) == len(set(keys))
    for question in questions:
        assert bool(question.options) is (question.kind is not Kind.TEXT)
        if question.only_if:  # it asks of a question before it
            before = next(q for q in questions if q.key == question.only_if[0])
            assert keys.index(before.key) < keys.index(question.key)
            assert question.only_if[1] <= {option.key for option in before.options}


def test_students_families_staff_and_partners_are_asked_the_same() -> None:
    shared = [{row["shared"] for row in shipped()[key].sheet if "shared" in row} for key in ROLES]
    assert set.intersection(*shared) == {"welcome", "known", "help", "listened"}
    # And answer in the same words, so that what they say can stand side by side.
    for item in ("welcome", "known", "help", "listened"):
        options = [row["options"] for key in ROLES for row in shipped()[key].sheet
                   if row.get("shared") == item]  # fmt: skip
        assert all(found == options[0] for found in options)


def test_each_scale_has_its_words() -> None:
    used = {row["scale"] for one in SETS for row in one.sheet if "scale" in row}
    assert used == set(scale_words())
    assert all(words["en"] and words["es"] for words in scale_words().values())


def test_the_bank_holds_each_question_of_each_set() -> None:
    assert len(bank()) == sum(len(one.sheet) for one in SETS)
    assert bank()["families.welcome"]["words"]["es"].startswith("Las familias")
