"""Beside a figure stand the state's; behind it, its students, for whoever sees them anyway."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from hearth.audit.models import Look
from hearth.insight import behind
from hearth.insight.mart.engine import Engine, Mart, opened
from hearth.insight.mart.store import OtherFormat
from hearth.insight.models import FactKey
from hearth.people.models import Student
from hearth.records.models import PublicFigure
from tests.cast import Cast
from tests.insight import marts
from tests.insight.released import figure, tell
from tests.makers import make_student, make_user

AT = ["cottonwood", "chronic_absence"]


@pytest.fixture
def told(cast: Cast) -> None:
    """One measure of Cottonwood, told of everybody, by grade and by race."""
    tell(cast, [figure(""), figure("grade", "04", n=60, k=15), figure("race", "asian", n=30, k=6)])


def printed(cast: Cast, near: str, value: str | None, **more: object) -> None:
    said = {"year": 2025, "measure": "chronic_absenteeism_rate", "group": "all", "name": ""} | more
    PublicFigure.objects.create(
        district=cast.alder, near=near, source="CDE", cds_code=said.pop("cds_code", near),
        value=None if value is None else Decimal(value), **said,
    )  # fmt: skip


def beside(client: Client) -> list[str]:
    """The lines under "Beside others", from the page as Grace reads it."""
    shown = client.get(reverse("insight:measure", args=AT)).content.decode()
    if "Beside others" not in shown:
        return []
    part = shown[shown.index("Beside others") : shown.index("What this is, and what it is not")]
    cells = [cell.split("</t")[0] for cell in part.split("<t")]
    said = [cell.partition(">")[2] for cell in cells if cell[:2] in ("h ", "d ")][3:]
    return [" ".join(said[n : n + 3]) for n in range(0, len(said), 3)]


def test_beside_cottonwood_stand_the_state_and_what_is_nearer_and_nearer(
    client: Client, cast: Cast, told: None
) -> None:
    cottonwood = cast.cottonwood
    cottonwood.cds_code = "01611190130229"
    cottonwood.save()
    printed(cast, "school", "21.50", cds_code=cottonwood.cds_code, name="Cottonwood Elementary")
    printed(cast, "school", "19.00", cds_code="01611190199999", name="Another of ours")
    printed(cast, "similar", "17.30", cds_code="1", name="Redbud Elementary")
    printed(cast, "similar", None, cds_code="2", name="Toyon Elementary")
    printed(cast, "district", "18.00", name="Alder Valley Unified")
    printed(cast, "county", "16.40", name="Alder County")
    printed(cast, "state", "18.10")
    client.force_login(cast.grace)
    assert beside(client) == [
        "California 2024–25 18.1%",
        "Alder County 2024–25 16.4%",
        "Alder Valley Unified 2024–25 18.0%",
        "Redbud Elementary 2024–25 17.3%",
        "Toyon Elementary 2024–25 not told",
        "Cottonwood Elementary 2024–25 21.5%",
    ]


def test_the_newest_printed_year_that_is_no_later_than_the_figures(
    client: Client, cast: Cast, told: None
) -> None:
    for year, value in ((2024, "20.00"), (2025, "18.10"), (2027, "15.00")):
        printed(cast, "state", value, year=year)
    printed(cast, "state", "31.00", group="race_black")
    printed(cast, "state", "3.00", measure="suspension_rate")
    client.force_login(cast.grace)
    assert beside(client) == ["California 2024–25 18.1%"]


def test_where_the_state_printed_nothing_the_page_has_no_such_part(
    client: Client, cast: Cast, told: None
) -> None:
    client.force_login(cast.grace)
    assert beside(client) == []


@pytest.fixture
def behind_it(
    cast: Cast, told: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Student]:
    """Diego and Noor were absent for long; Ana was there; Luis was absent, at Larkspur."""
    students = {
        "Diego": cast.diego,
        "Noor": make_student(cast.cottonwood, "Noor", "Haidari", grade="05"),
        "Ana": make_student(cast.cottonwood, "Ana", "Vega"),
        "Luis": make_student(cast.larkspur, "Luis", "Ortega", grade="09"),
    }
    for number, student in enumerate(students.values(), start=1):
        FactKey.objects.create(district=cast.alder, person=student.person, key=number)
    here = [
        {"student": number, "school": student.school_id, "grade": student.grade, "race": "asian"}
        for number, student in enumerate(students.values(), start=1)
    ]
    years = [
        {**dict.fromkeys(("unexcused", "suspended", "in_school", "independent",
                          "independent_missed"), 0),
         "student": row["student"], "school": row["school"], "year": 2026, "expected": 180,
         "present": 180 - missed, "excused": missed}
        for row, missed in zip(here, (30, 30, 2, 30), strict=True)
    ]  # fmt: skip
    made = marts.make(
        tmp_path / "mart", built_on=date(2026, 6, 30), student_years=here, years=years
    )

    @contextmanager
    def mart_of(_district: int) -> Iterator[Mart]:
        with opened(made, Engine(threads=1)) as mart:
            yield mart

    monkeypatch.setattr(behind, "open_mart", mart_of)
    return students


def rows(client: Client, **query: str) -> str:
    answer = client.get(reverse("insight:rows", args=AT), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_grace_reads_who_is_behind_her_schools_figure_and_that_is_kept(
    client: Client, cast: Cast, behind_it: dict[str, Student]
) -> None:
    client.force_login(cast.grace)
    shown = rows(client)
    assert "Diego" in shown
    assert "Noor" in shown
    assert "Vega" not in shown, "Ana was there"
    assert "Ortega" not in shown, "Luis is of another school"
    assert Look.objects.filter(by=cast.grace.pk, page="rows behind a figure").count() == 1


def test_after_an_update_the_rows_wait_until_it_is_counted_anew(
    client: Client, cast: Cast, behind_it: dict[str, Student], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_district: int) -> None:
        raise OtherFormat

    monkeypatch.setattr(behind, "open_mart", refused)
    client.force_login(cast.grace)
    shown = rows(client)
    assert "Not before it is counted anew" in shown
    assert "The figure counts nobody" not in shown


def test_by_grade_only_those_of_the_grade(
    client: Client, cast: Cast, behind_it: dict[str, Student]
) -> None:
    client.force_login(cast.grace)
    shown = rows(client, by="grade", group="04")
    assert "Diego" in shown
    assert "Noor" not in shown


def test_by_race_for_priya_who_answers_for_the_districts_figures(
    client: Client, cast: Cast, behind_it: dict[str, Student]
) -> None:
    """Who is in such a group says how somebody names their identity: few may read that."""
    client.force_login(cast.priya)
    assert "Diego" in rows(client, by="race", group="asian")
    assert "Nobody whom you see" in rows(client, by="race", group="white")
    client.force_login(cast.grace)
    by_race = {"by": "race", "group": "asian"}
    assert client.get(reverse("insight:rows", args=AT), by_race).status_code == 403


@pytest.mark.parametrize("who", ["tom", "helen", "linh", "marcus", "sam", "council"])
def test_who_reads_figures_and_nobodys_name(
    client: Client, cast: Cast, behind_it: dict[str, Student], who: str
) -> None:
    member = {"council": lambda: make_user(cast.alder, "Ana Ruiz", "council_member",
                                           school=cast.cottonwood),
              "sam": lambda: cast.login_of("sam")}  # fmt: skip
    client.force_login(member[who]() if who in member else getattr(cast, who))
    assert client.get(reverse("insight:rows", args=AT)).status_code == 403


def test_the_page_offers_rows_to_whoever_may_read_them(
    client: Client, cast: Cast, behind_it: dict[str, Student]
) -> None:
    at = reverse("insight:rows", args=AT)
    page = reverse("insight:measure", args=AT)
    offered = {}
    for who in ("grace", "tom", "helen"):
        client.force_login(getattr(cast, who))
        offered[who] = at in client.get(page, {"by": "grade"}).content.decode()
    assert offered == {"grace": True, "tom": False, "helen": False}


def test_who_coordinates_another_school_sees_nobody_there(
    client: Client, cast: Cast, behind_it: dict[str, Student]
) -> None:
    """A coordinator of Larkspur may ask for rows, and of Cottonwood's none is hers to see."""
    elsewhere = make_user(cast.alder, "Ines Mora", "coordinator", school=cast.larkspur)
    client.force_login(elsewhere)
    shown = rows(client)
    assert "Nobody whom you see" in shown
    assert "Diego" not in shown
