"""Who is still to be heard: the state's bands, and nothing of a group of few."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from hearth.listening.actions import survey as surveys
from hearth.listening.actions.asking import ask_everybody
from hearth.listening.actions.reach import say_reached
from hearth.listening.models import Interview, ListeningProject, Statement
from hearth.listening.reading.reach import Reached, reached
from hearth.listening.rules.hearing import band_tops
from hearth.listening.rules.reach import band, is_missing
from hearth.people.models import Person, ProgramTime
from tests.cast import Cast
from tests.listening.test_findings import down
from tests.listening.world import asked_by_mail, begin, opened, say
from tests.makers import make_student

TODAY = date(2026, 10, 5)
SAID: dict[str, Any] = {
    "people": 9, "anonymous": 40, "known": None, "by": ["interview", "survey"],
    "rule": "Sign-in sheets, each family once",
}  # fmt: skip


@pytest.mark.parametrize(
    ("people", "there", "found"),
    [
        (0, 400, "0"), (1, 400, "1-24"), (99, 400, "1-24"), (100, 400, "25-49"),
        (199, 400, "25-49"), (200, 400, "50-74"), (299, 400, "50-74"), (300, 400, "75-100"),
        (400, 400, "75-100"), (410, 400, "75-100"), (5, None, "not_reported"),
        (5, 0, "not_reported"), (None, 400, "not_reported"), (5, 10, "few"), (0, 11, "0"),
    ],
)  # fmt: skip
def test_r1_the_states_five_bands(people: int | None, there: int | None, found: str) -> None:
    tops = band_tops(TODAY)
    assert band(people, there, upper=tops, fewest=11) == found
    assert is_missing(found, tops) is (found in ("0", "1-24", "25-49", "50-74"))


def test_answers_without_a_name_are_counted_apart(cast: Cast) -> None:
    for number in range(10):
        make_student(cast.cottonwood, f"Child{number}", "Here")
    project = begin(cast)
    for group in ("students", "families"):
        say_reached(project=project, group=group, said=SAID, by=cast.rosa)
    found = {one.key: one for one in reached(project, TODAY)}
    assert found["students"].band == "75-100", "9 of 12; the 40 without a name add nothing"
    assert found["families"].band == "few", "Linh alone is a group of few"
    assert found["partners"].band == "not_reported"
    amina = Client()
    amina.force_login(cast.amina)
    page = amina.get(f"/listening/{project.pk}/reached/").content.decode()
    assert "75-100 %" in page
    assert "40 answers without a name, counted apart" in page
    assert "Say how many" not in page


def test_three_in_four_is_asked_of_each_group(cast: Cast) -> None:
    project = begin(cast)
    said = SAID | {"people": 3, "known": 30}
    rosa = Client()
    rosa.force_login(cast.rosa)
    rosa.post(f"/listening/{project.pk}/reached/partners/", said)
    page = rosa.get(f"/listening/{project.pk}/reached/").content.decode()
    assert "Fewer than three in four were heard:" in page
    begins = rosa.get(f"/listening/{project.pk}/").content.decode()
    assert f'Partners. <a href="/listening/{project.pk}/reached/"' in begins, (
        "said where one begins"
    )
    rosa.post(f"/listening/{project.pk}/reached/absent/", said)
    at = {one.key: one.band for one in reached(project, TODAY)}
    assert at["absent"] == "1-24", "every group of the state's form is asked for"
    assert at["racially_marginal"] == "not_reported", "nobody wrote it down: never a zero"
    with pytest.raises(PermissionDenied):
        say_reached(project=project, group="staff", said=SAID, by=cast.tom)


def found_of(project: ListeningProject) -> dict[str, Reached]:
    return {one.key: one for one in reached(project, TODAY)}


def in_program(cast: Cast, people: list[Person], program: str) -> None:
    ProgramTime.objects.bulk_create(
        ProgramTime(district=cast.alder, person=one, program=program, starts=date(2026, 8, 1))
        for one in people
    )


def test_who_answers_by_a_link_of_their_own_counts_once_whatever_they_answer(cast: Cast) -> None:
    survey = asked_by_mail(cast, people=40)
    project = survey.project
    assert found_of(project)["students"].band == "0"
    again = surveys.make_survey(
        project=project, by=cast.rosa,
        said={name: getattr(survey, name) for name in surveys.FIELDS},
    )  # fmt: skip
    ask_everybody(survey=again, by=cast.rosa)
    again = surveys.open_survey(survey=again, by=cast.rosa)
    people = list(survey.invitations.order_by("person").values_list("person", flat=True))
    for asked, first, last in ((survey, 0, 10), (again, 5, 15)):
        for person in people[first:last]:
            say(asked, slot=asked.invitations.get(person=person).slot, home="1")
    assert found_of(project)["students"].by == [("a survey", 15)]
    assert found_of(project)["students"].band == "25-49", "15 of 40, though 20 answers came"


def test_interviews_and_the_fullest_forum_count_and_the_most_is_at_least(cast: Cast) -> None:
    for number in range(38):
        make_student(cast.cottonwood, f"Child{number}", "Here")
    project = begin(cast)
    for hands in ((9, 3, 2), (20, 5, 5), (2, 1, 1)):
        said = dict(zip(("agree", "disagree", "passed"), hands, strict=True))
        down(cast, project, Statement, words="We plant.", **said)
    for _ in range(3):
        down(cast, project, Interview, role="student", quote="no", stories="The garden.")
    students = found_of(project)["students"]
    assert sorted(students.by) == [("a forum", 30), ("interviews", 3)]
    assert students.band == "75-100", "30 of 40; the three may be among them"
    say_reached(project=project, group="students", said=SAID | {"people": 9}, by=cast.rosa)
    assert found_of(project)["students"].band == "75-100", "what the team wrote down is less"
    say_reached(project=project, group="students", said=SAID | {"people": 12}, by=cast.rosa)
    Statement.objects.all().delete()
    assert found_of(project)["students"].band == "25-49", "12 by sign-in sheets, 3 by interviews"


def test_answers_at_one_address_for_all_are_counted_apart(cast: Cast) -> None:
    survey = opened(cast)
    for _ in range(7):
        say(survey, home="1")
    students = found_of(survey.project)["students"]
    assert (students.anonymous, students.band) == (7, "not_reported")
    say_reached(project=survey.project, group="students", said=SAID, by=cast.rosa)
    assert found_of(survey.project)["students"].anonymous == 47


def test_a_group_is_told_by_its_band_and_not_where_the_list_would_name_it(cast: Cast) -> None:
    survey = asked_by_mail(cast, people=40)
    asked = [one.person for one in survey.invitations.select_related("person").order_by("person")]
    in_program(cast, asked[:12], "english_learner")
    in_program(cast, asked[12:24], "foster")
    in_program(cast, asked[:5], "homeless")
    slots = dict(survey.invitations.values_list("person", "slot"))
    for person in asked[:4]:
        say(survey, slot=slots[person.pk], home="1")
    found = found_of(survey.project)
    assert found["students"].band == "1-24"
    assert found["english_learner"].band == "not_reported", "two looks would tell who came between"
    surveys.seal(survey=survey, by=cast.rosa)
    found = found_of(survey.project)
    assert (found["english_learner"].band, found["english_learner"].by) == ("25-49", [])
    assert found["foster"].band == "0"
    assert found["homeless"].band == "few"


def test_where_the_list_would_name_a_group_nobody_writes_the_guard_away(cast: Cast) -> None:
    """Twenty have not answered: twelve foster youth, and eight others are too few to hide them."""
    survey = asked_by_mail(cast, people=40)
    asked = [one.person for one in survey.invitations.select_related("person").order_by("person")]
    in_program(cast, asked[12:24], "foster")
    slots = dict(survey.invitations.values_list("person", "slot"))
    for person in (*asked[:4], *asked[24:]):
        say(survey, slot=slots[person.pk], home="1")
    surveys.seal(survey=survey, by=cast.rosa)
    assert found_of(survey.project)["foster"].band == "few"
    say_reached(project=survey.project, group="foster", said=SAID | {"people": 0}, by=cast.rosa)
    assert found_of(survey.project)["foster"].band == "few", "a nought by hand tells no more"
