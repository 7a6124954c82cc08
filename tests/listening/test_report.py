"""What Cottonwood tells of what it heard: only what stands, as it was signed, in two languages."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from pypdf import PdfReader

from hearth.listening.actions.coding import let_quote
from hearth.listening.actions.finding import recommend, write_finding
from hearth.listening.actions.report import make_report, sign_report
from hearth.listening.models import Finding, Interview, ListeningProject, Report, SignOff, Statement
from hearth.listening.models.coding import Quotation
from hearth.listening.rules.report import Difference, differences
from tests.cast import Cast
from tests.listening.test_findings import SAID, down, heard, signed_in
from tests.listening.world import counted
from tests.makers import make_user
from tests.supports.conftest import Asked
from tests.tagged import failures

LUNCH = {"side": "opportunity", "about": "condition.relationships", "sure": "very",
         "words": "Lunch is loud."}  # fmt: skip


def told(cast: Cast) -> tuple[ListeningProject, Finding, list[tuple[str, int]]]:
    """One opportunity and one strength that stand, one draft; Tom's quiet corner."""
    project, sources = heard(cast, "student")
    lunch = write_finding(project=project, said=LUNCH, sources=sources, by=cast.rosa)
    write_finding(project=project, said=SAID, sources=sources, by=cast.rosa)
    write_finding(
        project=project, said=SAID | {"words": "Nobody listens."}, sources=sources[:1], by=cast.rosa
    )
    recommend(finding=lunch, words="A quiet corner", owner="Tom", next_step="Ask grade 5",
              by_when=date(2027, 1, 8), by=cast.rosa)  # fmt: skip
    return project, lunch, sources


def spoken(cast: Cast, project: ListeningProject, quote: str, words: str) -> Interview:
    _kind, pk = down(cast, project, Interview, role="student", quote=quote, stories=words)
    found: Interview = Interview.objects.get(pk=pk)
    return found


def page(user: Any, project: ListeningProject) -> str:
    answer = signed_in(user).get(f"/listening/{project.pk}/report/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_strengths_first_and_a_draft_never_enters(cast: Cast) -> None:
    project, _lunch, _sources = told(cast)
    assert "No version yet" in page(cast.tom, project)
    version, new = make_report(project=project, by=cast.rosa)
    assert (version.number, new) == (1, True)
    assert [one["words"] for one in version.told["findings"]] == [SAID["words"], LUNCH["words"]]
    shown = page(cast.tom, project)
    assert shown.index(SAID["words"]) < shown.index(LUNCH["words"])
    assert "Nobody listens." not in shown
    assert "Ask grade 5" in shown
    lunch = shown.partition("Supportive environmental conditions")[2]
    assert f'<a href="#finding-{_lunch.pk}">' in lunch, "what is behind the word"
    assert "An opportunity stands" in lunch
    assert "2 sources, 2 kinds" in shown
    again, new = make_report(project=project, by=cast.grace)
    assert (again.pk, new) == (version.pk, False), "nothing is different"


def test_words_without_consent_never_enter(cast: Cast) -> None:
    project, _lunch, _sources = told(cast)
    open_words = spoken(cast, project, "yes", "I felt proud of the beans.")
    let_quote(interview=open_words, words="I felt proud of the beans.", looked=True, by=cast.rosa)
    no = spoken(cast, project, "no", "It was a bad year for me.")
    own = {"project": project, "school": project.school, "district": project.district}
    for row in (no, spoken(cast, project, "other_words", "We eat in the hall every single day.")):
        # However it came in: a yes that is not there lets nothing out.
        Quotation.objects.create(interview=row, words=row.stories, made_by=cast.rosa, **own)
    version, _new = make_report(project=project, by=cast.rosa)
    assert [one["words"] for one in version.told["quotes"]] == ["I felt proud of the beans."]
    Quotation.objects.filter(interview=open_words).delete()
    shown = page(cast.rosa, project)
    assert "proud of the beans" not in shown, "taken back: it is told no more, whatever was signed"
    assert "A quote was taken back" in shown
    assert "1 quote is told no more" in shown
    paper = signed_in(cast.rosa).get(f"/listening/{project.pk}/report/1/paper/en/")
    assert "beans" not in _text(paper.content)


def test_a_signed_version_stands_and_the_page_says_what_is_different(cast: Cast) -> None:
    project, lunch, sources = told(cast)
    version, _new = make_report(project=project, by=cast.rosa)
    signed_in(cast.grace).post(
        f"/listening/{project.pk}/report/1/sign/",
        {"speaks_for": "the staff", "words": "This is us."},
    )
    before = Report.objects.values().get(pk=version.pk)
    assert "Since this version was made" not in page(cast.rosa, project)
    words = LUNCH | {"words": "Lunch is short and loud."}
    write_finding(project=project, said=words, sources=sources, by=cast.rosa, finding=lunch)
    write_finding(
        project=project, said=SAID, sources=sources[:1], by=cast.rosa,
        finding=Finding.objects.get(words=SAID["words"]),
    )  # fmt: skip
    assert Report.objects.values().get(pk=version.pk) == before
    shown = page(cast.rosa, project)
    assert "Since this version was made" in shown
    assert "A finding was changed" in shown
    assert "Lunch is short and loud." in shown
    assert "A finding no longer stands" in shown
    assert shown.count(SAID["words"]) == 2, "as it was signed, and named as gone"
    assert "This is us." in shown
    signed_in(cast.rosa).post(f"/listening/{project.pk}/report/make/")
    assert [(one.number, one.signed.count()) for one in Report.objects.order_by("number")] == [
        (1, 1), (2, 0)
    ]  # fmt: skip
    assert "Earlier versions" in page(cast.rosa, project)
    first = _text(signed_in(cast.rosa).get(f"/listening/{project.pk}/report/1/paper/en/").content)
    assert "Lunch is loud." in first
    assert "Lunch is short" not in first


def test_the_database_refuses_to_change_a_version_or_a_signature(cast: Cast) -> None:
    project, _lunch, _sources = told(cast)
    version, _new = make_report(project=project, by=cast.rosa)
    sign_report(report=version, speaks_for="the school", words="", by=cast.rosa)
    again = sign_report(report=version, speaks_for="nobody", words="", by=cast.rosa)
    assert again.speaks_for == "the school"
    for rows, change in ((Report.objects, {"number": 7}), (SignOff.objects, {"words": "No."})):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(**change)


def test_who_makes_it_and_who_signs_it(cast: Cast) -> None:
    project, _lunch, _sources = told(cast)
    for nobody in (cast.tom, cast.omar, cast.linh):
        with pytest.raises(PermissionDenied):
            make_report(project=project, by=nobody)
    version, _new = make_report(project=project, by=cast.rosa)
    with pytest.raises(PermissionDenied):
        sign_report(report=version, speaks_for="my class", words="", by=cast.tom)
    address = f"/listening/{project.pk}/report/1/"
    assert signed_in(cast.tom).get(f"{address}sign/").status_code == 403
    assert signed_in(cast.omar).get(f"{address}sign/").status_code == 404
    assert signed_in(cast.omar).get(f"{address}paper/en/").status_code == 404
    assert signed_in(cast.rosa).get(f"{address}paper/fr/").status_code == 404
    assert "Sign this version" not in page(cast.tom, project)
    assert "Sign this version" in page(cast.rosa, project)
    mei = make_user(cast.alder, "Mei Chen", "council_member", school=cast.cottonwood)
    assert "Make a new version" not in page(mei, project)
    said = {"speaks_for": "the families of the council"}
    signed_in(mei).post(f"{address}sign/", said)
    assert "the families of the council" in page(cast.tom, project)
    assert "Sign this version" not in page(mei, project), "once is enough"


def test_a_quote_put_in_other_words_is_told_in_its_old_ones_no_more(cast: Cast) -> None:
    project, _lunch, _sources = told(cast)
    row = spoken(cast, project, "yes", "My cousin and I planted beans.")
    let_quote(interview=row, words="My cousin and I planted beans.", looked=True, by=cast.rosa)
    make_report(project=project, by=cast.rosa)
    assert "My cousin and I" in page(cast.tom, project)
    let_quote(interview=row, words="We planted beans.", looked=True, by=cast.rosa)
    shown = page(cast.tom, project)
    assert "My cousin and I" not in shown
    assert "A quote was put in other words" in shown


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("What is strong", "What we recommend", "Grade 3", "Four pillars",
             "Nobody has spoken of it yet")),
     ("es", ("Las fortalezas", "Lo que recomendamos", "Cuatro pilares"))],
)  # fmt: skip
def test_on_paper_it_is_tagged_and_tells_what_the_page_tells(
    cast: Cast, language: str, said: tuple[str, ...]
) -> None:
    survey = counted(cast)
    project = survey.project
    sources = [
        down(cast, project, Statement, words="We plant.", agree=9, disagree=1, passed=2),
        down(cast, project, Interview, role="family", quote="no", stories="The office knows us."),
    ]
    made = write_finding(project=project, said=SAID, sources=sources, by=cast.rosa)
    recommend(finding=made, words="A second bed", owner="Tom", next_step="Ask the city",
              by_when=date(2027, 1, 8), by=cast.rosa)  # fmt: skip
    make_report(project=project, by=cast.rosa)
    answer = signed_in(cast.tom).get(f"/listening/{project.pk}/report/1/paper/{language}/")
    document = PdfReader(io.BytesIO(answer.content))
    root: Any = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf has its own true
    assert root["/Lang"] == language
    assert failures(answer.content) == []
    text = _text(answer.content)
    for words in (*said, SAID["words"], "A second bed"):
        assert words in text
    assert "The office knows us." not in text, "what was heard stays with few"
    assert "Idea 3" not in text, "what people wrote was not asked to be quoted"
    assert "I feel at home here." in page(cast.tom, project)


def test_the_page_asks_at_most_twelve_questions(cast: Cast) -> None:
    project, _lunch, _sources = told(cast)
    for _ in range(3):
        make_report(project=project, by=cast.rosa)
        write_finding(project=project, said=SAID, sources=_sources, by=cast.rosa)
    rosa = signed_in(cast.rosa)
    with Asked(connection) as asking:
        rosa.get(f"/listening/{project.pk}/report/")
    assert asking.count <= 12, "\n".join(asking.questions)


def test_a_difference_is_named_by_its_parts() -> None:
    corner = {"pk": 5, "words": "A corner", "owner": "Tom", "next_step": "Ask", "by_when": "x"}
    lunch = {"pk": 1, "words": "Loud", "side": "opportunity", "about": "a", "sure": "fair",
             "rests_on": ["visit-1"], "recommendations": [corner]}  # fmt: skip
    then = {"findings": [lunch], "quotes": [{"pk": 3, "words": "Proud"}]}
    assert differences(then, then) == []
    now = {
        "findings": [lunch | {"rests_on": ["visit-2"],
                              "recommendations": [corner | {"owner": "Linh"}]}],
        "quotes": [{"pk": 4, "words": "Safe"}],
    }  # fmt: skip
    assert differences(then, now) == [
        Difference("finding", "changed", "Loud", "Loud", ("rests_on",)),
        Difference("recommendation", "changed", "A corner", "A corner", ("owner",)),
        Difference("quote", "withdrawn", "Proud", ""),
        Difference("quote", "added", "", "Safe"),
    ]


def _text(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())
