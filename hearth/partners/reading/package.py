"""The directory as an HSDS 3 package: every row as it came in, with what was put right since."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import IO, Any

from django.db import models
from django.db.models import Q

from hearth.partners.models import (
    HOURS,
    PHONES,
    Category,
    Detail,
    Location,
    Organization,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceCategory,
)
from hearth.partners.rules.hsds import TABLES, datapackage

Row = dict[str, str]

# HSDS table, our table, our column where it is called otherwise, and the keys that lead to another.
TYPED: tuple[tuple[str, type[models.Model], dict[str, str], dict[str, str]], ...] = (
    ("organization", Organization, {}, {}),
    ("taxonomy_term", Category, {}, {"parent_id": "taxonomy_term"}),
    ("service", Service, {"assured_date": "verified_on"}, {"organization_id": "organization"}),
    ("location", Location, {"location_type": "kind"}, {"organization_id": "organization"}),
    ("service_at_location", ServiceAtLocation, {},
     {"service_id": "service", "location_id": "location"}),
    ("schedule", Schedule, {},
     {"service_id": "service", "location_id": "location",
      "service_at_location_id": "service_at_location"}),
)  # fmt: skip
# What was put right here goes out, and no longer what it stands in place of.
REPLACED: dict[type[models.Model], Q] = {
    Schedule: Q(service__corrected__contains=[HOURS]),
    Detail: Q(kind=Detail.Kind.PHONE, service__corrected__contains=[PHONES]),
}
OWNERS = {"organization_id": "organization", "service_id": "service", "location_id": "location",
          "service_at_location_id": "service_at_location"}  # fmt: skip
Ids = dict[str, dict[int, str]]


def write_package(out: IO[bytes], *, name: str) -> dict[str, int]:
    """A zip of the tables that have rows, and datapackage.json. Says how many rows of each."""
    ids: Ids = {}
    counts: dict[str, int] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, rows in _tables(ids):
            if not rows:
                continue
            columns = _columns(table, rows)
            with (
                archive.open(TABLES[table].file, "w") as raw,
                io.TextIOWrapper(raw, encoding="utf-8", newline="") as text,
            ):
                writer = csv.DictWriter(text, columns, restval="")
                writer.writeheader()
                writer.writerows(rows)
            counts[table] = len(rows)
        described = json.dumps(datapackage(name, list(counts)), indent=1)
        archive.writestr("datapackage.json", described)
    return counts


def _tables(ids: Ids) -> Iterator[tuple[str, list[Row]]]:
    for table, model, renamed, keys in TYPED:
        yield table, _typed(table, model, renamed, keys, ids)
    details = _details(ids)
    links = list(_links(ids))
    details["attribute"] = details.get("attribute", []) + links
    for table in TABLES:
        if table in details:
            yield table, details[table]


def _columns(table: str, rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Those of the schema, then those that a publisher added."""
    known = TABLES[table].names
    added = dict.fromkeys(name for row in rows for name in row if name not in known)
    return [*known, *added]


def _typed(
    table: str, model: type[models.Model], renamed: dict[str, str], keys: dict[str, str], ids: Ids
) -> list[Row]:
    own = {field.attname for field in model._meta.concrete_fields}
    columns = {name: renamed.get(name, name) for name in TABLES[table].names}
    columns = {name: column for name, column in columns.items() if column in own and name != "id"}
    verifies = ["verified_by_id"] if model is Service else []
    wanted = dict.fromkeys([*columns.values(), *verifies])
    found = _standing(model).order_by("pk")
    rows = list(found.values("pk", "source", "source_id", "more", *wanted))
    ids[table] = _ids(rows)
    return [_as_row(table, row, columns, keys, ids) for row in rows]


def _standing(model: type[models.Model]) -> models.QuerySet[Any]:
    rows = model._default_manager.filter(gone_on=None)
    replaced = REPLACED.get(model)
    return rows.exclude(replaced & ~Q(source_id="")) if replaced else rows


def _ids(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """The id each row goes out by. Two sources may use the same one; rows made here have none."""
    taken: set[str] = set()
    given: dict[int, str] = {}
    for row in rows:
        said = row["source_id"] or f"hearth-{row['pk']}"
        said = f"{row['source']}:{said}" if said in taken else said
        taken.add(said)
        given[row["pk"]] = said
    return given


def _as_row(
    table: str, row: Mapping[str, Any], columns: dict[str, str], keys: dict[str, str], ids: Ids
) -> Row:
    told = {"id": ids[table][row["pk"]]}
    for name, column in columns.items():
        value = row[column]
        told[name] = ids[keys[name]].get(value, "") if name in keys else as_text(value)
    # What `more` has under a known name is what could not be kept as it was written.
    told |= {name: as_text(value) for name, value in row["more"].items()}
    if row.get("verified_by_id"):
        told.pop("assurer_email", None)
    return told


def _details(ids: Ids) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    rows = _standing(Detail).order_by("kind", "pk")
    for row in rows.values("pk", "kind", "source_id", "row", *OWNERS).iterator(chunk_size=5000):
        told = {"id": row["source_id"] or f"hearth-{row['pk']}"}
        told |= {name: as_text(value) for name, value in row["row"].items()}
        for key, table in OWNERS.items():
            if row[key]:
                told[key] = ids[table].get(row[key], "")
        found.setdefault(row["kind"], []).append(told)
    return found


def _links(ids: Ids) -> Iterator[Row]:
    rows = ServiceCategory.objects.filter(gone_on=None).order_by("pk")
    for row in rows.values("pk", "source_id", "service_id", "category_id", "more"):
        yield {
            "id": row["source_id"] or f"hearth-{row['pk']}",
            "link_id": ids["service"].get(row["service_id"], ""),
            "taxonomy_term_id": ids["taxonomy_term"].get(row["category_id"], ""),
            "link_entity": "service",
            **row["more"],
        }


def as_text(value: Any) -> str:
    """A cell as a file has it."""
    match value:
        case None:
            return ""
        case time() | date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
