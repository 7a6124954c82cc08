"""Rosa, Grace and a council read the figures; nobody reads more than was released."""

import csv
import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.insight import tasks
from hearth.insight.models import DataWalk, DisclosedTable, Release
from hearth.insight.reading import in_full, places, told, told_of_everybody
from tests.cast import Cast
from tests.insight.conftest import Release as MakeRelease
from tests.insight.released import asked_table, figure, hidden, tell, told_and_walked
from tests.makers import make_user


@pytest.fixture
def figures(release: MakeRelease) -> int:
    return release(cottonwood=420, sycamore=95, larkspur=610)


def page(client: Client, name: str, *args: str, **query: str) -> str:
    answer = client.get(reverse(f"insight:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_rosa_comes_to_her_own_school(client: Client, cast: Cast, figures: int) -> None:
    client.force_login(cast.rosa)
    answer = client.get(reverse("insight:numbers"))
    assert answer["Location"] == reverse("insight:picture", args=["cottonwood"])
    shown = page(client, "picture", "cottonwood")
    assert "How is Cottonwood Elementary doing?" in shown
    assert "Chronic absence" in shown


def test_rosa_chooses_another_place_and_year(client: Client, cast: Cast, figures: int) -> None:
    client.force_login(cast.rosa)
    there = reverse("insight:picture", args=["district"])
    numbers = reverse("insight:numbers")
    assert client.get(numbers, {"place": "district"})["Location"] == there
    asked = {"place": "district", "year": "2026"}
    assert client.get(numbers, asked)["Location"] == f"{there}?year=2026"
    home = reverse("insight:picture", args=["cottonwood"])
    assert client.get(numbers, {"place": "pinyon", "year": "x"})["Location"] == home


def test_priya_comes_to_the_district(client: Client, cast: Cast, figures: int) -> None:
    client.force_login(cast.priya)
    answer = client.get(reverse("insight:numbers"))
    assert answer["Location"] == reverse("insight:picture", args=["district"])


def test_a_measure_says_for_whom_how_sure_and_what_it_is_not(
    client: Client, cast: Cast, figures: int
) -> None:
    client.force_login(cast.grace)
    shown = page(client, "measure", "cottonwood", "chronic_absence")
    row = DisclosedTable.objects.get(school=cast.cottonwood, measure="chronic_absence")
    hispanic = next(f for f in row.figures if f["values"] == ["hispanic"])
    assert "Hispanic or Latino" in shown
    assert f"{hispanic['low']}%" in shown
    assert "What this is, and what it is not" in shown
    table = shown[shown.index("Each group with its size") :]
    assert table.index("Asian") < table.index("Hispanic or Latino") < table.index("White")


def test_a_group_of_four_is_withheld_with_its_reason(
    client: Client, cast: Cast, figures: int
) -> None:
    client.force_login(cast.grace)
    row = DisclosedTable.objects.get(school=cast.sycamore, measure="chronic_absence")
    few = [f for f in row.figures if f.get("because") == "few" and f["cut"] == "race"]
    assert few
    assert all(f["n"] is None for f in few)
    shown = page(client, "measure", "sycamore", "chronic_absence")
    assert "Too few students to tell" in shown


def test_the_file_marks_what_is_withheld_and_leaves_nothing_blank(
    client: Client, cast: Cast, figures: int
) -> None:
    client.force_login(cast.grace)
    answer = client.get(reverse("insight:measure_file", args=["sycamore", "chronic_absence"]))
    assert answer["Content-Type"].startswith("text/csv")
    text = answer.content.decode().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    withheld = [row for row in rows if row["Figure"] == "withheld"]
    assert withheld
    assert all(row["Shown or withheld"] not in ("", "shown") for row in withheld)
    told_by = [row for row in rows if row["Told by"]]
    assert all(row[name] for row in told_by for name in row if name not in ("Part", "Month"))


def test_before_anything_was_loaded_the_page_says_what_will_be_here(
    client: Client, cast: Cast
) -> None:
    client.force_login(cast.rosa)
    assert "No figures yet" in page(client, "picture", "cottonwood")
    assert "No figures yet" in page(client, "measure", "cottonwood", "chronic_absence")


def test_while_figures_are_being_built_the_page_says_so(client: Client, cast: Cast) -> None:
    client.force_login(cast.rosa)
    with transaction.atomic():
        tasks.build_soon(cast.alder.pk)
    for name, more in (("picture", []), ("measure", ["chronic_absence"])):
        assert "The figures are on their way" in page(client, name, "cottonwood", *more)
    assert "The figures are on their way" in page(client, "matrix")
    assert "The figures are on their way" in page(client, "missing", "cottonwood")
    client.force_login(cast.omar)
    assert "No figures yet" in page(client, "picture", "district")
    assert "No figures yet" in page(client, "matrix")


def test_a_mart_waits_for_the_mornings_other_files_until_somebody_knows_of_none(
    cast: Cast,
) -> None:
    with transaction.atomic():
        tasks.build_soon(cast.alder.pk)
    [waiting] = ProcrastinateJob.objects.filter(task_name="hearth.insight.tasks.build")
    assert waiting.scheduled_at > timezone.now()
    tasks.hasten(cast.bristlecone.pk)
    assert ProcrastinateJob.objects.get(pk=waiting.pk).scheduled_at is not None
    tasks.hasten(cast.alder.pk)
    assert ProcrastinateJob.objects.get(pk=waiting.pk).scheduled_at is None


@pytest.mark.parametrize(
    ("who", "may"),
    [("rosa", True), ("tom", True), ("helen", True), ("marcus", False), ("linh", False)],
)
def test_who_reads_numbers(client: Client, cast: Cast, who: str, may: bool) -> None:
    client.force_login(getattr(cast, who))
    answer = client.get(reverse("insight:picture", args=["cottonwood"]))
    assert answer.status_code == (200 if may else 403)


def test_a_council_member_reads_them_too(client: Client, cast: Cast, figures: int) -> None:
    client.force_login(make_user(cast.alder, "Ana Ruiz", "council_member", school=cast.cottonwood))
    assert "Chronic absence" in page(client, "picture", "cottonwood")


def test_months_are_told_of_everybody_and_of_the_groups(client: Client, cast: Cast) -> None:
    """The table tells the last month, the picture and the file all of them."""
    months = [
        figure(cut, *values, month=month, n=n, k=k)
        for month, k in (("2026-04-01", 90), ("2026-05-01", 95))
        for cut, values, n in (("", [], 200), ("gender", ["F"], 100), ("gender", ["M"], 100))
    ]
    tell(cast, [*months, hidden("gender", "X", month="2026-05-01")], measure="attendance_by_month")
    client.force_login(cast.grace)
    shown = page(client, "measure", "cottonwood", "attendance_by_month", by="gender")
    by_month = shown[shown.index("Month by month") :]
    assert "Apr 2026" in by_month
    assert "Female" in by_month
    groups = shown[shown.index("Each group with its size") : shown.index("Month by month")]
    assert groups.count("Female") == 1, "one month, the last"
    answer = client.get(reverse("insight:measure_file", args=["cottonwood", "attendance_by_month"]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    told = [(row["Month"], row["Group"]) for row in rows if row["Told by"]]
    assert told == [("April 2026", "Female"), ("April 2026", "Male"), ("May 2026", "Female"),
                    ("May 2026", "Male"), ("May 2026", "Nonbinary")]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "more"),
    [("measure", ["chronic_absence"]), ("picture", []),
     ("together", ["chronic_absence", "race+gender"])],
)  # fmt: skip
def test_a_page_of_figures_reads_a_handful_of_rows(
    client: Client, cast: Cast, django_assert_max_num_queries: Any, name: str, more: list[str]
) -> None:
    """However many schools, groups and months there are: what it tells was built ahead."""
    told_and_walked(cast)
    client.force_login(cast.grace)
    page(client, name, "cottonwood", *more)
    with django_assert_max_num_queries(12):
        page(client, name, "cottonwood", *more)


def test_the_page_of_an_asked_table_reads_a_handful_of_rows(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    asked = asked_table(cast)
    client.force_login(cast.priya)
    for name, args in (("asked", [str(asked.pk)]), ("build", [])):
        page(client, name, *args)
        with django_assert_max_num_queries(12):
            page(client, name, *args)


def test_a_schools_picture_says_of_everybody_what_the_measure_says(
    cast: Cast, figures: int
) -> None:
    """The picture reads no groups; what it reads is the same figure, and it knows of the groups."""
    here = replace(places(cast.alder.pk)[0], school=cast.cottonwood)
    short = {one.card.key: one for one in told_of_everybody(cast.grace, here)}
    whole = {one.card.key: one for one in told(cast.grace, here)}
    assert "chronic_absence" in short
    for key, one in short.items():
        assert one.summary == whole[key].summary
        assert one.cuts == []
        assert one.in_groups == bool(whole[key].cuts)
        assert in_full(cast.grace, one) == whole[key]


def test_what_was_released_stands_in_the_ledger(cast: Cast, figures: int) -> None:
    release = Release.objects.get(measure="chronic_absence")
    assert release.shown["chronic_absence||"]
    assert figures == DisclosedTable.objects.count()


def test_the_rows_behind_a_figure_are_students_whom_one_sees_anyway(
    client: Client, cast: Cast
) -> None:
    told_and_walked(cast)
    client.force_login(cast.rosa)
    assert "Nobody whom you see" in page(client, "rows", "cottonwood", "chronic_absence")
    by_race = reverse("insight:rows", args=["cottonwood", "chronic_absence"]) + "?by=race&group=x"
    assert client.get(by_race).status_code == 403
    client.force_login(cast.tom)
    assert client.get(by_race).status_code == 403


def test_a_table_of_two_groups_reads_like_the_others(client: Client, cast: Cast) -> None:
    told_and_walked(cast)
    client.force_login(cast.rosa)
    shown = page(client, "together", "cottonwood", "chronic_absence", "race+gender")
    assert "Hispanic or Latino, Female" in shown
    assert client.get(reverse("insight:build")).status_code == 403


def test_rosa_plans_a_walk_prints_it_in_two_languages_and_keeps_what_was_said(
    client: Client, cast: Cast
) -> None:
    told_and_walked(cast)
    client.force_login(cast.rosa)
    answer = client.post(
        reverse("insight:new_walk"),
        {
            "school": cast.cottonwood.pk, "title": "Autumn walk", "held_on": "2026-10-08",
            "year": "2026", "measures": ["chronic_absence"], "by_group": "race",
            "languages": ["en", "es"],
        },
    )  # fmt: skip
    walk = DataWalk.objects.get(title="Autumn walk")
    assert answer["Location"] == reverse("insight:walk", args=[walk.pk])
    for language, words in (("en", "I wonder"), ("es", "Me pregunto")):
        paper = client.get(reverse("insight:walk_posters", args=[walk.pk, language]))
        assert paper["Content-Type"] == "application/pdf"
        text = pypdf.PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
        assert words in text
    client.post(
        reverse("insight:walk_note", args=[walk.pk]),
        {"kind": "wonder", "measure": "chronic_absence", "words": "Is it the bus?"},
    )
    shown = page(client, "walk", str(walk.pk))
    assert "Is it the bus?" in shown
    client.force_login(cast.tom)
    assert "Is it the bus?" in page(client, "walk", str(walk.pk))
    assert client.post(reverse("insight:walk_note", args=[walk.pk]), {}).status_code == 403


def test_joy_of_another_school_does_not_read_cottonwoods_walk(client: Client, cast: Cast) -> None:
    walk = told_and_walked(cast)
    client.force_login(cast.joy)
    assert client.get(reverse("insight:walk", args=[walk.pk])).status_code == 404
