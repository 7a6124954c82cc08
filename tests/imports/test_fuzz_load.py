"""A changed bundle loads whole or not at all, and undo puts everything back, whatever it held."""

import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from hearth.imports import actions
from hearth.imports.models import ImportRun
from hearth.imports.oneroster import BundleRefused
from hearth.schools.models import District
from tests.imports.conftest import Load, sums
from tests.imports.oneroster.bundles import FILES_1_2, write
from tests.imports.oneroster.test_fuzz import Files, bundles

State = ImportRun.State
SAFE = {State.READY, State.FAULTY, State.APPLIED}
calm = settings(deadline=None, suppress_health_check=list(HealthCheck))


def load_and_undo(files: Files, mode: str, load: Load, maple: District) -> None:
    before = sums()
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "b", files, mode)
        try:
            with transaction.atomic():
                run = load(path)
        except (BundleRefused, actions.NotLoaded):
            assert sums() == before
            return
    assert run.state in SAFE
    if run.state != State.APPLIED:
        assert sums() == before
        return
    actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)
    assert sums() == before


@settings(calm, max_examples=15)
@given(bundles())
def test_a_changed_bundle_is_loaded_whole_or_not_at_all(
    load: Load, maple: District, bundle: tuple[Files, str, bool]
) -> None:
    load_and_undo(bundle[0], bundle[1], load, maple)


@pytest.mark.slow
@settings(calm, max_examples=150)
@given(bundles())
def test_many_changed_bundles_are_loaded_whole_or_not_at_all(
    load: Load, maple: District, bundle: tuple[Files, str, bool]
) -> None:
    load_and_undo(bundle[0], bundle[1], load, maple)


def test_the_unchanged_bundle_does_load(load: Load, maple: District, tmp_path: Path) -> None:
    files = {stem: text.encode() for stem, text in FILES_1_2.items()}
    before = sums()
    run = load(write(tmp_path / "b", files, "bulk"))
    assert run.state == State.APPLIED
    assert sums() != before
