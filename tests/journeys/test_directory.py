"""Grace loads her county's directory and finds a counselor; a neighbor puts one line right."""

import zipfile
from pathlib import Path

import pytest

from tests.journeys.checking import WRITTEN
from tests.journeys.conftest import Person, Visitor
from tests.journeys.people import Someone
from tests.journeys.steps import fetches, path_of, text_of
from tests.journeys.test_roster import waits_for
from tests.partners import packages

SCHOOL = "37.7800, -122.4200"
NAMES = {"en": "Consejería Sauce", "es": "Consejería Roble"}
SAID = {"en": "Spanish-speaking counselor", "es": "una consejera que hable español"}
HOURS = "Lunes y jueves, de 12 a 7"


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])
def test_grace_finds_a_counselor_and_takes_a_correction(
    person: Person, visitor: Visitor, tmp_path: Path, language: str, width: int
) -> None:
    grace = person("grace", language=language, width=width)
    name = NAMES[language]
    says_where_the_school_is(grace)
    loads(grace, a_small_county(tmp_path, name, language))
    page = finds_a_counselor(grace, name)
    paper = text_of(fetches(grace, f"{page}hand-out/es/"))
    assert name in paper
    assert "A quién llamar" in paper
    families = grace.finds("The page for families").get_attribute("href") or ""
    suggests_other_hours(visitor(width=390, language=language), families, name)
    takes_it(grace, name)
    grace.goes_to(page)
    grace.lands_on(name)
    grace.sees(HOURS)


def says_where_the_school_is(grace: Someone) -> None:
    """Whoever comes first does it."""
    grace.goes_to("/directory/")
    grace.lands_on("What is there for this family?")
    if grace.finds("Say where the school is").count():
        grace.presses("Say where the school is")
        grace.lands_on("Where is the school?")
        grace.writes("Latitude and longitude", SCHOOL)
        grace.presses("Save")
        grace.lands_on("What is there for this family?")


def loads(grace: Someone, file: Path) -> None:
    grace.presses("Bring in a directory")
    grace.lands_on("Which files came in?")
    grace.presses("Bring in a file")
    grace.lands_on("Which file do you bring?")
    grace.writes("Where does it come from?", file.stem)
    grace.page.locator('input[type="file"]').set_input_files(file)
    grace.presses("Send it")
    waits_for(grace, "The file against what is here")
    grace.looks_closely()
    grace.presses("Load it")
    waits_for(grace, "What this file brought")
    grace.looks_closely()


def finds_a_counselor(grace: Someone, name: str) -> str:
    """By words, and not farther than three miles; the path of the service."""
    grace.goes_to("/directory/")
    grace.writes("What do you need?", SAID[grace.language])
    grace.field("How far from school").select_option("3")
    grace.presses("Show")
    grace.sees("We read your words as")
    grace.sees("Somebody to talk to")
    grace.looks_closely()
    main = grace.page.locator("main")
    assert main.get_by_role("link", name="Consejería Lejana").count() == 0
    grace.presses(name)
    grace.lands_on(name)
    call = grace.page.get_by_role("link", name="(559) 555-0134")
    assert call.get_attribute("href") == "tel:+15595550134"
    return path_of(grace)


def suggests_other_hours(neighbor: Someone, path: str, name: str) -> None:
    neighbor.goes_to(path)
    neighbor.lands_on(name)
    neighbor.presses("Something is not right")
    neighbor.lands_on("What is not right?")
    neighbor.writes("When they are open", HOURS)
    neighbor.presses("Send")
    neighbor.lands_on("Thank you")


def takes_it(grace: Someone, name: str) -> None:
    grace.goes_to("/directory/corrections/")
    grace.lands_on("What do people say is not right?")
    grace.presses_beside(name, "Look")
    grace.lands_on("Is this right?")
    grace.sees(HOURS)
    grace.presses("Take what is ticked, decline the rest")
    grace.lands_on("What do people say is not right?")


def a_small_county(folder: Path, name: str, language: str) -> Path:
    """Two counselors who speak Spanish, of whom one is far away, and a pantry."""
    here = {**packages.TALK, "name": name, "description": "Alguien que escucha.",
            "application_process": "Llame y pida la primera cita.",
            "fees_description": "Medi-Cal. Sin seguro, es gratis."}  # fmt: skip
    far = {**here, "id": "far", "name": "Consejería Lejana"}
    pantry = {**packages.PANTRY, "name": "Despensa", "description": "Comida para una semana.",
              "fees_description": "Gratis."}  # fmt: skip
    near = {"location_type": "physical", "organization_id": "river", "name": "Casa del Río",
            "latitude": "37.7810", "longitude": "-122.4190"}  # fmt: skip
    written = packages.write(
        folder / f"county-{language}",
        organization=[{"id": "river", "name": "Clínica del Río", "description": "Una clínica."},
                      {"id": "harvest", "name": "La Mesa", "description": "Vecinos que cocinan."}],
        service=[here, far, pantry],
        location=[{**near, "id": "house"}, {**near, "id": "hall", "latitude": "38.9"}],
        service_at_location=[{"id": "a", "service_id": "talk", "location_id": "house"},
                             {"id": "b", "service_id": "far", "location_id": "hall"}],
        schedule=[packages.MONDAYS],
        phone=[{"id": "p", "service_id": "talk", "number": "(559) 555-0134"}],
        contact=[], language=[{"id": "l1", "service_id": "talk", "code": "es"},
                              {"id": "l2", "service_id": "far", "code": "es"}],
        address=[], cost_option=[], required_document=[], accessibility=[], program=[],
        funding=[], organization_identifier=[], service_area=[], metadata=[],
        taxonomy=[], taxonomy_term=[], attribute=[], meta_table_description=[],
    )  # fmt: skip
    file = folder / f"county-{language}.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
        for table in sorted(written.iterdir()):
            bundle.write(table, table.name)
    WRITTEN.update({name, "Consejería Lejana", HOURS})
    return file
