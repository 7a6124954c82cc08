"""What was heard goes back: a page for each group, posters for a walk, only what is signed."""

import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from hearth.listening.actions.coding import let_quote
from hearth.listening.actions.finding import open_check, recommend, write_finding
from hearth.listening.actions.report import make_report, sign_report
from hearth.listening.models import Finding, Interview, ListeningProject, Report, Statement
from hearth.listening.paper.share_back import page
from hearth.listening.reading.share_back import VOICE, told_back
from tests.cast import Cast
from tests.listening.test_findings import SAID, down, signed_in
from tests.listening.world import counted
from tests.supports.conftest import Asked
from tests.tagged import failures

WORDS = "Somebody at the office always knows my name."


def told(cast: Cast, *, sign: bool = True) -> ListeningProject:
    """A counted survey; a strength that students and a family told, and what is done about it."""
    project = counted(cast).project
    family = down(cast, project, Interview, role="family", quote="yes", stories=WORDS)
    let_quote(interview=Interview.objects.get(pk=family[1]), words=WORDS, looked=True, by=cast.rosa)
    forum = down(cast, project, Statement, words="We plant.", agree=9, disagree=1, passed=2)
    made = write_finding(
        project=project, sources=[family, forum], by=cast.rosa,
        said=SAID | {"words_es": "Los niños sienten orgullo en el huerto."},
    )  # fmt: skip
    recommend(
        finding=made, words="A second bed", words_es="Otro cantero", owner="Tom's class",
        next_step="Ask the city", next_step_es="Preguntar a la ciudad",
        by_when=date(2027, 1, 8), by=cast.rosa,
    )  # fmt: skip
    version, _new = make_report(project=project, by=cast.rosa)
    if sign:
        sign_report(report=version, speaks_for="the school", words="", by=cast.rosa)
    return project


def test_each_group_reads_what_it_told_and_what_happens_now(cast: Cast) -> None:
    project = told(cast)
    tom = signed_in(cast.tom)
    for audience, own in (("students", True), ("families", True), ("staff", False)):
        answer = tom.get(f"/listening/{project.pk}/report/1/back/{audience}/")
        shown = answer.content.decode()
        for words in (SAID["words"], "A second bed", "Ask the city", "Tom&#x27;s class"):
            assert words in shown
        assert ("You told us" in shown) is own
        assert ("We want to hear you" in shown) is not own, "nobody of the staff was heard"
        assert WORDS not in shown, "a quote stays in the report"
    assert tom.get(f"/listening/{project.pk}/report/1/back/neighbors/").status_code == 404
    assert "What goes back to whom" in tom.get(f"/listening/{project.pk}/report/").content.decode()


def test_what_nobody_signed_goes_back_to_nobody(cast: Cast) -> None:
    project = told(cast, sign=False)
    check = open_check(project=project, by=cast.rosa)
    rosa = signed_in(cast.rosa)
    address = f"/listening/{project.pk}/report/"
    assert "What goes back to whom" not in rosa.get(address).content.decode()
    for rest in ("1/back/students/", "1/back/students/es/", "1/posters/en/"):
        assert rosa.get(f"{address}{rest}").status_code == 404
    open_page = f"/heard/{cast.alder.slug}/{check.key}/"
    assert Client().get(f"{open_page}back/students/").status_code == 404
    assert "What happens now" not in Client().get(open_page).content.decode()


def test_linh_reads_it_without_an_account_and_can_say_that_it_is_not_so(cast: Cast) -> None:
    project = told(cast)
    check = open_check(project=project, by=cast.rosa)
    open_page = f"/heard/{cast.alder.slug}/{check.key}/"
    assert f"{open_page}back/families/" in Client().get(open_page).content.decode()
    asked = Client().get(open_page, headers={"accept-language": "es"}).content.decode()
    assert asked.count("Los niños sienten orgullo en el huerto.") == 2, "read, and to choose from"
    page = f"{open_page}back/families/"
    shown = Client().get(page, headers={"accept-language": "es"}).content.decode()
    assert "Los niños sienten orgullo en el huerto." in shown
    assert "Preguntar a la ciudad" in shown
    assert WORDS not in shown
    assert open_page in shown
    assert Client().get(f"/heard/{cast.alder.slug}/{uuid4()}/back/families/").status_code == 404
    assert Client().get(page.replace("alder-valley", "bristlecone")).status_code == 404
    with Asked(connection) as asking:
        Client().get(page)
    assert asking.count <= 12, "\n".join(asking.questions)


def test_what_was_put_right_does_not_go_on_in_the_street(cast: Cast) -> None:
    project = told(cast)
    check = open_check(project=project, by=cast.rosa)
    page = f"/heard/{cast.alder.slug}/{check.key}/back/families/"
    assert SAID["words"] in Client().get(page).content.decode()
    row = Finding.objects.get(project=project)
    write_finding(
        project=project, finding=row, by=cast.rosa, said=SAID | {"words": "They said no."},
        sources=[one.thing for one in row.sources.all()],
    )  # fmt: skip
    shown = Client().get(page).content.decode()
    assert SAID["words"] not in shown
    assert "A second bed" not in shown
    assert "They said no." not in shown, "nobody has signed it"
    own = signed_in(cast.tom).get(f"/listening/{project.pk}/report/1/back/families/")
    assert SAID["words"] in own.content.decode(), "the signed version stands as it was"


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_one_tagged_page_in_each_language(cast: Cast, language: str) -> None:
    project = told(cast)
    open_check(project=project, by=cast.rosa)
    said = {"en": ("A second bed", "What we will do"), "es": ("Otro cantero", "Lo que haremos")}
    for audience in VOICE:
        address = f"/listening/{project.pk}/report/1/back/{audience}/{language}/"
        paper = signed_in(cast.tom).get(address).content
        assert failures(paper) == []
        pages = PdfReader(io.BytesIO(paper)).pages
        assert len(pages) == 1
        text = " ".join(pages[0].extract_text().split())
        for words in said[language]:
            assert words in text
    assert signed_in(cast.tom).get(address.replace(language, "fr")).status_code == 404


def test_long_findings_of_many_stay_one_page(cast: Cast) -> None:
    project = told(cast)
    version = Report.objects.get()
    one: Any = version.told["findings"][0]
    long = {"words": "A long story of many words. " * 6, "words_es": "Una historia larga. " * 9}
    sides = ("strength", "opportunity")
    many = [one | long | {"pk": 100 + n, "side": sides[n % 2]} for n in range(9)]
    version.told |= {"findings": [one, *many]}
    back = told_back(version, "students")
    assert len(back["strengths"]) == 3
    assert back["more"] is True
    paper = page(version, "students", "es", "https://hearth.example/heard/alder-valley/1/")
    assert len(PdfReader(io.BytesIO(paper)).pages) == 1, "the letters grow smaller first"
    assert failures(paper) == []
    assert project.pk


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_poster_for_each_finding_and_each_figure(cast: Cast, language: str) -> None:
    project = told(cast)
    paper = signed_in(cast.tom).get(f"/listening/{project.pk}/report/1/posters/{language}/").content
    assert failures(paper) == []
    pages = PdfReader(io.BytesIO(paper)).pages
    figures = Report.objects.get().told["surveys"][0]["questions"]
    assert len(pages) == 1 + len(figures)
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {
        (792, 1224)
    }  # fmt: skip
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "?" in text
    assert WORDS not in text
    assert "25 %" in text, "as the report told it"
