"""An interview on a phone, a forum's hands, a visit that judges nobody, a page that was read."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from hearth.access.models import User
from hearth.listening.actions.heard import write_down
from hearth.listening.models import Document, Interview, ListeningProject, Statement, Visit
from hearth.listening.models.heard import Heard
from hearth.listening.reading.heard import by_standing
from hearth.listening.rules.forum import stands
from hearth.listening.rules.hearing import asks, forum_steps
from tests.cast import Cast
from tests.listening.world import begin

DAY = date(2026, 10, 5)
TOLD: dict[str, Any] = {
    "on": "2026-10-05", "role": "student", "group": "", "language": "", "quote": "other_words",
    "stories": "I like the garden, there I can be quiet.", "needs": "More time there.",
    "strengths": "The garden.",
}  # fmt: skip
LIMITS = {"shared": 75, "differ": 30, "fewest": 11}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_interview_sent_twice_from_a_stairwell_is_one(cast: Cast) -> None:
    project, tom = begin(cast), signed_in(cast.tom)
    asked = tom.get(f"/listening/{project.pk}/heard/interview/new/").headers["Location"]
    page = tom.get(asked).content.decode()
    assert "Nobody sees who answered what." in page
    assert "must report what they suspect" in page
    for _time in range(2):
        answer = tom.post(asked, TOLD)
        # What waits on a device is taken off it only when this page comes back.
        assert answer.headers["Location"] == f"/listening/{project.pk}/heard/"
    assert Interview.objects.count() == 1
    # Back, other words, and Save: the notice says that they are written down, and they are.
    for _time in range(2):
        tom.post(asked, TOLD | {"stories": "And then it rained."})
    assert Interview.objects.count() == 2
    assert set(Interview.objects.values_list("stories", flat=True)) == {
        TOLD["stories"], "And then it rained.",
    }  # fmt: skip
    names = {field.name for field in Interview._meta.get_fields()}
    assert not names & {"person", "student", "name"}


@pytest.mark.parametrize(
    ("language", "answers"),
    [("en", ["A student", "Only in other words"]),
     ("es", ["Un estudiante", "Solo con otras palabras"])],
)  # fmt: skip
def test_answers_begin_with_a_capital(cast: Cast, language: str, answers: list[str]) -> None:
    tom = signed_in(cast.tom)
    tom.cookies["django_language"] = language
    address = f"/listening/{begin(cast).pk}/heard/interview/new/"
    page = tom.get(address, follow=True).content.decode()
    for words in answers:
        assert f'<span class="k-choice-words">{words}</span>' in page


@pytest.mark.parametrize("language", ["en", "es"])
def test_whoever_listens_is_told_how_and_what_to_do_about_harm(cast: Cast, language: str) -> None:
    """A forum has its steps, an interview its questions, strengths before needs; and at all three
    where somebody speaks or is seen it says what to do if a child may not be safe."""
    tom, project = signed_in(cast.tom), begin(cast)
    tom.cookies["django_language"] = language
    pages = {
        kind: tom.get(f"/listening/{project.pk}/heard/{kind}/new/", follow=True).content.decode()
        for kind in ("interview", "statement", "visit")
    }
    for steps, kind in ((asks(language), "interview"), (forum_steps(language), "statement")):
        assert len(steps) == 6
        assert all(step in pages[kind] for step in steps)
    safe = {"en": "If somebody may not be safe", "es": "Si alguien puede no estar a salvo"}
    assert all(safe[language] in page for page in pages.values())
    told = pages["interview"]
    assert told.index('name="strengths"') < told.index('name="needs"')


def test_words_as_they_were_said_are_for_few(cast: Cast) -> None:
    project = begin(cast)
    said = TOLD | {"on": DAY}
    write_down(Interview, project=project, key=uuid4(), said=said, by=cast.tom)
    address = f"/listening/{project.pk}/heard/"
    for user, sees in ((cast.rosa, True), (cast.tom, True), (cast.helen, True),
                       (cast.amina, False), (cast.priya, False)):  # fmt: skip
        shown = "there I can be quiet" in signed_in(user).get(address).content.decode()
        assert shown is sees, user.name


@pytest.mark.parametrize(
    ("kind", "model", "told"),
    [
        ("statement", Statement,
         {"words": "Recess is too short.", "agree": "19", "disagree": "3", "passed": "2"}),
        ("visit", Visit,
         {"minutes": "20", "noticed": "They explain. ", "wondered": "", "seen": "learners_talk"}),
        ("document", Document,
         {"title": "O'Neil’s plan", "link": "", "place": "4", "excerpt": "حديقة"}),
    ],
)  # fmt: skip
def test_so_is_whatever_else_waited_for_a_network(
    cast: Cast, kind: str, model: type[Heard], told: dict[str, str]
) -> None:
    project, grace = begin(cast), signed_in(cast.grace)
    asked = grace.get(f"/listening/{project.pk}/heard/{kind}/new/").headers["Location"]
    for _time in range(3):
        assert grace.post(asked, told | {"on": "2026-10-05"}).status_code == 302
    assert model.objects.count() == 1


def test_nobody_writes_at_another_school_or_over_anothers_row(cast: Cast) -> None:
    project, key = begin(cast), uuid4()
    said = TOLD | {"on": DAY}
    with pytest.raises(PermissionDenied):
        write_down(Interview, project=project, key=key, said=said, by=cast.joy)
    write_down(Interview, project=project, key=key, said=said, by=cast.tom)
    with pytest.raises(PermissionDenied):
        write_down(Interview, project=project, key=key, said=said, by=cast.amina)


@pytest.mark.parametrize(
    ("hands", "found"),
    [
        ((20, 2, 3), "shared"), ((2, 20, 0), "against"), ((12, 9, 4), "differ"),
        ((14, 6, 0), "differ"), ((15, 6, 2), "open"), ((15, 5, 0), "shared"),
        ((10, 0, 0), "few"), ((0, 0, 30), "few"), ((11, 0, 0), "shared"),
    ],
)  # fmt: skip
def test_where_a_forum_stands(hands: tuple[int, int, int], found: str) -> None:
    assert stands(*hands, **LIMITS) == found


def test_amina_reads_the_forum_and_no_hand_is_known(cast: Cast) -> None:
    project = begin(cast)
    say(project, "Recess is too short.", (19, 3, 2), cast.rosa)
    say(project, "I eat alone.", (3, 2, 1), cast.rosa)
    page = signed_in(cast.amina).get(f"/listening/{project.pk}/heard/forum/").content.decode()
    assert "19 agree, 3 disagree, 2 pass" in page
    assert "I eat alone." in page
    assert "3 agree, 2 disagree" not in page
    assert len(by_standing(project, DAY)["shared"]) == 1


def say(project: ListeningProject, words: str, hands: tuple[int, int, int], by: User) -> Statement:
    agree, disagree, passed = hands
    said = {"on": DAY, "words": words, "agree": agree, "disagree": disagree, "passed": passed}
    row: Statement = write_down(Statement, project=project, key=uuid4(), said=said, by=by)
    return row


def test_a_visit_knows_no_teacher_and_says_what_it_is_not(cast: Cast) -> None:
    project, grace = begin(cast), signed_in(cast.grace)
    address = f"/listening/{project.pk}/heard/visit/new/"
    page = grace.get(address, follow=True).content.decode()
    assert "Not for evaluation." in page
    about = {field.name for field in Visit._meta.get_fields() if field.is_relation}
    assert about == {"district", "school", "project", "made_by"}
    long = grace.post(f"{address}?form={uuid4()}", {
        "on": "2026-10-05", "minutes": "900", "noticed": "They explain.", "seen": "learners_talk",
    })  # fmt: skip
    assert "from 1 to 240" in long.content.decode()
