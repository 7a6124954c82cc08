"""A directory by command: tried, loaded, and taken out again."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hearth.cli.exports import exports
from hearth.cli.imports import imports
from hearth.partners.models import Service
from hearth.schools.acting import acting_for
from hearth.schools.models import District
from tests.partners import packages


@pytest.fixture
def alder(transactional_db: None) -> District:
    """The command takes transactions of its own, so this test commits."""
    return District.objects.get(slug="alder-valley")


def run(*words: str) -> Any:
    return CliRunner().invoke(imports, [*words, "--json"])


def test_a_directory_is_tried_loaded_and_taken_out(alder: District, tmp_path: Path) -> None:
    folder = packages.write(tmp_path / "county")
    named = ["--district", alder.name, "--source", "County"]
    tried = run("directory", str(folder), *named, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert json.loads(tried.output)["counts"]["services"]["new"] == 2
    with acting_for(alder.pk):
        assert not Service.objects.exists()
    loaded = run("directory", str(folder), *named)
    assert json.loads(loaded.output)["state"] == "applied"
    out = tmp_path / "out.zip"
    told = CliRunner().invoke(exports, ["directory", str(out), "--district", alder.name])
    assert "2 service" in told.output
    assert zipfile.is_zipfile(out)
    assert packages.of_zip(out.read_bytes()) == packages.of_folder(folder)


def test_a_faulty_directory_ends_with_one(alder: District, tmp_path: Path) -> None:
    lost = [{**packages.TALK, "organization_id": "nobody"}]
    folder = packages.write(tmp_path / "county", service=lost)
    told = run("directory", str(folder), "--district", alder.name)
    assert told.exit_code == 1
    assert {fault["kind"] for fault in json.loads(told.output)["faults"]} >= {"reference_lost"}
