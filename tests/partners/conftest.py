"""An empty district, Maple Valley, into which a directory is loaded; and Alder Valley with one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from hearth.imports import actions
from hearth.imports.extracts import Reading
from hearth.imports.models import ImportRun
from hearth.partners.actions import keeping
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from tests import makers
from tests.cast import Cast
from tests.partners import packages

Shelve = Callable[..., ImportRun]


@pytest.fixture
def maple(db: None) -> Iterator[District]:
    district = makers.make_district("Maple Valley Unified", "maple")
    with acting_for(district.pk):
        yield district


@pytest.fixture
def shelve(maple: District) -> Shelve:
    """Receive, check and load a directory; `confirmed` names the tables that may shrink."""

    def shelve(
        path: Path, *confirmed: str, source: str = "County", reading: Reading | None = None
    ) -> ImportRun:
        run = actions.receive(
            file=path, name=path.name, district=maple, by=None, kind="directory", source=source,
            reading=reading,
        )  # fmt: skip
        run, held = actions.check_run(run_id=run.pk, district_id=maple.pk)
        if run.state != ImportRun.State.READY:
            return run
        for table in set(confirmed) & set(run.vanishing):
            actions.confirm(run=run, typed=table, by=None)
        return actions.apply_run(run_id=run.pk, district_id=maple.pk, by=None, checked=held)

    return shelve


@pytest.fixture
def valley(cast: Cast, tmp_path: Path) -> Iterator[Cast]:
    """Alder Valley with the small directory, and Cottonwood's place on the map."""
    folder = packages.write(tmp_path / "county")
    run = actions.receive(file=folder, name="county", district=cast.alder, by=None,
                          kind="directory", source="County")  # fmt: skip
    run, held = actions.check_run(run_id=run.pk, district_id=cast.alder.pk)
    actions.apply_run(run_id=run.pk, district_id=cast.alder.pk, by=None, checked=held)
    keeping.place_school(school=cast.cottonwood, latitude=37.78, longitude=-122.42, by=cast.rosa)
    yield cast
    cache.clear()
