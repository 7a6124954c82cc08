"""The stories hold together, and are told the way the house speaks of children."""

import csv
import re
from collections import Counter

import pytest

from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.demo.roster import write_district
from hearth.demo.stories import PATH, STORIES
from hearth.supports.models import ClosedBecause, Domain, State, Urgency

WITH_SERVICE = {"referred", "waitlisted", "linked", "monitoring", "closed"}
TOLD = [pytest.param(story, id=story.key) for story in STORIES]


@pytest.fixture(scope="module")
def students_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stories")
    write_district(folder)
    with (folder / "users.csv").open(encoding="utf-8", newline="") as file:
        return Counter((row["primaryOrgSourcedId"], row["grades"]) for row in csv.DictReader(file))


def test_about_25_stories_cover_every_stage_and_domain():
    assert 25 <= len(STORIES) <= 30
    assert {story.stage for story in STORIES} == set(PATH) == set(State.values)
    assert {story.domain for story in STORIES} == set(Domain.values)
    assert {story.urgency for story in STORIES} == set(Urgency.values)
    assert len({story.key for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("story", TOLD)
def test_a_story_says_what_is_going_well_first_and_has_what_its_stage_needs(story):
    assert story.strength
    assert story.concern
    assert story.tried
    stage = PATH.index(story.stage)
    assert bool(story.owner) == (stage >= PATH.index("assigned")) or story.stage == "triaged"
    assert bool(story.plan) == (stage >= PATH.index("planned"))
    assert bool(story.service and story.provider) == (story.stage in WITH_SERVICE)
    assert (story.closed_because in ClosedBecause.values) == (story.stage == "closed")
    assert bool(story.answer_en) == bool(story.answer_es)
    assert story.answer_en or story.stage not in {"linked", "monitoring", "closed"}


@pytest.mark.parametrize("story", TOLD)
def test_a_storys_student_and_people_exist(story, students_in):
    school = SCHOOL[story.school]
    if story.student:
        assert (BY_KEY[story.student].role, BY_KEY[story.student].school) == (
            "student",
            story.school,
        )
    else:
        assert students_in[school.source_id, story.grade] >= story.nth >= 1
    for person in {story.referrer, story.owner} - {""}:
        member = BY_KEY.get(person)
        assert member or person in {"teacher", "counselor", "coordinator"}
        assert not member or member.school == story.school
        assert story.school == "cottonwood" or person not in {"rosa", "amina", "grace"}


def test_the_steps_of_a_story_lead_to_its_stage():
    for story in STORIES:
        assert ("submitted", *story.steps)[-1] == story.stage
    (waiting,) = [story for story in STORIES if story.stage == "waitlisted"]
    assert waiting.steps[-2:] == ("referred", "waitlisted")


def test_nothing_in_a_story_labels_a_child():
    words = re.compile(
        r"at.risk|deficit|stakeholder|subject|diagnos|disorder|therap|disabilit|adhd|defian"
        r"|failing|pregnan|drug|alcohol|abus|suicid|immigra",
        re.IGNORECASE,
    )
    for story in STORIES:
        told = " ".join(
            (story.strength, story.concern, story.tried, story.plan, story.service, story.note,
             story.answer_en)
        )  # fmt: skip
        assert not words.search(told), story.key


def test_a_few_notes_are_kept_for_the_support_team():
    assert 1 <= sum(bool(story.note) for story in STORIES) <= 4
