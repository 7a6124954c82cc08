"""Directories of others: the examples of the specification, and of the shape before it."""

import io
import os
from pathlib import Path

import pytest

from hearth.imports.models import ImportRun
from hearth.partners.models import Category, Schedule, Service
from hearth.partners.reading.package import write_package
from tests.guards.house import ROOT
from tests.partners import packages
from tests.partners.conftest import Shelve, maple, shelve

DATA = Path(os.environ.get("HEARTH_EXTERNAL_DATA", ROOT.parent / "shared" / "data"))
__all__ = ["maple", "shelve"]


def folder_of(*parts: str) -> Path:
    path = DATA.joinpath("hsds", *parts)
    if not path.exists():
        pytest.skip("the files of others are not here")
    return path


def taken_out() -> packages.Cells:
    out = io.BytesIO()
    write_package(out, name="again")
    return packages.of_zip(out.getvalue())


def test_the_examples_of_the_specification_go_out_as_they_came_in(shelve: Shelve) -> None:
    folder = folder_of("examples", "csv")
    run = shelve(folder)
    assert run.state == ImportRun.State.APPLIED
    assert taken_out() == packages.of_folder(folder)


def test_a_county_in_the_shape_of_before_comes_in_whole(shelve: Shelve, tmp_path: Path) -> None:
    run = shelve(folder_of("ohana", "sample-csv"))
    assert run.state == ImportRun.State.APPLIED
    assert Service.objects.count() == 23
    assert Category.objects.count() == 290
    assert Schedule.objects.filter(weekly=True).count() == 11
    # Once in the newer shape, it comes in again as it went out.
    out = taken_out()
    for name, rows in out.items():
        text = packages.as_csv(name, [{k: str(v) for k, v in row.items()} for row in rows.values()])
        (tmp_path / packages.TABLES[name].file).write_text(text, encoding="utf-8")
    again = shelve(tmp_path)
    assert all(count["new"] == count["changed"] == 0 for count in again.counts.values())
