"""Tables of other surveys: read with care, never of persons, nothing of few, and taken back."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hearth.listening.actions.outside import keep_figures
from hearth.listening.forms.outside import FAULTS, NOTES
from hearth.listening.models import Document, ListeningProject, OutsideFigure, OutsideFile
from hearth.listening.rules.outside import Given, Table, beside, read, told_of
from hearth.listening.rules.outside_cells import (
    Unreadable,
    points_to_somebody,
    text_of,
    year_of,
)
from hearth.listening.rules.sets import shared_words
from tests.cast import Cast
from tests.listening.test_gap import STUDENTS, counted, signed_in
from tests.listening.world import begin

GIVEN = Given("CHKS", "2025-26", frozenset({"cottonwood elementary", "cottonwood"}), 11)
HEAD = "question,audience,group,n,percent\n"
CARING = "Caring adult relationships,students,,212,58\n"


def kinds(table: Table) -> list[str]:
    return [one.kind for one in table.faults]


def notes(table: Table) -> list[tuple[str, int]]:
    return [(one.kind, one.line) for one in table.notes]


# A table is read, or says what is wrong and how to mend it.


def test_a_line_is_read_with_what_stands_beside_the_table() -> None:
    (one,) = read(HEAD + CARING, GIVEN).figures
    assert (one.instrument, one.year, one.audience) == ("CHKS", "2025-26", "students")
    assert (one.construct, one.group, one.answered) == ("Caring adult relationships", "", 212)
    assert (one.percent, one.mean) == (Decimal("58.0"), None)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + CARING,
        HEAD.replace(",", "\t") + CARING.replace(",", "\t"),
        HEAD.replace(",", ";") + CARING.replace(",", ";").replace("58", "58,0 %"),
        "Pregunta,A quién se pregunta,Grupo,n,Porcentaje\n"
        "Caring adult relationships,estudiantes,todos,212,58%\n",
        "item,N,pct,Survey,School Year,school\n"
        "Caring adult relationships,212,0.58,California Healthy Kids Survey,2025-2026,Cottonwood\n",
    ],
)  # fmt: skip
def test_however_it_is_written_it_says_the_same(text: str) -> None:
    given = Given("CHKS", "2025-26", GIVEN.school, 11)
    table = read(text, given)
    assert not table.faults
    (one,) = table.figures
    assert (one.instrument, one.year, one.audience, one.answered, one.percent) == (
        "CHKS", "2025-26", "students", 212, Decimal("58.0"),
    )  # fmt: skip


def test_a_third_may_be_written_in_three_ways_but_only_in_one_at_a_time() -> None:
    line = "Q{n},students,,40,{said}\n"

    def told(*said: str) -> Table:
        return read(HEAD + "".join(line.format(n=n, said=one) for n, one in enumerate(said)), GIVEN)

    for many in (("0.31", "1"), ("31", "100"), ("31%", "100 %"), ("31.0", "100")):
        assert [one.percent for one in told(*many).figures] == [Decimal(31), Decimal(100)], many
    assert ("portions", 0) in notes(told("0.31", "1"))
    assert told("0.4%", "31").figures[0].percent == Decimal("0.4")
    assert kinds(told("0.31", "31")) == ["percent_mixed"]
    assert kinds(told("1", "0")) == ["percent_unclear"]
    assert kinds(told("31", "131")) == ["percent_range"]
    assert kinds(told("many")) == ["number"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["no_lines"]),
        (HEAD, ["no_lines"]),
        ("question,percent\nSafe,31\n", ["missing_answered"]),
        ("n,percent\n31,31\n", ["missing_construct"]),
        ("question,n\nSafe,31\n", ["missing_percent"]),
        (HEAD + CARING + CARING.upper(), ["twice"]),
        (HEAD + "Safe,astronauts,,40,31\n", ["audience"]),
        (HEAD + "Safe, at school,students,,40,31\n", ["too_many_cells"]),
        (HEAD + "Safe,students,,40,\n", ["no_figure"]),
        (HEAD + ",students,,40,31\n", ["no_construct"]),
        (HEAD + "Safe,students,,0,31\n", ["number"]),
        (HEAD + "Safe,students,,6,31\n", ["nothing_left"]),
        ("question,n,percent,year\nSafe,40,31,last year\n", ["year"]),
        ("question,n,percent,school\nSafe,40,31,Manzanita\n", ["nothing_left"]),
        ("Q1,Q2\n3,4\n2,2\n", ["like_persons"]),
    ],
)
def test_what_is_wrong_is_said(text: str, found: list[str]) -> None:
    assert kinds(read(text, GIVEN)) == found


def test_what_no_line_says_is_asked_for_once() -> None:
    nowhere = Given("", "", GIVEN.school, 11)
    assert kinds(read(HEAD + CARING + "Safe,students,,40,31\n", nowhere)) == ["instrument", "year"]


def test_every_fault_and_note_has_its_words() -> None:
    for words in FAULTS.values():
        assert words.what
        assert words.mend
    assert set(NOTES) == {"few", "gives_away", "withheld_there", "other_school", "portions"}


def test_letters_that_cannot_be_read_and_workbooks_are_refused() -> None:
    assert text_of("\ufeffñ".encode()) == "ñ"
    assert text_of("ñ".encode("utf-16")) == "ñ"
    for data, why in (("Señal".encode("cp1252"), "encoding"), (b"PK\x03\x04..", "not_a_table"),
                      (b"%PDF-1.7", "not_a_table"), (b"a\x00b", "encoding")):  # fmt: skip
        with pytest.raises(Unreadable, match=why):
            text_of(data)
    assert year_of("2025/2026") == "2025-26"
    with pytest.raises(Unreadable):
        year_of("2025-27")


@pytest.mark.parametrize(
    "text",
    [
        "Timestamp,question,n,percent\n3/4/2026,Safe,40,31\n",
        "SSID,Q1,Q2\n1234567890,3,4\n",
        "First Name,n,percent\nMinh Anh,1,100\n",
        HEAD + "".join(f"Student {n},students,,1,100%\n" for n in range(5)),
        HEAD + "minhanh@example.org,students,,40,31\n",
        HEAD + "Safe,students,1234567890,40,31\n",
    ],
)
def test_a_table_of_persons_is_refused_and_nothing_of_it_comes_back(text: str) -> None:
    table = read(text, GIVEN)
    assert kinds(table) == ["persons"]
    assert not table.figures
    assert not table.notes


# Nothing of few, and nothing that gives few away.


def test_a_line_of_six_is_left_out_and_so_is_what_would_give_it_away() -> None:
    text = HEAD + (
        "Safe,students,all,200,70\n"
        "Safe,students,Grade: 7,100,71\n"
        "Safe,students,Grade: 8,94,75\n"
        "Safe,students,Grade: 9,6,0\n"
        "Safe,students,Gender: girls,101,70\n"
        "Safe,students,Gender: boys,99,70\n"
    )
    table = read(text, GIVEN)
    assert [one.group for one in table.figures] == ["", "Grade: 7", "Gender: girls", "Gender: boys"]
    assert notes(table) == [("gives_away", 4), ("few", 5)]


def test_no_cell_is_too_long_or_too_great_to_be_kept() -> None:
    text = HEAD + "Safe,students,all,99999999999,70\n"
    assert [fault.kind for fault in read(text, GIVEN).faults] == ["number"]
    long = HEAD.replace("\n", ",Instrument\n", 1) + f"Safe,students,all,200,70,{'x' * 300}\n"
    assert [len(one.instrument) for one in read(long, GIVEN).figures] == [120]


def test_two_thirds_as_a_spreadsheet_writes_it_is_no_student_and_a_long_word_no_address() -> None:
    thirds = "Safe,students,all,212,66.6666666667\nCalm,students,all,212,33.3333333333\n"
    table = read(HEAD + thirds, GIVEN)
    assert [one.kind for one in table.faults] == []
    assert points_to_somebody("1234567890")
    assert points_to_somebody("mail rosa@example.org now")
    assert not points_to_somebody("a" * 120_000), "looked at once, not once a letter"


def test_a_star_of_the_publisher_is_a_group_of_few() -> None:
    table = read(HEAD + "S,students,,50,70\nS,students,A,45,71\nS,students,B,*,*\n", GIVEN)
    assert [one.group for one in table.figures] == [""]
    assert notes(table) == [("withheld_there", 4), ("gives_away", 3)]


def test_groups_that_overlap_stand_only_where_all_are_many() -> None:
    assert told_of({"": 60, "a": 40, "b": 30}, 11) == {"", "a", "b"}
    assert told_of({"": 50, "a": 40, "b": 30, "c": 4}, 11) == {""}
    assert told_of({"a": 40, "b": 4}, 11) == {"a"}


def test_a_group_that_leaves_few_is_left_out_though_another_overlaps_it() -> None:
    """95 of 100 are boys: whatever else is told, five are not."""
    assert told_of({"": 100, "Male": 95}, 11) == {""}
    assert told_of({"": 100, "Male": 95, "Hispanic": 60}, 11) == {"", "Hispanic"}
    assert told_of({"": 100, "Male": 100, "Hispanic": 60}, 11) == {"", "Male", "Hispanic"}


def test_what_stands_beside_what_is_a_question_of_ours() -> None:
    assert beside("Caring Adult Relationships") == "known"
    assert beside("Perceived school safety") in shared_words()
    assert beside("Vaping") == ""


# The pages.


def send(client: Client, project: ListeningProject, text: str, **said: str) -> str:
    told = {"pasted": text, "instrument": "CHKS", "year": "2025-26", "terms": "Published",
            "source": "https://calschls.org, p. 4"}  # fmt: skip
    address = f"/listening/{project.pk}/outside/new/?form={uuid4()}"
    answer = client.post(address, told | said, follow=True)
    return answer.content.decode()


def test_rosa_looks_keeps_and_takes_back(cast: Cast) -> None:
    project = begin(cast)
    counted(project, "students", STUDENTS)
    rosa = signed_in(cast.rosa)
    seen = send(rosa, project, HEAD + CARING)
    assert "1 figure would be kept." in seen
    assert "58 % of 212" in seen
    assert not OutsideFigure.objects.exists(), "looked at, not kept"
    page = send(rosa, project, HEAD + CARING, keep="1")
    assert "CHKS 2025-26" in page
    assert "California Healthy Kids Survey" in page
    assert re.search(r"Beside it, our own.*Being known well.*60 % of 75", page, re.DOTALL)
    assert "https://calschls.org, p. 4" in page
    assert "Published" in page
    newer = send(rosa, project, HEAD + CARING.replace("58", "61"), keep="1")
    assert "61 % of 212" in newer
    assert "58 % of 212" not in newer
    back = f"/listening/{project.pk}/outside/{OutsideFile.objects.latest('pk').pk}/back/"
    assert "58 % of 212" in rosa.post(back, follow=True).content.decode()
    amina = signed_in(cast.amina)
    assert "58 % of 212" in amina.get(f"/listening/{project.pk}/outside/").content.decode()
    assert amina.post(back).status_code == 403


def test_kept_twice_it_is_kept_once(cast: Cast) -> None:
    project, key = begin(cast), uuid4()
    figures = read(HEAD + CARING, GIVEN).figures
    for _time in range(2):
        keep_figures(school=cast.cottonwood, figures=figures, source="A", terms="B", by=cast.rosa,
                     key=key)  # fmt: skip
    assert OutsideFigure.objects.count() == 1
    other = read(HEAD + CARING.replace("58", "61"), GIVEN).figures
    keep_figures(school=cast.cottonwood, figures=other, source="A", terms="B", by=cast.rosa,
                 key=key)  # fmt: skip
    assert OutsideFigure.objects.count() == 2, "after Back, another table by the same form"
    with pytest.raises(PermissionDenied):
        keep_figures(school=project.school, figures=figures, source="A", terms="B", by=cast.tom,
                     key=uuid4())  # fmt: skip


def test_two_tables_cannot_be_laid_over_each_other(cast: Cast) -> None:
    """One brings the whole of 200, another only the 196 girls: four boys would be left over."""
    project, rosa = begin(cast), signed_in(cast.rosa)
    send(rosa, project, HEAD + "Safe,students,,200,70\n", keep="1")
    page = send(rosa, project, HEAD + "Safe,students,Gender: girls,196,71\n", keep="1")
    assert "70 % of 200" in page
    assert "196" not in page
    girls = OutsideFigure.objects.get(group="Gender: girls")
    lay = f"/listening/{project.pk}/outside/figures/{girls.pk}/lay/"
    assert rosa.post(lay).status_code == 404, "what does not stand there is laid nowhere"


def test_what_is_wrong_is_said_with_its_line_and_persons_are_not_written_back(cast: Cast) -> None:
    project, rosa = begin(cast), signed_in(cast.rosa)
    page = send(rosa, project, HEAD + CARING + "Safe,astronauts,,40,31\n", keep="1")
    assert "Line 3:" in page
    assert "Write students, families, staff or partners." in page
    assert "astronauts" in page, "what was pasted is still there to be mended"
    page = send(rosa, project, "First name,n,percent\nMinh Anh,1,100\n", keep="1")
    assert "This looks like a table of persons" in page
    assert "Minh Anh" not in page
    assert not OutsideFile.objects.exists()


def test_a_file_of_excels_older_letters_says_how_to_mend_it(cast: Cast) -> None:
    project, rosa = begin(cast), signed_in(cast.rosa)
    old = SimpleUploadedFile("a.csv", (HEAD + "Señal,students,,40,31\n").encode("cp1252"))
    page = send(rosa, project, "", file=old)  # type: ignore[arg-type]
    assert "CSV UTF-8" in page
    new = SimpleUploadedFile("a.csv", (HEAD + "Señal,students,,40,31\n").encode("utf-8-sig"))
    assert "1 figure would be kept." in send(rosa, project, "", file=new)  # type: ignore[arg-type]


def test_laid_among_the_documents_once_a_finding_may_rest_on_it(cast: Cast) -> None:
    project, rosa = begin(cast), signed_in(cast.rosa)
    send(rosa, project, HEAD + CARING, keep="1")
    figure: Any = OutsideFigure.objects.get()
    for _time in range(2):
        rosa.post(f"/listening/{project.pk}/outside/figures/{figure.pk}/lay/")
    document = Document.objects.get()
    assert document.title == "CHKS 2025-26"
    assert document.excerpt == ("Caring adult relationships: 58 % of 212. Students. CHKS 2025-26.")
