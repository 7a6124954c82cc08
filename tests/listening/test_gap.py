"""Where students, families, staff and partners see the same thing differently."""

import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from hearth.listening.actions import survey as surveys
from hearth.listening.actions.report import make_report
from hearth.listening.models import Box, ListeningProject, Survey, Surveyed
from hearth.listening.paper.report import paper as printed
from hearth.listening.reading.gap import for_report, gaps, sentence
from hearth.listening.reading.results import results
from hearth.listening.rules.gap import Difference, Seen, difference, is_favorable
from hearth.listening.rules.layout import marks
from hearth.listening.rules.questions import Question, questions_of
from hearth.listening.rules.sets import shared_words, shipped
from tests.cast import Cast
from tests.listening.world import begin

TODAY = date(2026, 11, 2)
FOUR, THREE = (1, 2, 3, 4), (1, 2, 3)
# Of how many and how many say yes, by question: 48 % of students and 79 % of staff are welcome.
STUDENTS = {"home": (75, 36), "adult": (75, 45), "safe": (75, 60)}
STAFF = {"welcome": (34, 27), "known": (34, 22), "safe": (34, 28)}


def counted(
    project: ListeningProject, key: str, told: dict[str, tuple[int, int]], *, seal: bool = True
) -> Survey:
    """A survey of the house that this many answered, written straight into its box."""
    chosen = shipped()[key]
    words: dict[str, Any] = {
        "title": chosen.title, "intro": chosen.intro, "audience": chosen.audience, "way": "open",
        "languages": ["en", "es"], "sheet": list(chosen.sheet), "opens": date(2020, 1, 1),
        "closes": date(2039, 1, 1), "known": None, "known_by_group": {},
    }  # fmt: skip
    by: Any = project.made_by
    survey = surveys.make_survey(project=project, said=words, by=by)
    survey = surveys.open_survey(survey=survey, by=by)
    fill(survey, told)
    return surveys.seal(survey=survey, by=by) if seal else survey


def fill(survey: Survey, told: dict[str, tuple[int, int]]) -> None:
    counts = [0] * len(survey.places)
    last = {q.key: q.options[-1].key for q in survey.questions if q.options}
    for person in range(max(n for n, _yes in told.values())):
        answers = {
            key: (last[key] if person < yes else "1",)
            for key, (n, yes) in told.items()
            if person < n
        }
        for place, more in marks(survey.questions, answers).items():
            counts[survey.places[place] - 1] += more
    Box.objects.filter(survey=survey).update(counts=counts)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(cast: Cast, project: ListeningProject) -> str:
    html = signed_in(cast.rosa).get(f"/listening/{project.pk}/gap/").content.decode()
    found = re.search(r"<main.*</main>", html, re.DOTALL)
    assert found
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", found[0])  # drawn by lot each time


# What a difference is.


def test_of_four_answers_the_best_two_are_favorable_and_of_three_faces_the_best() -> None:
    by_key: dict[str, Question] = {
        f"{name}.{q.key}": q
        for name in ("students", "young")
        for q in questions_of(shipped()[name].sheet)
    }
    assert is_favorable(by_key["students.home"]) == [False, False, True, True]
    assert is_favorable(by_key["students.teased"]) == [True, True, False, False]
    assert is_favorable(by_key["young.happy"]) == [False, False, True]


def test_what_chance_alone_would_bring_is_no_clear_difference() -> None:
    students, staff = Seen("students", 36, 75, FOUR), Seen("staff", 27, 34, FOUR)
    assert difference([students, staff]) == Difference("students", "staff", 31, clear=True)
    few = Seen("staff", 9, 12, FOUR)
    assert difference([students, few]) == Difference("students", "staff", 27, clear=False)


def test_whoever_looks_at_six_pairs_is_held_to_a_stricter_measure_than_at_one() -> None:
    two = [Seen("students", 50, 100, FOUR), Seen("staff", 31, 45, FOUR)]
    between = [Seen("families", 55, 100, FOUR), Seen("partners", 56, 100, FOUR)]
    assert difference(two) == Difference("students", "staff", 19, clear=True)
    assert difference([*two, *between]) == Difference("students", "staff", 19, clear=False)


def test_half_of_four_answers_is_not_compared_with_the_best_of_three_faces() -> None:
    assert difference([Seen("students", 5, 75, FOUR), Seen("young", 70, 75, THREE)]) is None
    assert difference([Seen("students", 5, 75, FOUR)]) is None


def test_every_mark_of_the_sets_has_its_name_in_both_languages() -> None:
    marked = {row["shared"] for one in shipped().values() for row in one.sheet if "shared" in row}
    assert marked == set(shared_words())
    assert all(words["en"] and words["es"] for words in shared_words().values())


# The page.


def test_rosa_reads_where_students_and_staff_differ_most(cast: Cast) -> None:
    project = begin(cast)
    counted(project, "students", STUDENTS)
    counted(project, "staff", STAFF)
    html = page(cast, project)
    first = html.index("Students see this 31 points less often than staff.")
    assert first < html.index("No clear difference."), "the widest comes first"
    assert "<span>48 % of 75</span>" in html
    assert "<span>79 % of 34</span>" in html
    assert html.count("not counted yet") >= 2, "families and partners have not answered"
    counted(project, "partners", {"welcome": (20, 15)})
    assert "not asked this" in page(cast, project), "partners are not asked about safety"
    assert "<td>48 % of 75</td>" in html, "the table beside the picture says the same"
    amina = signed_in(cast.amina).get(f"/listening/{project.pk}/gap/").content.decode()
    assert "31 points" in amina
    assert "Write it down as a finding" not in amina


def test_one_tap_leads_to_a_finding_in_these_words(cast: Cast) -> None:
    project = begin(cast)
    counted(project, "students", STUDENTS)
    counted(project, "staff", STAFF)
    here, rosa = f"/listening/{project.pk}/gap/", signed_in(cast.rosa)
    form = rosa.post(here, {"key": "welcome"}, follow=True).content.decode()
    assert "Feeling welcome. Students see this 31 points less often than staff." in form
    assert "Students: 48 % of 75, Staff: 79 % of 34." in form
    taken = Surveyed.objects.order_by("pk")
    assert [one.audience for one in taken] == ["students", "staff"]
    for one in taken:
        assert re.search(rf'value="surveyed-{one.pk}"[^>]*checked', form), "what it rests on"
    rosa.post(here, {"key": "welcome"})
    assert len(taken.all()) == 2, "pressed twice, taken once"
    assert rosa.post(here, {"key": "nothing"}).status_code == 404
    assert signed_in(cast.amina).post(here, {"key": "safe"}).status_code == 403
    assert len(taken.all()) == 2


def test_rosa_reads_it_in_spanish(cast: Cast) -> None:
    project = begin(cast)
    counted(project, "students", STUDENTS)
    counted(project, "staff", STAFF)
    rosa = signed_in(cast.rosa)
    rosa.cookies["django_language"] = "es"
    html = rosa.get(f"/listening/{project.pk}/gap/").content.decode()
    assert "Entre estudiantes se ve así 31 puntos menos que entre el personal." in html


def test_the_report_is_offered_the_same_in_every_language(cast: Cast) -> None:
    project = begin(cast)
    counted(project, "students", STUDENTS)
    counted(project, "staff", STAFF)
    told = for_report(project, TODAY)
    assert told[0]["words"]["es"] == "Que cada quien se sienta en su casa"
    assert sentence(Difference(**told[0]["found"])).startswith("Students see this 31 points")
    assert told[0]["sides"][0] == {"audience": "students", "percent": 48, "answered": 75}


# An attack: what do these pages give away that the results pages keep?


@pytest.mark.parametrize("answers", [(8, 0), (8, 8), (10, 5), (1, 1)])
def test_what_eight_of_staff_chose_moves_nothing_on_the_page(
    cast: Cast, answers: tuple[int, int]
) -> None:
    """34 answered, but only a few the question about safety: neither their number, nor what they
    chose, nor that there were some, may be read from a sentence, an order or a picture."""
    project = begin(cast)
    counted(project, "students", STUDENTS)
    staff = counted(project, "staff", {**STAFF, "safe": (0, 0)})
    before = page(cast, project)
    fill(staff, {**STAFF, "safe": answers})
    assert page(cast, project) == before


def test_a_survey_of_nine_and_one_that_runs_move_nothing(cast: Cast) -> None:
    project = begin(cast)
    counted(project, "students", STUDENTS)
    counted(project, "staff", STAFF)
    families = counted(project, "families", {"welcome": (9, 9), "safe": (9, 9)})
    running = counted(project, "partners", {"welcome": (30, 0)}, seal=False)
    before = page(cast, project)
    fill(families, {"welcome": (9, 0), "safe": (3, 0)})
    fill(running, {"welcome": (31, 31), "known": (31, 0)})
    assert page(cast, project) == before
    assert "too few to tell" in before


def test_whoever_has_read_the_results_pages_learns_nothing_new_here(cast: Cast) -> None:
    """Every number is worked out anew from what the results pages tell, as an attacker would; what
    they withhold is withheld. Two surveys of one audience are never added up."""
    project = begin(cast)
    every = [
        counted(project, "students", STUDENTS),
        counted(project, "students", {"home": (80, 36), "adult": (7, 7), "safe": (80, 40)}),
        counted(project, "staff", {**STAFF, "known": (10, 9)}),
    ]
    told = {
        (survey.pk, one.words): one
        for survey in every
        for one in results(survey, "en", TODAY).questions
    }
    found = [side for one in gaps(project, "en", TODAY) for side in one.sides if side.survey]
    assert {side.survey.pk for side in found if side.survey} == {every[1].pk, every[2].pk}
    for side in found:
        assert side.survey is not None
        there = told[side.survey.pk, side.words]
        if not there.enough:
            assert side.seen is None
            continue
        assert side.seen is not None
        best = sum(line.count for line in there.lines[2:])
        assert (side.seen.favorable, side.seen.answered) == (best, there.answered)
    assert sum(side.seen is None for side in found) >= 2


def test_a_version_of_the_report_tells_it_on_the_page_and_on_paper(cast: Cast) -> None:
    project = begin(cast)
    counted(project, "students", STUDENTS)
    counted(project, "staff", STAFF)
    version, _new = make_report(project=project, by=cast.rosa)
    said = "Students see this 31 points less often than staff."
    shown = signed_in(cast.tom).get(f"/listening/{project.pk}/report/").content.decode()
    assert said in shown
    assert shown.count("less often than") == 1  # what is not clear is not told
    paper = PdfReader(io.BytesIO(printed(version, [], set(), "en")))
    assert said in " ".join(" ".join(page.extract_text().split()) for page in paper.pages)
