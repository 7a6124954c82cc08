"""A chart is drawn here, reads aloud, and never comes without its table."""

import pytest
from django.template.loader import render_to_string

from hearth.kit import chart
from hearth.kit.tokens import colors


def bars(**words):
    return chart.bars(
        [
            chart.Bar("Grade 3", 0.42, "42% of 120", 0.34, 0.5),
            chart.Bar("<script>alert(1)</script>", 0.6, "60% & more"),
            chart.Bar("Grade 5", None, "Not shown: fewer than 11"),
        ],
        **{
            "title": "Who has a trusted adult here?",
            "description": "More in grade 4.",
            "headings": ("Grade", "Share"),
            **words,
        },
    )


def test_the_page_has_the_picture_and_every_row_of_its_table():
    html = render_to_string("kit/chart.html", {"chart": bars(), "table_open": False})
    assert "<svg" in html
    assert html.count('<th scope="row">') == 3
    assert html.count("Not shown: fewer than 11") == 2


def test_a_screen_reader_hears_title_and_description():
    svg = bars().svg
    assert 'role="img"' in svg
    assert ">Who has a trusted adult here?</title>" in svg
    assert ">More in grade 4.</desc>" in svg


def test_words_of_the_data_cannot_become_markup_or_style():
    svg = bars(title="<b>", description='"><script>').svg
    assert "<script" not in svg
    assert "<b>" not in svg
    assert "style=" not in svg


def test_lines_differ_by_dash_and_mark_not_only_by_colour():
    drawn = chart.lines(
        [
            chart.Point(name, year, value, f"{value}")
            for name, values in {"All": (1.0, 2.0), "New": (2.0, 3.0)}.items()
            for year, value in zip(("2025", "2026"), values, strict=True)
        ],
        title="Visits",
        description="Both rise.",
        headings=("Group", "Year", "Visits"),
    )
    assert "stroke-dasharray" in drawn.svg
    assert colors()["series-1"] in drawn.svg
    assert len(drawn.rows) == 4


def test_no_chart_without_rows():
    with pytest.raises(ValueError, match="table"):
        chart.bars([], title="", description="", headings=("", ""))


def test_the_same_numbers_are_drawn_once():
    assert bars().svg is bars().svg
