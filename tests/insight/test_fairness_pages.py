"""Grace, a council and a lawyer ask of each measure: is it fair?"""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from hearth.insight import actions, measures
from hearth.insight.disclose import Asked, CannotTell, crossed
from hearth.insight.mart.engine import Engine, opened
from hearth.insight.models import DisclosedTable
from hearth.records.models import PublicFigure
from tests.cast import Cast
from tests.insight import marts, worlds
from tests.insight.released import figure, hidden, tell
from tests.makers import make_user


@pytest.fixture
def cottonwood(cast: Cast) -> Cast:
    """Two years of Cottonwood: 12 of 60 Black students, 40 of the 800 others; Asian ones are few
    and one more group is withheld with them."""
    for year in (2026, 2025):
        day = {"as_of": f"{year}-07-01"}
        figures = [
            figure("", n=860, k=52, **day),
            figure("race", "black", n=60, k=12, **day),
            figure("race", "white", n=300, k=15, **day),
            figure("race", "hispanic", n=460, k=22, **day),
            hidden("race", "asian"),
            hidden("race", "filipino", because="linked", n=31),
            figure("gender", "F", n=430, k=27, **day),
            figure("gender", "M", n=430, k=25, **day),
        ]
        tell(cast, figures, year=year)
        tell(cast, figures, measure="suspension_rate_dashboard", year=year)
    return cast


def page(client: Client, name: str = "fair", measure: str = "chronic_absence", **query: str) -> str:
    answer = client.get(reverse(f"insight:{name}", args=["cottonwood", measure]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(client: Client, measure: str = "chronic_absence", **query: str) -> list[dict[str, str]]:
    text = page(client, "fair_file", measure, **query).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_grace_reads_strengths_first_then_where_to_look(client: Client, cottonwood: Cast) -> None:
    client.force_login(cottonwood.grace)
    shown = page(client)
    assert "Chronic absence: is it fair?" in shown
    alike, look = shown.index("No clear difference"), shown.index("Where to look, and whom to ask")
    assert alike < look < shown.index("Beside everybody else")
    assert "Black or African American: 20.0% (12 of 60), everybody else 5.0%" in shown
    assert "4.00 times" in shown
    assert "between 2.22 and 7.21: clearly more" in shown


def test_every_figure_has_its_two_counts_and_its_card(client: Client, cottonwood: Cast) -> None:
    client.force_login(cottonwood.grace)
    shown = page(client)
    for words in ("12 of 60", "40 of 800", "34 CFR 300.647", "What this is, and what it is not",
                  "This definition is read again", "A group is told", "11 people"):  # fmt: skip
        assert words in shown


def test_a_withheld_group_keeps_its_place_with_the_reason_and_no_ratio(
    client: Client, cottonwood: Cast
) -> None:
    client.force_login(cottonwood.grace)
    shown = page(client)
    assert "Too few to tell" in shown
    assert "Withheld, so that nobody can be worked out" in shown
    assert "2 groups cannot be set beside the others" in shown
    for group in ("Asian", "Filipino"):
        mine = [row for row in rows_of(client) if row["Group"] == group]
        assert mine
        assert not [row for row in mine if row["Shown or withheld"] == "shown"]
        numbers = ("Figure", "Counted", "Of", "Beside: counted", "Beside: of")
        told = {row[name] for row in mine for name in numbers if not _dashboard(row)}
        assert told == {"withheld"}


def _dashboard(row: dict[str, str]) -> bool:
    return row["What is told"].startswith("Dashboard")


def test_the_file_says_every_figure_and_what_it_is_made_of(
    client: Client, cottonwood: Cast
) -> None:
    client.force_login(cottonwood.grace)
    rows = rows_of(client, beside="white")
    black = {
        row["What is told"]: row
        for row in rows
        if row["Group"].startswith("Black") and row["School year"] == "2025–26"
    }
    assert black["risk ratio"]["Figure"] == "4.0000"
    assert black["relative rate index"]["Beside"] == "White"
    assert black["access gap, in points"]["Figure"] == "-15.0000"
    assert (black["composition"]["Counted"], black["composition"]["Of"]) == ("12", "52")
    assert black["representation"]["Figure"] == "3.3077"
    assert black["risk ratio"]["Clear difference"] == "yes"
    assert black["Dashboard: status"]["Figure"] == "High"


def test_one_may_choose_the_group_and_whom_to_stand_beside(
    client: Client, cottonwood: Cast
) -> None:
    client.force_login(cottonwood.grace)
    assert "Beside one group: Hispanic or Latino" in page(client), "the largest that is told"
    assert "Beside one group: White" in page(client, beside="white")
    assert "Beside one group: Hispanic or Latino" in page(client, beside="filipino")
    assert "Beside one group: Female" in page(client, by="gender")


def test_three_years_and_no_word_on_a_threshold_that_nobody_told_us(
    client: Client, cottonwood: Cast
) -> None:
    client.force_login(cottonwood.grace)
    shown = page(client)
    years = shown[shown.index("Three years") :]
    assert years.index("2023–24") < years.index("2024–25") < years.index("2025–26")
    assert "Not known: a year is not told" in years
    assert "number was not found in public" in years


def test_the_dashboard_for_the_measures_that_it_covers(client: Client, cottonwood: Cast) -> None:
    client.force_login(cottonwood.grace)
    shown = page(client, measure="suspension_rate_dashboard")
    table = shown[shown.index("As the California School Dashboard would say it") :]
    for words in ("Very high", "Maintained", "Red", "What counts is the state", "table of 2019"):
        assert words in table
    tell(cottonwood, [figure(""), figure("race", "white")], measure="referred")
    assert "California School Dashboard" not in page(client, measure="referred")


def test_where_too_few_others_are_here_the_state_stands_in(client: Client, cast: Cast) -> None:
    tell(cast, [figure("", n=360, k=15), figure("race", "black", n=60, k=12)])
    client.force_login(cast.grace)
    assert "everybody else is too few" in page(client)
    for group, part, size in (("all", 1000, 18000), ("african_american", 200, 2000)):
        PublicFigure.objects.create(
            district=cast.alder, near="state", cds_code="00000000000000", year=2025,
            measure="chronic_absenteeism_rate", group=group, value=1, numerator=part,
            denominator=size, source="California Department of Education",
        )  # fmt: skip
    shown = page(client)
    assert "800 of 16,000 in California" in shown
    assert "alternate risk ratio" in shown
    assert "California Department of Education, 2024–25" in shown


def test_staff_beside_students(client: Client, cast: Cast) -> None:
    day: dict[str, Any] = {"low": None, "high": None}
    tell(cast, [figure("", n=100, k=100, **day), figure("race", "hispanic", n=20, k=20, **day),
                hidden("race", "asian")], measure="staff")  # fmt: skip
    tell(cast, [figure("", n=1000, k=1000, **day), figure("race", "hispanic", n=600, k=600, **day),
                figure("race", "asian", n=90, k=90, **day)], measure="enrolled")  # fmt: skip
    client.force_login(cast.grace)
    shown = page(client, measure="staff")
    assert "Do our grown-ups look like our students?" in shown
    assert "0.33 times" in shown
    assert "−40.0" in shown
    (hispanic,) = (r for r in rows_of(client, "staff") if r["Group"].startswith("Hispanic"))
    assert (hispanic["Staff"], hispanic["All staff"]) == ("20", "100")
    (asian,) = (r for r in rows_of(client, "staff") if r["Group"] == "Asian")
    assert (asian["Staff"], asian["One over the other (parity)"]) == ("withheld", "withheld")


def test_whether_there_is_one_grown_up_of_a_race_is_not_to_be_read(
    client: Client, cast: Cast
) -> None:
    """Of Cottonwood's staff few are Asian and nobody is Filipino. Both read alike: not at all."""
    tell(cast, [figure("", n=100, k=100), figure("race", "hispanic", n=60, k=60),
                hidden("race", "asian"), hidden("race", "black", because="linked")],
         measure="staff")  # fmt: skip
    tell(cast, [figure("", n=900, k=900), figure("race", "hispanic", n=900, k=900)],
         measure="enrolled")  # fmt: skip
    client.force_login(cast.grace)
    for name in ("measure", "measure_file", "fair"):
        shown = page(client, name, "staff")
        assert "Hispanic" in shown
        assert "Asian" not in shown
        assert "Filipino" not in shown
    assert "Withheld, so that nobody can be worked out" in page(client, "measure", "staff")


def test_it_prints_as_tagged_paper_in_both_languages(client: Client, cottonwood: Cast) -> None:
    client.force_login(cottonwood.grace)
    for language, words in (("en", "Where to look"), ("es", "Dónde mirar")):
        client.cookies["django_language"] = language
        at = reverse("insight:fair_paper", args=["cottonwood", "chronic_absence"])
        paper = client.get(at, headers={"accept-language": language})
        assert paper["Content-Type"] == "application/pdf"
        read = pypdf.PdfReader(io.BytesIO(paper.content))
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
        assert words in " ".join(sheet.extract_text() for sheet in read.pages)


def test_ways_lead_there_from_the_measure_and_the_schools_picture(
    client: Client, cottonwood: Cast
) -> None:
    client.force_login(cottonwood.grace)
    at = reverse("insight:fair", args=["cottonwood", "chronic_absence"])
    assert f"{at}?year=2026" in page(client, "measure")
    picture = client.get(reverse("insight:picture", args=["cottonwood"])).content.decode()
    assert f"{at}?year=2026" in picture


def test_days_are_not_people_and_have_no_such_page(client: Client, cottonwood: Cast) -> None:
    tell(cottonwood, [figure(""), figure("race", "white")], measure="attendance_rate")
    client.force_login(cottonwood.grace)
    for measure in ("attendance_rate", "enrolled", "no_such"):
        answer = client.get(reverse("insight:fair", args=["cottonwood", measure]))
        assert answer.status_code == 404


def test_before_anything_was_released_it_says_what_will_be_here(client: Client, cast: Cast) -> None:
    client.force_login(cast.rosa)
    assert "No figures yet" in page(client)
    for name in ("fair_file", "fair_paper"):
        at = reverse(f"insight:{name}", args=["cottonwood", "chronic_absence"])
        assert client.get(at).status_code == 404


@pytest.mark.parametrize(
    ("who", "may"),
    [("rosa", True), ("tom", True), ("helen", True), ("marcus", False), ("linh", False)],
)
def test_who_reads_it(client: Client, cottonwood: Cast, who: str, may: bool) -> None:
    client.force_login(getattr(cottonwood, who))
    for name in ("fair", "fair_file", "fair_paper"):
        at = reverse(f"insight:{name}", args=["cottonwood", "chronic_absence"])
        assert client.get(at).status_code == (200 if may else 403)


def test_a_council_member_reads_it_too(client: Client, cottonwood: Cast) -> None:
    ana = make_user(cottonwood.alder, "Ana Ruiz", "council_member", school=cottonwood.cottonwood)
    client.force_login(ana)
    assert "is it fair?" in page(client)


@pytest.mark.parametrize("measure", ["chronic_absence", "staff"])
def test_the_page_reads_a_handful_of_rows(
    client: Client, cottonwood: Cast, django_assert_max_num_queries: Any, measure: str
) -> None:
    tell(cottonwood, [figure(""), figure("race", "white")], measure="staff")
    tell(cottonwood, [figure(""), figure("race", "white")], measure="enrolled")
    client.force_login(cottonwood.grace)
    page(client, measure=measure)
    with django_assert_max_num_queries(12):
        page(client, measure=measure)


def test_staff_are_told_by_race_and_language_and_a_few_of_them_are_not(
    cast: Cast, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four of Alder Valley's hundred are Asian; the four are told nowhere, nor is who is left."""
    every = measures.all()
    some = {key: every[key] for key in ("enrolled", "staff")}
    monkeypatch.setattr(measures, "all", lambda: some)
    school = cast.cottonwood.pk
    students, _years = worlds.students({school: 500})
    races = ["hispanic"] * 50 + ["white"] * 34 + ["black"] * 12 + ["asian"] * 4
    staff = [
        {
            "person": number,
            "school": school,
            "race": race,
            "language": "es" if number < 40 else "en",
        }
        for number, race in enumerate(races)
    ]
    snapshot = marts.make(tmp_path, student_years=students, staff=staff)
    with opened(snapshot, Engine(threads=1)) as mart:
        actions.release_standing(
            district_id=cast.alder.pk, mart=mart, stamp=snapshot.stamp, today=date(2026, 7, 1)
        )
    row = DisclosedTable.objects.get(school=None, measure="staff")
    told = {tuple(f["values"]): f for f in row.figures if f["cut"] == "race"}
    assert told["asian",]["because"] == "few"
    assert told["asian",]["n"] is None
    assert sum("because" in figure for figure in told.values()) > 1, "the four are not the rest"
    assert {f["k"] for f in row.figures if f["cut"] == "language"} == {40, 60}
    client.force_login(cast.grace)
    shown = page(client, measure="staff")
    assert "Students and staff: Home language" in shown
    assert "40 of 100" in shown
    with opened(snapshot, Engine(threads=1)) as mart, pytest.raises(CannotTell):
        crossed(mart, Asked("staff", 2026, ("race", "language")), {}, date(2026, 7, 1))
