"""What Alder Valley offers its families, written as an HSDS package and loaded as any other."""

from __future__ import annotations

import csv
import re
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from hearth.access.models import User
from hearth.demo.cast import CAST, SCHOOL
from hearth.imports import actions
from hearth.imports.models import ImportRun
from hearth.imports.run import apply_run, check_run
from hearth.partners.actions.keeping import place_school
from hearth.partners.models import SchoolPlace
from hearth.partners.rules.hsds import TABLES
from hearth.schools.acting import acting_for
from hearth.schools.models import District, School

SOURCE = "Alder Valley directory"
NAME = "alder-valley-directory"
ROSA = next(member.email for member in CAST if member.key == "rosa")
# Farmland on the real map: nobody's school stands there.
PLACES = {
    "cottonwood": (36.9836, -120.0640), "larkspur": (36.9741, -120.0703),
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


def write_directory(folder: Path, today: date) -> Path:
    """The package, as the county would send it, with every day reckoned from this one."""
    text = (files("hearth.demo") / "directory.toml").read_text(encoding="utf-8")
    rows: Rows = {"taxonomy": [{"id": "needs", "name": "Needs", "description": "Needs"}]}
    for organization in tomllib.loads(text)["organization"]:
        _organization(rows, organization, today)
    folder.mkdir(parents=True, exist_ok=True)
    for table, found in rows.items():
        with (folder / TABLES[table].file).open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, TABLES[table].names, restval="")
            writer.writeheader()
            writer.writerows(found)
    return folder


def load_directory(folder: Path, district: District, today: date) -> None:
    """Through the importer, once; then the schools are put on the map."""
    with acting_for(district.pk):
        known = ImportRun.objects.filter(kind="directory", state=ImportRun.State.APPLIED)
        if known.exists():
            return
        path = write_directory(folder / NAME, today)
        run = actions.receive(
            file=path, name=NAME, district=district, by=None, kind="directory", source=SOURCE
        )
    run, held = check_run(run_id=run.pk, district_id=district.pk)
    if run.state == ImportRun.State.READY:
        apply_run(run_id=run.pk, district_id=district.pk, by=None, checked=held)


def place_schools(district: District) -> None:
    by = User.objects.get(district=district, email=ROSA)
    for key, (latitude, longitude) in PLACES.items():
        school = School.objects.filter(source_id=SCHOOL[key].source_id).first()
        if school and not SchoolPlace.objects.filter(school=school).exists():
            place_school(school=school, latitude=latitude, longitude=longitude, by=by)


def _organization(rows: Rows, said: dict[str, Any], today: date) -> None:
    own = key(said["name"])
    _put(rows, "organization", id=own, name=said["name"], description=said["about"])
    _put(rows, "phone", id=f"{own}-phone", organization_id=own, number=said["phone"], type="voice")
    if "where" in said:
        street, latitude, longitude = said["where"]
        _put(rows, "location", id=f"{own}-place", location_type="physical", organization_id=own,
             name=said["name"], latitude=latitude, longitude=longitude)  # fmt: skip
        _put(rows, "address", id=f"{own}-address", location_id=f"{own}-place", address_1=street,
             city="Alder Valley", state_province="CA", postal_code="95900", country="US",
             address_type="physical")  # fmt: skip
    for service in said["service"]:
        _service(rows, own, service, today, placed="where" in said)


def _service(rows: Rows, own: str, said: dict[str, Any], today: date, *, placed: bool) -> None:
    it = f"{own}-{key(said['name'])}"
    ages = [*said.get("ages", []), "", ""]
    verified = today - timedelta(days=said["ago"]) if "ago" in said else ""
    _put(rows, "service", id=it, organization_id=own, name=said["name"], status="active",
         description=said["words"], fees_description=said["cost"], minimum_age=ages[0],
         maximum_age=ages[1], application_process=said.get("how", ""),
         wait_time=said.get("wait", ""), alert=said.get("alert", ""),
         assured_date=verified)  # fmt: skip
    if placed:
        _put(rows, "service_at_location", id=f"{it}-at", service_id=it,
             location_id=f"{own}-place")  # fmt: skip
    for code in said.get("languages", []):
        _put(rows, "language", id=f"{it}-{code}", service_id=it, code=code)
    for number, paper in enumerate(said.get("bring", [])):
        _put(rows, "required_document", id=f"{it}-bring-{number}", service_id=it, document=paper)
    for need in said["needs"]:
        if need not in {row["name"] for row in rows.get("taxonomy_term", [])}:
            _put(rows, "taxonomy_term", id=key(need), name=need, description=need,
                 taxonomy_id="needs")  # fmt: skip
        _put(rows, "attribute", id=f"{it}-{key(need)}", link_id=it, link_entity="service",
             taxonomy_term_id=key(need))  # fmt: skip
    if "call" in said:
        name, _, title = said["call"].partition(", ")
        _put(rows, "contact", id=f"{it}-call", service_id=it, name=name, title=title)
        _put(rows, "phone", id=f"{it}-phone", service_id=it, contact_id=f"{it}-call",
             number=rows["phone"][-1]["number"], type="voice")  # fmt: skip
    _hours(rows, it, said, today)


def _hours(rows: Rows, it: str, said: dict[str, Any], today: date) -> None:
    for number, line in enumerate(said.get("hours", [])):
        days, _, times = line.partition(" ")
        opens, _, closes = times.partition("-")
        monthly = days[0].isdigit()
        _put(rows, "schedule", id=f"{it}-hours-{number}", service_id=it, byday=days,
             freq="MONTHLY" if monthly else "WEEKLY", opens_at=opens, closes_at=closes)  # fmt: skip
    if "closed" in said:
        first, last = (_next(day, today) for day in said["closed"])
        if last < first:
            first = first.replace(year=first.year - 1)
        _put(rows, "schedule", id=f"{it}-closed", service_id=it, valid_from=first, valid_to=last,
             description="Closed for the holidays")  # fmt: skip


def _next(day: str, today: date) -> date:
    """The next time this month and day come around."""
    this = date.fromisoformat(f"{today.year}-{day}")
    return this if this >= today else this.replace(year=today.year + 1)


def _put(rows: Rows, table: str, **cells: Any) -> None:
    rows.setdefault(table, []).append(cells)


def key(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-")
