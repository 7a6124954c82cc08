"""A small invented directory in HSDS 3, as files; and what two packages have in common."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from hearth.partners.rules.hsds import TABLES, Field, Type

Rows = Sequence[Mapping[str, str]]

RIVER = {"id": "river", "name": "River Clinic", "description": "A clinic by the river."}
HARVEST = {"id": "harvest", "name": "Harvest Table", "description": "Neighbors who cook."}
ORGANIZATIONS = [{**RIVER, "tax_id": "12-3456789", "parent_organization_id": "elsewhere"}, HARVEST]
TALK = {
    "id": "talk", "organization_id": "river", "name": "Family Counseling", "status": "active",
    "description": "Talk with somebody who listens. ", "minimum_age": "6", "maximum_age": "18",
    "fees_description": "Medi-Cal accepted, sliding scale.", "assured_date": "2026-09-01",
    "application_process": "Call and ask for Lucía.", "licenses": "LMFT", "accreditations": "CARF",
}  # fmt: skip
PANTRY = {
    "id": "pantry", "organization_id": "harvest", "name": "Saturday Pantry", "status": "active",
    "description": "Groceries for a week.", "fees_description": "Free.",
}  # fmt: skip
SERVICES = [TALK, PANTRY]
HALL = {"id": "hall", "location_type": "physical", "organization_id": "harvest", "name": "Hall",
        "latitude": "37.7800", "longitude": "-122.4100", "external_identifier": "77"}  # fmt: skip
HOUSE = {"id": "house", "location_type": "physical", "organization_id": "river", "name": "House",
         "latitude": "37.7", "longitude": "-122.47"}  # fmt: skip
MONDAYS = {"id": "week", "service_id": "talk", "freq": "WEEKLY", "byday": "MO,TU,WE",
           "opens_at": "09:00", "closes_at": "17:00"}  # fmt: skip
FIRST_FRIDAY = {"id": "first", "service_id": "pantry", "freq": "MONTHLY", "byday": "1FR",
                "opens_at": "10:00:00", "closes_at": "12:30:00-08:00",
                "timezone": "-8"}  # fmt: skip
HOLIDAY = {"id": "new-year", "service_id": "talk", "valid_from": "2027-01-01",
           "valid_to": "2027-01-01", "description": "Closed on New Year's Day"}  # fmt: skip
WHOLE: dict[str, Rows] = {
    "organization": ORGANIZATIONS,
    "service": SERVICES,
    "location": [HALL, HOUSE],
    "service_at_location": [
        {"id": "a", "service_id": "talk", "location_id": "house"},
        {"id": "b", "service_id": "pantry", "location_id": "hall", "description": "Back door"},
    ],
    "schedule": [MONDAYS, FIRST_FRIDAY, HOLIDAY],
    "phone": [{"id": "p", "service_id": "talk", "number": "555 0101", "extension": "7"}],
    "contact": [{"id": "c", "service_id": "talk", "name": "Lucía Ramos", "title": "Intake"}],
    "language": [
        {"id": "l1", "service_id": "talk", "code": "es"},
        {"id": "l2", "location_id": "hall", "name": "Vietnamese"},
    ],
    "address": [{"id": "ad", "location_id": "house", "address_1": "3 Elm St", "city": "Alder",
                 "state_province": "CA", "postal_code": "95000", "country": "US",
                 "address_type": "physical"}],
    "cost_option": [{"id": "free", "service_id": "pantry", "amount": "0", "option": "all"}],
    "required_document": [{"id": "d", "service_id": "talk", "document": "A card, if you have one"}],
    "accessibility": [{"id": "acc", "location_id": "house", "description": "Ramp"}],
    "taxonomy": [{"id": "t", "name": "Our list", "description": "Ours"}],
    "taxonomy_term": [
        {"id": "care", "name": "Care", "description": "Care", "taxonomy_id": "t"},
        {"id": "mind", "name": "Mental health", "description": "Mind", "parent_id": "care",
         "taxonomy_id": "t", "code": "M"},
    ],
    "attribute": [
        {"id": "at1", "link_id": "talk", "taxonomy_term_id": "mind", "link_entity": "service",
         "link_type": "offers"},
        {"id": "at2", "link_id": "river", "taxonomy_term_id": "care",
         "link_entity": "organization"},
    ],
    "program": [{"id": "pr", "organization_id": "river", "name": "Well", "description": "Well"}],
    "funding": [{"id": "f", "organization_id": "harvest", "source": "Gifts"}],
    "organization_identifier": [{"id": "oi", "organization_id": "river",
                                 "identifier_type": "EIN", "identifier": "12-3456789"}],
    "service_area": [{"id": "sa", "service_id": "pantry", "name": "Alder Valley"}],
    "metadata": [{"id": "m", "resource_id": "talk", "resource_type": "service",
                  "last_action_date": "2026-09-01", "last_action_type": "update",
                  "field_name": "name", "previous_value": "Talk",
                  "replacement_value": "Family Counseling", "updated_by": "Ann"}],
    "meta_table_description": [{"id": "mt", "name": "all", "language": "en"}],
}  # fmt: skip


def write(folder: Path, **tables: Rows) -> Path:
    """The invented directory, with these tables in place of its own; an empty one is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, rows in {**WHOLE, **tables}.items():
        if rows:
            (folder / TABLES[name].file).write_text(as_csv(name, rows), encoding="utf-8")
    return folder


def as_csv(name: str, rows: Rows) -> str:
    known = TABLES[name].names
    columns = [*known, *dict.fromkeys(c for row in rows for c in row if c not in known)]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


Cells = dict[str, dict[str, dict[str, object]]]


def of_folder(folder: Path) -> Cells:
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}
    return cells(texts)


def of_zip(content: bytes) -> Cells:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return cells({name: archive.read(name).decode() for name in names})


def cells(texts: Mapping[str, str]) -> Cells:
    """By table and id, every cell that is not blank, as the schema reads it."""
    by_file = {table.file: table for table in TABLES.values()}
    found: Cells = {}
    for file, text in texts.items():
        fields = {field.name: field for field in by_file[file].fields}
        for row in csv.DictReader(io.StringIO(text)):
            told = {name: meant(fields.get(name), cell) for name, cell in row.items() if cell}
            found.setdefault(by_file[file].name, {})[row["id"]] = told
    return found


def meant(field: Field | None, cell: str) -> object:
    if field and field.type in (Type.NUMBER, Type.WHOLE):
        return Decimal(cell)
    if field and field.type is Type.TIME and len(cell) == len("09:00"):
        return f"{cell}:00"
    return cell
