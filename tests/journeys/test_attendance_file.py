"""Priya brings in days at school from a system that calls everything something else."""

from pathlib import Path

import pytest

from hearth.demo.cast import BY_KEY
from tests.journeys.checking import WRITTEN
from tests.journeys.conftest import Person
from tests.journeys.people import Someone
from tests.journeys.test_roster import SOON, takes_back, waits_for

HEADER = "Pupil No,On this day,Mark"
COLUMNS = {"student": "Pupil No", "day": "On this day", "kind": "Mark"}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])
def test_priya_says_once_which_column_is_which(
    person: Person, tmp_path: Path, language: str, width: int
) -> None:
    priya = person("priya", language=language, width=width)
    system = f"Aeries {language}"
    WRITTEN.update({*HEADER.split(","), system})
    sends(priya, days(tmp_path / f"monday-{language}.csv", day=1), system)
    priya.finds("Say how it is read").wait_for(timeout=SOON)
    priya.looks_closely()
    priya.presses("Say how it is read")
    priya.lands_on("Which column is which?")
    priya.sees("2026-09-01")  # how the file begins stands beside the question
    for field, column in COLUMNS.items():
        priya.page.locator(f"select[name={field}]").select_option(column)
    priya.presses("Go on")
    priya.lands_on("What do the codes mean?")
    priya.page.get_by_label(priya.says("“%(code)s” means", code="/")).select_option("present")
    priya.page.get_by_label(priya.says("“%(code)s” means", code="Z")).select_option("excused")
    priya.presses("Check the file")
    loads(priya)
    takes_back(priya)
    the_next_file_asks_nothing(priya, days(tmp_path / f"more-{language}.csv", day=2), system)


def sends(priya: Someone, file: Path, system: str) -> None:
    priya.goes_to("/imports/new/")
    priya.lands_on("Which file do you bring?")
    priya.page.locator("[name=kind]").select_option("attendance")
    priya.writes("Where does it come from?", system)
    priya.page.locator('input[type="file"]').set_input_files(file)
    priya.presses("Send it")


def loads(priya: Someone) -> None:
    waits_for(priya, "The file against what is here")
    priya.looks_closely()
    priya.presses("Load it")
    waits_for(priya, "What this file brought")
    priya.looks_closely()


def the_next_file_asks_nothing(priya: Someone, file: Path, system: str) -> None:
    sends(priya, file, system)
    loads(priya)


def days(file: Path, *, day: int) -> Path:
    """Diego was there, Minh Anh was away with a reason; neither words nor marks are plain."""
    diego, minh_anh = BY_KEY["diego"].source_id, BY_KEY["minh_anh"].source_id
    written = f"2026-09-0{day}"
    file.write_text(f"{HEADER}\n{diego},{written},/\n{minh_anh},{written},Z\n")
    return file
