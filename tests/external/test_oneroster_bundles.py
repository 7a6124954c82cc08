"""Real sample bundles, kept outside the project: they load, or give exactly their own faults."""

import datetime as dt
from pathlib import Path

import pytest

from hearth.imports.oneroster import check

SAMPLES = Path(__file__).resolve().parents[3] / "shared/data/oneroster"
TODAY = dt.date(2026, 8, 20)

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not on this machine")


@pytest.mark.parametrize("name", ["Test_minimal_data_set.zip", "Test_full_data_set.zip"])
def test_a_good_bundle_has_no_fault(name: str) -> None:
    checked = check(SAMPLES / "zips" / name, today=TODAY)

    assert checked.faults == []
    assert checked.frames.people is not None
    assert checked.frames.people.height == 6
    assert checked.frames.memberships is not None
    assert checked.open_references.is_empty()
    assert "department_as_school" in {note.kind for note in checked.notes}


def test_the_dirty_folder_gives_exactly_its_own_faults() -> None:
    checked = check(SAMPLES / "data/samples/OneRosterv1p1BaseCSV", today=TODAY)

    assert [(f.file, f.line, f.column, f.kind) for f in checked.faults] == [
        ("academicSessions.csv", 1, "schoolYear", "column_missing"),
        ("classes.csv", 2, "courseSourcedId", "cell_blank"),
        ("classes.csv", 2, "termSourcedIds", "reference_unknown"),
        ("classes.csv", 3, "courseSourcedId", "cell_blank"),
        ("classes.csv", 3, "termSourcedIds", "reference_unknown"),
        ("classes.csv", 4, "courseSourcedId", "cell_blank"),
        ("classes.csv", 4, "termSourcedIds", "reference_unknown"),
    ]
