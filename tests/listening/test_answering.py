"""Answers are counted, not kept; twice is refused; too few are never told."""

from datetime import date

import pytest

from hearth.listening.actions import answering
from hearth.listening.actions import survey as surveys
from hearth.listening.actions.answering import AnsweredAlready, NotOpen
from hearth.listening.models import Box, Survey, TextPage
from tests.cast import Cast
from tests.listening.world import SHEET, count, make, opened, say


def test_an_answer_is_counted_for_all_and_for_its_grade(cast: Cast) -> None:
    survey = opened(cast)
    say(survey, grade="g4", home="3", help="friends music")
    say(survey, grade="g5", home="3")
    assert count(survey, "n") == 2
    assert count(survey, "option", "home", "3") == 2
    assert count(survey, "of", "g4", "home", "3") == 1
    assert count(survey, "option", "help", "music") == 1


def test_a_link_of_ones_own_answers_once(cast: Cast) -> None:
    survey = opened(cast, way="personal")
    say(survey, slot=17, home="2", better="Longer lunch")
    with pytest.raises(AnsweredAlready):
        say(survey, slot=17, home="4", better="No homework")
    assert count(survey, "n") == count(survey, "option", "home", "2") == 1
    assert [t["said"] for page in survey.pages.all() for t in page.texts] == ["Longer lunch"]


def test_texts_lie_in_an_order_that_says_nothing_on_pages_that_fill(cast: Cast) -> None:
    survey = opened(cast)
    said = [f"Idea {n * 37 % 120:03}" for n in range(120)]
    for text in said:
        say(survey, better=text)
    pages = list(TextPage.objects.filter(survey=survey, question="better", held=False))
    assert [p.open for p in pages].count(True) == 1
    for page in pages:
        texts = [text["said"] for text in page.texts]
        assert texts == sorted(texts)
        assert page.open or len(texts) == 25
    assert sorted(t["said"] for page in pages for t in page.texts) == sorted(said)
    # The first page put aside does not hold the first texts: half of them stayed behind.
    first = {t["said"] for t in next(p for p in pages if not p.open).texts}
    assert first != set(said[:25])


def test_before_it_opens_and_after_it_is_sealed_nobody_answers(cast: Cast) -> None:
    with pytest.raises(NotOpen):
        say(make(cast))
    survey = opened(cast)
    stale = Survey.objects.get(pk=survey.pk)
    surveys.seal(survey=survey, by=cast.rosa)
    with pytest.raises(NotOpen):
        say(stale, home="3")
    with pytest.raises(NotOpen):
        answering.answer(survey=stale, told={}, language="en", today=date(2041, 1, 1))


def test_a_class_of_four_is_forgotten_and_no_other_class_gives_it_away(cast: Cast) -> None:
    survey = opened(cast)
    for grade, many in (("g3", 14), ("g4", 12), ("g5", 4)):
        for _ in range(many):
            say(survey, grade=grade, home="2")
    surveys.seal(survey=survey, by=cast.rosa)
    assert count(survey, "option", "home", "2") == 30
    assert count(survey, "of", "g3", "home", "2") == 14
    assert count(survey, "of", "g4", "home", "2") == count(survey, "of", "g5", "home", "2") == 0


def test_of_fewer_than_eleven_nothing_is_kept_but_how_many(cast: Cast) -> None:
    survey = opened(cast)
    for _ in range(10):
        say(survey, grade="g3", home="1", better="More trees")
    say_held = "my cousin hits me"
    surveys.seal(survey=survey, by=cast.rosa)
    assert sum(Box.objects.get(survey=survey).counts) == count(survey, "n") == 10
    assert not survey.pages.exists()

    other = opened(cast)
    say(other, better=say_held)
    surveys.seal(survey=other, by=cast.rosa)
    # Somebody has to look at this one, however few answered.
    assert [(p.held, p.texts[0]["said"]) for p in other.pages.all()] == [(True, say_held)]


def test_a_text_that_names_a_child_or_tells_of_harm_is_held_back(cast: Cast) -> None:
    survey = opened(cast)
    for n in range(12):
        say(survey, home="3", better=f"More trees, {n} of them")
    say(survey, better="Minh is always alone at lunch")
    say(survey, better="I want to die")
    assert [t["said"] for p in survey.pages.filter(held=True) for t in p.texts] == ["I want to die"]
    surveys.seal(survey=survey, by=cast.rosa)
    held = [t["said"] for p in survey.pages.filter(held=True) for t in p.texts]
    assert held == ["I want to die", "Minh is always alone at lunch"]
    assert sum(len(p.texts) for p in survey.pages.filter(held=False)) == 12


def test_questions_stand_once_people_answer(cast: Cast) -> None:
    survey = opened(cast)
    with pytest.raises(surveys.NotAllowed):
        surveys.change_survey(survey=survey, said={"sheet": SHEET[:2]}, by=cast.rosa)
    longer = {"closes": date(2039, 2, 1)}
    assert surveys.change_survey(survey=survey, said=longer, by=cast.rosa).closes.month == 2
