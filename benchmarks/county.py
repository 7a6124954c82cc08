"""An invented county's directory, as an HSDS package."""

import csv
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hearth.partners.rules.hsds import TABLES

WORDS = (
    "family", "youth", "river", "valley", "open", "door", "hands", "bridge", "north", "south",
    "harvest", "oak", "willow", "light", "home", "care", "learning", "together", "neighbor",
    "market", "garden", "spring", "community", "hope", "path", "table", "circle",
)  # fmt: skip
KINDS = {
    "Food pantry": "Groceries and warm meals for everybody who comes.",
    "Counseling": "Somebody who listens, for children, teenagers and parents.",
    "Dental clinic": "Cleanings and fillings for children.",
    "Legal aid": "Advice about rent, papers and school.",
    "Tutoring": "Homework help after school, one beside one.",
    "Job training": "A resume, a class, and a first interview.",
    "Rent help": "Help with one month of rent.",
    "Preschool": "Early childhood places with breakfast.",
    "English classes": "Clases de inglés, mornings and evenings.",
    "Soccer league": "Sports for girls and boys.",
}
LANGUAGES = ("en", "es", "vi", "zh", "tl", "hmn", "ko", "ar")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CENTER = (36.98, -120.06)


def write(folder: Path, services: int) -> Path:
    """An invented county as an HSDS package; made once."""
    if folder.exists():
        return folder
    folder.mkdir(parents=True)
    dice = random.Random(2026)
    writers: dict[str, Any] = {}
    held = []

    def put(table: str, **cells: Any) -> None:
        if table not in writers:
            out = (folder / TABLES[table].file).open("w", newline="", encoding="utf-8")
            held.append(out)
            writers[table] = csv.DictWriter(out, TABLES[table].names, restval="")
            writers[table].writeheader()
        writers[table].writerow(cells)

    put("taxonomy", id="t", name="Kinds", description="Kinds")
    for number, kind in enumerate(KINDS):
        put("taxonomy_term", id=f"k{number}", name=kind, description=kind, taxonomy_id="t")
    for n in range(services):
        _service(put, dice, n)
    for out in held:
        out.close()
    return folder


def _service(put: Callable[..., None], dice: random.Random, n: int) -> None:
    organization = n // 3
    if n % 3 == 0:
        name = " ".join(dice.choices(WORDS, k=3)).title()
        put("organization", id=f"o{organization}", name=f"{name} {organization}",
            description=f"{name} works with families.", website="https://example.org")  # fmt: skip
    kind, about = dice.choice(list(KINDS.items()))
    place = " ".join(dice.choices(WORDS, k=2)).title()
    put("service", id=f"s{n}", organization_id=f"o{organization}", name=f"{kind} {place}",
        status="active", description=f"{about} {' '.join(dice.choices(WORDS, k=25))}.",
        fees_description=dice.choice(["Free.", "Medi-Cal accepted.", "Ten dollars.", ""]),
        application_process="Call first.", url="https://example.org/s",
        minimum_age=dice.choice(["", 5, 12, 18]), maximum_age=dice.choice(["", "", 18]),
        assured_date=date(2026, 11, 1) - timedelta(days=dice.randrange(500)))  # fmt: skip
    put("location", id=f"l{n}", location_type="physical", organization_id=f"o{organization}",
        name=f"{place} house", latitude=round(CENTER[0] + dice.uniform(-0.6, 0.6), 5),
        longitude=round(CENTER[1] + dice.uniform(-0.6, 0.6), 5))  # fmt: skip
    put("service_at_location", id=f"a{n}", service_id=f"s{n}", location_id=f"l{n}")
    put("address", id=f"d{n}", location_id=f"l{n}", address_1=f"{n} {place} Street", city="Alder",
        state_province="CA", postal_code="95900", country="US",
        address_type="physical")  # fmt: skip
    put("phone", id=f"p{n}", service_id=f"s{n}", number=f"555-{n:05}", type="voice")
    first = dice.randrange(5)
    put("schedule", id=f"h{n}", service_id=f"s{n}", freq="WEEKLY",
        byday=",".join(DAYS[first : first + 3]), opens_at="08:00",
        closes_at=dice.choice(["12:00", "17:00", "19:30"]))  # fmt: skip
    for code in dice.sample(LANGUAGES, k=dice.choice([1, 2])):
        put("language", id=f"s{n}-{code}", service_id=f"s{n}", code=code)
    put("attribute", id=f"at{n}", link_id=f"s{n}", link_entity="service",
        taxonomy_term_id=f"k{list(KINDS).index(kind)}")  # fmt: skip
