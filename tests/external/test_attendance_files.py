"""Real files of others: attendance as two systems write it, and the state's own figures."""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest

from hearth.imports.extracts import Asked, Reading, attendance, edfi, figures
from tests.guards.house import ROOT

DATA = Path(os.environ.get("HEARTH_EXTERNAL_DATA", ROOT.parent / "shared" / "data"))
TODAY = dt.date(2026, 11, 22)


def asked(*parts: str) -> Asked:
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip("the files of others are not here")
    return Asked(path, path.name, TODAY)


def test_a_learning_systems_daily_report_asks_only_what_its_letters_mean() -> None:
    plain = asked("attendance_synthetic", "contoso", "batch1_studentattendance.csv")
    said = Reading(values={"P": "present", "A": "unexcused", "U": "unexcused", "E": "excused"})
    found = attendance.read(replace(plain, reading=said))
    assert found.faults == []
    days = found.frames["days"]
    assert (days.height, days["student"].n_unique()) == (12_000, 600)


def test_ed_fi_absences_of_grand_bend_are_read() -> None:
    found = edfi.read(asked("edfi", "StudentSchoolAttendance.xml"))
    assert found.faults == []
    days = found.frames["days"]
    assert days.height > 1_000
    assert set(days["kind"].cast(str).unique()) <= {"present", "excused", "unexcused"}


def test_the_states_rates_are_read_as_printed_and_what_it_withheld_stays_so() -> None:
    found = figures.read(asked("cde_outcomes", "chronic_absenteeism_rate.csv.gz"))
    assert found.faults == []
    frame = found.frames["figures"]
    assert frame.height == 453_658
    state = frame.filter((frame["level"] == "T") & (frame["group"] == "all"))
    assert dict(state.select("year", "value").rows()) == {2023: 24.9, 2024: 20.4}
    assert frame["value"].null_count() > 0


def test_the_states_count_of_pupils_is_read_from_its_spreadsheet() -> None:
    found = figures.read(asked("cde_cupc", "cupc2122-k12.xlsx"))
    assert found.faults == []
    frame = found.frames["figures"]
    schools = frame.filter(frame["level"] == "S")
    assert schools.height > 10_000
    assert (frame["numerator"] <= frame["denominator"]).all()
