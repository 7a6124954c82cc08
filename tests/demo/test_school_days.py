"""The demo calendar: a California school year that a family would recognize."""

import csv
from datetime import date

import pytest

from hearth.demo.school_days import SchoolYear, weekdays, write_calendar


def test_the_year_2026_runs_from_12_august_to_8_june():
    year = SchoolYear(2026)
    assert (year.first_day, year.last_day) == (date(2026, 8, 12), date(2027, 6, 8))
    assert year.title == "2026-27"


@pytest.mark.parametrize("year", range(2024, 2036))
def test_students_come_about_180_days_in_any_year(year):
    kinds = [kind for _, kind, _ in weekdays(SchoolYear(year))]
    assert 178 <= kinds.count("instructional") <= 182


@pytest.mark.parametrize("year", range(2024, 2036))
def test_terms_lie_inside_the_year_and_do_not_overlap(year):
    school_year = SchoolYear(year)
    assert school_year.first_day < school_year.fall_ends
    assert school_year.fall_ends < school_year.spring_begins < school_year.last_day
    kinds = {day: kind for day, kind, _ in weekdays(school_year)}
    assert kinds[school_year.first_day] == kinds[school_year.last_day] == "instructional"
    assert kinds[school_year.fall_ends] == "instructional"


def test_the_file_names_each_weekday_once_and_why_school_is_closed(tmp_path):
    path = write_calendar(tmp_path, 2026)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["date", "kind", "name"]
    assert len({row["date"] for row in rows}) == len(rows)
    assert {row["kind"] for row in rows} == {"instructional", "holiday", "break", "staff day"}
    assert all(bool(row["name"]) == (row["kind"] != "instructional") for row in rows)
    by_day = {row["date"]: row["name"] for row in rows}
    assert by_day["2026-09-07"] == "Labor Day"
    assert by_day["2026-11-26"] == "Thanksgiving Day"
    assert by_day["2027-01-18"] == "Martin Luther King Jr. Day"
    assert not any(date.fromisoformat(row["date"]).weekday() > 4 for row in rows)
