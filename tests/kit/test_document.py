"""Documents are tagged for screen readers, and data in them is only ever data."""

from io import BytesIO

import pypdf
import pytest
import typst

from hearth.kit import document

HOSTILE = '#eval("1") $x$ *b* [a] \\ "q" \'s Nguyễn مرحبا'


def made(**words):
    sections = [
        {"heading": "Strengths", "strengths": True, "list": ["Draws maps"]},
        {
            "heading": "Next",
            "paragraphs": [HOSTILE],
            "table": {"headings": ["Who", "What"], "rows": [["Rosa Delgado", "Calls"]]},
        },
    ]
    data = {"title": "Plan for Minh Anh Nguyễn", "language": "en", "sections": sections, **words}
    return pypdf.PdfReader(BytesIO(document.pdf(document.DOCUMENT, data)))


def test_the_pdf_is_tagged_and_says_it_is_accessible():
    root = made().trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_a_name_that_looks_like_a_command_prints_as_it_is():
    text = made(lead=HOSTILE).pages[0].extract_text()
    assert text.count('#eval("1") $x$ *b* [a] \\ "q" \'s Nguyễn') == 2


def test_a_picture_no_font_can_draw_is_said_in_words_not_lost(monkeypatch):
    monkeypatch.setattr(document, "_spelling", {})
    text = made(lead="Well done 👩‍👧 \U000e0041!").pages[0].extract_text()
    assert "Well done" in text
    assert "👩" in text or "woman" in text


def test_a_mistake_in_a_template_is_not_hidden():
    with pytest.raises(typst.TypstError):
        document.pdf(document.DOCUMENT, {"title": "No sections", "language": "en"})


def test_a_whole_page_in_a_script_that_no_font_here_can_draw_is_still_a_paper(monkeypatch):
    monkeypatch.setattr(document, "_spelling", {})
    signs = "".join(map(chr, range(0x13000, 0x13064)))
    text = made(lead=f"Best {signs} José").pages[0].extract_text()
    assert "José" in text
    assert "[egyptian hieroglyph a001]" in text or signs[0] in text
    assert len(document._spelling) < 20, "a guess is for this paper alone"


def test_what_came_along_unseen_when_a_text_was_pasted_is_no_mistake():
    assert "one two three" in made(lead="one\ttwo\x0b \ufeffthree\x1f").pages[0].extract_text()


@pytest.mark.parametrize("said", ["👍🏽", "1️⃣", "👩🏽‍🏫", "José🏽", "ñ⃣", "தமிழ்", "ខ្មែរ", "မြန်မာ"])
def test_a_mark_that_cannot_be_drawn_spoils_neither_this_paper_nor_the_next(monkeypatch, said):
    """Of one school's thumb in a color, every later paper of this process wrote its é by name."""
    monkeypatch.setattr(document, "_spelling", {})
    assert "Best" in made(lead=f"Best {said} of all").pages[0].extract_text()
    text = made(lead="José and Nin\u0303o are 1 and 2").pages[0].extract_text()
    assert "José and Niño are 1 and 2" in text
