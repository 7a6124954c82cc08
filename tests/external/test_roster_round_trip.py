"""Public sample rosters, loaded for real: in, again, and out."""

from pathlib import Path

import pytest

from hearth.imports import actions
from hearth.people.models import Person
from hearth.schools.models import District
from tests.imports.conftest import Load, load, maple, sums

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "oneroster"
GOOD = ["zips/Test_minimal_data_set.zip", "zips/Test_full_data_set.zip"]
DIRTY = SAMPLES / "data" / "samples" / "OneRosterv1p1BaseCSV"

pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")
__all__ = ["load", "maple"]


@pytest.mark.parametrize("name", GOOD)
def test_a_good_sample_loads_once_and_undo_takes_it_all_back(
    load: Load, maple: District, name: str
) -> None:
    empty = sums()
    first = load(SAMPLES / name)
    assert first.state == "applied"
    assert Person.objects.exists()
    loaded = sums()

    second = load(SAMPLES / name)
    assert second.state == "applied"
    for counts in second.counts.values():
        assert (counts["new"], counts["changed"], counts["gone"]) == (0, 0, 0)
    assert sums() == loaded

    for run in (second, first):
        actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)
    assert sums() == empty


def test_the_dirty_sample_loads_nothing_and_lists_its_faults(load: Load, maple: District) -> None:
    empty = sums()
    run = load(DIRTY)
    assert run.state == "faulty"
    assert run.faults.filter(blocking=True).count() == 7
    assert sums() == empty
