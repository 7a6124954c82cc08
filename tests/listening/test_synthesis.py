"""Helen lays what her schools tell side by side: what is signed, in words, and who may visit."""

import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from pypdf import PdfReader

from hearth.listening.actions import project as projects
from hearth.listening.actions.coding import let_quote
from hearth.listening.actions.finding import write_finding
from hearth.listening.actions.heard import write_down
from hearth.listening.actions.report import make_report, sign_report
from hearth.listening.models import Interview, ListeningProject, Visit
from hearth.listening.models.coding import Quotation
from hearth.listening.rules.synthesis import Visit as Invited
from hearth.listening.rules.synthesis import picture
from tests.cast import Cast
from tests.listening.test_findings import signed_in
from tests.listening.world import SAID
from tests.supports.conftest import Asked
from tests.tagged import failures

FAMILIES, BELONG, COUNCILS = (
    "pillar.family_engagement",
    "condition.relationships",
    "practice.councils",
)
DAY = date(2026, 10, 5)


def test_who_may_visit_whom_what_is_shared_and_where_to_look() -> None:
    found = picture({
        1: {FAMILIES: "strength", BELONG: "both", COUNCILS: "silent"},
        2: {FAMILIES: "opportunity", BELONG: "strength", COUNCILS: "unasked"},
        3: {FAMILIES: "both", BELONG: "both", COUNCILS: "silent"},
    })  # fmt: skip
    assert found.strong == ((FAMILIES, (1, 3)), (BELONG, (1, 2, 3)))
    assert found.shared == (BELONG,)
    assert found.learn == (Invited(FAMILIES, (1, 3), (2,)),)
    assert found.together == ((FAMILIES, (2, 3)), (BELONG, (1, 3)))
    assert found.outside == ()
    assert found.ask_next == (COUNCILS,)


def test_an_opportunity_without_a_strength_anywhere_looks_outside() -> None:
    found = picture({1: {FAMILIES: "opportunity"}, 2: {FAMILIES: "heard"}})
    assert (found.outside, found.learn, found.together) == (((FAMILIES, (1,)),), (), ())
    assert found.ask_next == (), "people spoke of it"
    alone = picture({1: {FAMILIES: "strength"}})
    assert alone.shared == (), "one school shares nothing"
    assert picture({}).strong == ()


def tells(
    school: Any, by: Any, *found: tuple[str, str, str], sign: bool = True, quote: str = ""
) -> ListeningProject:
    """A school's project with its findings, each on a student's story and on a visit."""
    project = projects.begin_project(school=school, said=SAID, by=by)
    told = {"on": DAY, "role": "student", "quote": "yes", "stories": quote or "Nobody's words."}
    spoke = write_down(Interview, project=project, key=uuid4(), said=told, by=by)
    if quote:
        let_quote(interview=spoke, words=quote, looked=True, by=by)
    saw = write_down(Visit, project=project, key=uuid4(), by=by,
                     said={"on": DAY, "minutes": 10, "noticed": "They plant."})  # fmt: skip
    for side, about, words in found:
        write_finding(
            project=project, by=by, sources=[("interview", spoke.pk), ("visit", saw.pk)],
            said={"side": side, "about": about, "words": words, "sure": "fair",
                  "words_es": f"{words} (ES)"},
        )  # fmt: skip
    version, _new = make_report(project=project, by=by)
    if sign:
        sign_report(report=version, speaks_for="the school", words="", by=by)
    return project


def three(cast: Cast) -> ListeningProject:
    """Cottonwood and Larkspur signed; Willow Creek has not; nobody else has begun."""
    first = tells(
        cast.cottonwood, cast.rosa, ("strength", FAMILIES, "The office knows us."),
        quote="They waited for my grandmother to find the words.",
    )  # fmt: skip
    tells(cast.larkspur, cast.helen, ("opportunity", FAMILIES, "Letters come in English."),
          ("opportunity", BELONG, "Ninth grade eats alone."))  # fmt: skip
    tells(cast.willow_creek, cast.helen, ("opportunity", COUNCILS, "Nobody sits."), sign=False)
    return first


def page(user: Any) -> str:
    answer = signed_in(user).get("/listening/schools/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_helen_sees_who_could_visit_whom_and_no_school_is_called_bad(cast: Cast) -> None:
    three(cast)
    shown = page(cast.helen)
    assert (
        "Cottonwood Elementary: it is told of as a strength there. Larkspur High: an opportunity "
        "stands, and people from there could visit." in shown
    )
    for words in ("The office knows us.", "Letters come in English.", "Ninth grade eats alone."):
        assert words in shown
    assert "Nobody sits." not in shown, "nobody signed it"
    without = shown.partition("Which reports these are")[2]
    assert "Is listening; nothing is signed yet" in without.partition("Willow Creek Middle")[2]
    assert "Has not listened yet" in without.partition("Sycamore Elementary")[2]
    assert "They waited for my grandmother" in shown
    assert "1 interview, 1 classroom visit" in shown


def test_a_quote_that_was_taken_back_leaves_the_synthesis_too(cast: Cast) -> None:
    three(cast)
    Quotation.objects.all().delete()
    assert "They waited for my grandmother" not in page(cast.helen)


def test_whoever_sees_one_school_lays_nothing_beside_it(cast: Cast) -> None:
    three(cast)
    for user in (cast.rosa, cast.tom, cast.grace):
        for address in ("", "paper/en/"):
            assert signed_in(user).get(f"/listening/schools/{address}").status_code == 404
    assert "The office knows us." in page(cast.priya)
    assert signed_in(cast.linh).get("/listening/schools/").status_code == 403
    assert "What do our schools tell" in signed_in(cast.helen).get("/listening/").content.decode()
    assert (
        "What do our schools tell" not in signed_in(cast.rosa).get("/listening/").content.decode()
    )


def test_a_district_that_has_not_begun(cast: Cast) -> None:
    assert "No school has a signed report yet." in page(cast.helen)
    paper = signed_in(cast.helen).get("/listening/schools/paper/en/").content
    assert "No school has a signed report yet." in _text(paper)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("Who can learn from whom", "Told of as a strength", "The office knows us.")),
     ("es", ("Quién puede aprender de quién", "The office knows us. (ES)"))],
)  # fmt: skip
def test_on_paper_it_tells_what_the_page_tells(
    cast: Cast, language: str, said: tuple[str, ...]
) -> None:
    three(cast)
    paper = signed_in(cast.helen).get(f"/listening/schools/paper/{language}/").content
    assert failures(paper) == []
    for words in said:
        assert words in _text(paper)
    assert "Nobody sits." not in _text(paper)


def test_more_schools_than_columns_are_told_one_under_the_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(cast)
    monkeypatch.setattr("hearth.listening.reading.synthesis.BESIDE", 1)
    shown = page(cast.helen)
    assert 'scope="col"' not in shown
    told = shown.partition("The sixteen elements, school by school")[2]
    assert "nobody has spoken of it yet" in told, "every school, whatever it told"
    paper = signed_in(cast.helen).get("/listening/schools/paper/en/").content
    assert failures(paper) == []
    assert "Larkspur High: nobody has spoken of it yet" in _text(paper)


def test_it_asks_as_often_of_five_schools_as_of_one(cast: Cast) -> None:
    tells(cast.cottonwood, cast.rosa, ("strength", FAMILIES, "The office knows us."))
    helen = signed_in(cast.helen)
    helen.get("/listening/schools/")
    with Asked(connection) as one:
        helen.get("/listening/schools/")
    for school in (cast.sycamore, cast.willow_creek, cast.larkspur, cast.juniper):
        tells(school, cast.helen, ("opportunity", BELONG, "Lunch is loud."))
    with Asked(connection) as five:
        helen.get("/listening/schools/")
    assert five.count == one.count <= 12, "\n".join(five.questions)


def _text(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())
