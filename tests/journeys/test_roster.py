"""Priya brings in the district's roster, looks first, loads it, and takes it back."""

import zipfile
from pathlib import Path

import pytest

from hearth.demo.roster import write_district
from tests.journeys.conftest import Person
from tests.journeys.people import Someone

SOON = 90_000


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])
def test_priya_loads_a_roster_and_takes_it_back(
    person: Person, tmp_path: Path, language: str, width: int
) -> None:
    priya = person("priya", language=language, width=width)
    priya.goes_to("/imports/")
    priya.lands_on("Which files came in?")
    priya.presses("Bring in a file")
    priya.lands_on("Which file do you bring?")
    priya.page.locator('input[type="file"]').set_input_files(a_small_roster(tmp_path))
    priya.presses("Send it")
    waits_for(priya, "The file against what is here")
    priya.looks_closely()
    priya.presses("Load it")
    waits_for(priya, "What this file brought")
    priya.looks_closely()
    takes_back(priya)
    priya.goes_to("/imports/")
    priya.lands_on("Which files came in?")


def takes_back(priya: Someone) -> None:
    priya.presses("Undo")
    priya.lands_on("Put it back as it was?")
    priya.presses("Yes, put it back")
    waits_for(priya, "What was put back?")
    priya.looks_closely()


def waits_for(priya: Someone, heading: str) -> None:
    """The worker does it; the page shows the work and turns to its result by itself."""
    words = priya.says(heading)
    priya.page.get_by_role("heading", name=words).wait_for(timeout=SOON)


def a_small_roster(folder: Path) -> Path:
    write_district(folder / "roster", students=60)
    file = folder / "alder-valley.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for csv in sorted((folder / "roster").glob("*.csv")):
            bundle.write(csv, csv.name)
    return file
