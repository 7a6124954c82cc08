"""The house's own reader finds nothing wrong with the house's own district."""

from datetime import date

import pytest

from hearth.demo.roster import write_district
from hearth.imports.oneroster import check


@pytest.mark.parametrize("students", [50, 700])
def test_the_reader_finds_no_fault_in_the_demo_district(tmp_path, students):
    write_district(tmp_path, students=students)
    checked = check(tmp_path, today=date(2026, 11, 22))
    assert checked.faults == []
    assert checked.version == "1.2"
