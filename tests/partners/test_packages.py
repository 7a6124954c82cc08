"""A directory comes in and goes out: equal, checked, previewed, put back."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from hearth.imports import actions, words
from hearth.imports.extracts import Reading
from hearth.imports.models import ImportRun
from hearth.partners.models import (
    Category,
    Correction,
    Detail,
    Listing,
    Location,
    Organization,
    Schedule,
    Service,
    Tally,
)
from hearth.partners.reading.package import write_package
from hearth.partners.rules import hsds
from hearth.schools.models import District
from tests.imports.conftest import sums
from tests.partners import packages
from tests.partners.conftest import Shelve

APPLIED, FAULTY, READY = ImportRun.State.APPLIED, ImportRun.State.FAULTY, ImportRun.State.READY


def taken_out() -> bytes:
    out = io.BytesIO()
    write_package(out, name="maple")
    return out.getvalue()


def found(run: ImportRun, *, blocking: bool) -> list[tuple[str, str, int | None, str]]:
    faults = run.faults.filter(blocking=blocking).order_by("file", "line", "kind")
    assert all(words.what(fault) and words.mend(fault) for fault in faults)
    return [(fault.kind, fault.file, fault.line, fault.column) for fault in faults]


def test_a_package_goes_out_as_it_came_in(shelve: Shelve, tmp_path: Path) -> None:
    folder = packages.write(tmp_path / "county")
    assert shelve(folder).state == APPLIED
    assert packages.of_zip(taken_out()) == packages.of_folder(folder)


def test_what_a_publisher_added_travels_on(shelve: Shelve, tmp_path: Path) -> None:
    own = [{**packages.PANTRY, "x_parking": "behind the hall"}, packages.TALK]
    folder = packages.write(tmp_path / "county", service=own)
    shelve(folder)
    assert packages.of_zip(taken_out())["service"]["pantry"]["x_parking"] == "behind the hall"
    assert packages.of_zip(taken_out()) == packages.of_folder(folder)


def test_the_package_describes_itself_and_comes_in_again_as_a_zip(
    shelve: Shelve, tmp_path: Path
) -> None:
    shelve(packages.write(tmp_path / "county"))
    content = taken_out()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        files = {name for name in archive.namelist() if name.endswith(".csv")}
    assert {resource["path"] for resource in described["resources"]} == files
    services = next(r for r in described["resources"] if r["name"] == "service")
    status = next(f for f in services["schema"]["fields"] if f["name"] == "status")
    assert status["constraints"]["enum"] == ["active", "inactive", "defunct", "temporarily closed"]
    again = tmp_path / "again.zip"
    again.write_bytes(content)
    run = shelve(again)
    assert run.state == APPLIED
    written = {fate: sum(count[fate] for count in run.counts.values())
               for fate in ("new", "changed", "gone")}  # fmt: skip
    assert written == {"new": 0, "changed": 0, "gone": 0}


def test_its_own_names_of_files_are_read_from_the_description(
    shelve: Shelve, tmp_path: Path
) -> None:
    folder = packages.write(tmp_path / "county")
    (folder / "services.csv").rename(folder / "svc.csv")
    resources = [{"name": "service", "path": "svc.csv"}]
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    assert shelve(folder).state == APPLIED
    assert Service.objects.count() == 2


def test_each_row_leads_where_it_should(shelve: Shelve, tmp_path: Path) -> None:
    shelve(packages.write(tmp_path / "county"))
    talk = Service.objects.get(source_id="talk")
    assert talk.organization.name == "River Clinic"
    assert [at.location.name for at in talk.at.all()] == ["House"]
    assert talk.verified_on == date(2026, 9, 1)
    assert talk.more["licenses"] == "LMFT"
    assert Category.objects.get(source_id="mind").parent == Category.objects.get(source_id="care")
    assert [link.category.name for link in talk.categories.all()] == ["Mental health"]
    assert Detail.objects.get(kind="contact").service == talk
    assert list(Schedule.objects.filter(weekly=True).values_list("source_id", flat=True)) == [
        "week"
    ]
    assert list(Schedule.objects.filter(closed=True).values_list("source_id", flat=True)) == [
        "new-year"
    ]


def test_broken_references_doubled_ids_and_odd_cells_are_named_by_line(
    shelve: Shelve, tmp_path: Path
) -> None:
    services = [
        {**packages.TALK, "organization_id": "nobody"},
        {**packages.PANTRY, "status": "open", "maximum_age": "many", "assured_date": "9999-12-31"},
        {**packages.PANTRY, "name": ""},
    ]
    schedules = [{**packages.MONDAYS, "opens_at": "nine"}]
    at = [{"id": "a", "service_id": "talk", "location_id": "moon"}]
    run = shelve(
        packages.write(tmp_path / "county", service=services, schedule=schedules,
                       service_at_location=at)
    )  # fmt: skip
    assert run.state == FAULTY
    assert found(run, blocking=True) == [
        ("time_unreadable", "schedules.csv", 2, "opens_at"),
        ("reference_lost", "service_at_location.csv", 2, "location_id"),
        ("reference_lost", "services.csv", 2, "organization_id"),
        ("bad_enum", "services.csv", 3, "status"),
        ("day_unreadable", "services.csv", 3, "assured_date"),
        ("number_not_read", "services.csv", 3, "maximum_age"),
        ("directory_blank", "services.csv", 4, "name"),
        ("id_twice", "services.csv", 4, "id"),
    ]
    assert not Service.objects.exists()


def test_a_reference_one_can_do_without_is_kept_with_a_note(shelve: Shelve, tmp_path: Path) -> None:
    hall = {**packages.HALL, "organization_id": "unknown", "latitude": "100"}
    at = [{"id": "a", "service_id": "talk", "location_id": "house"}]
    folder = packages.write(
        tmp_path / "county", location=[hall, packages.HOUSE], service_at_location=at
    )
    run = shelve(folder)
    assert run.state == APPLIED
    assert found(run, blocking=False) == [
        ("point_off_map", "locations.csv", 2, "latitude"),
        ("reference_kept", "locations.csv", 2, "organization_id"),
        ("service_nowhere", "services.csv", 3, ""),
    ]
    assert Location.objects.get(source_id="hall").organization is None
    assert packages.of_zip(taken_out()) == packages.of_folder(folder)


def test_a_package_without_services_is_refused(shelve: Shelve, tmp_path: Path) -> None:
    run = shelve(packages.write(tmp_path / "county", service=[]))
    assert ("directory_without_services", "county", None, "") in found(run, blocking=True)


def test_what_a_source_leaves_out_is_gone_and_not_deleted(shelve: Shelve, tmp_path: Path) -> None:
    shelve(packages.write(tmp_path / "county"))
    talk = Service.objects.get(source_id="talk")
    without = packages.write(tmp_path / "county", service=[packages.PANTRY], schedule=[], phone=[],
                             contact=[], required_document=[], attribute=[],
                             language=[], service_at_location=[])  # fmt: skip
    run = shelve(without, "details")
    assert run.state == APPLIED
    talk.refresh_from_db()
    assert talk.gone_on is not None
    assert not Listing.objects.filter(service=talk).exists()
    assert "talk" not in packages.of_zip(taken_out())["service"]
    back = shelve(packages.write(tmp_path / "county"))
    assert back.counts["services"]["changed"] == 1
    talk.refresh_from_db()
    assert talk.gone_on is None


def test_much_that_would_go_waits_for_somebody_to_confirm_it(
    shelve: Shelve, tmp_path: Path
) -> None:
    many = [{**packages.PANTRY, "id": f"s{n}", "name": f"Pantry {n}"} for n in range(20)]
    alone = {name: [] for name in packages.WHOLE if name not in ("organization", "service")}
    shelve(packages.write(tmp_path / "county", **{**alone, "service": many}))
    fewer = packages.write(tmp_path / "county", **{**alone, "service": many[:10]})
    run = shelve(fewer)
    assert (run.state, run.vanishing) == (READY, ["services"])
    assert shelve(fewer, "services").state == APPLIED
    assert Service.objects.current().count() == 10


def test_one_source_says_nothing_about_anothers_rows(shelve: Shelve, tmp_path: Path) -> None:
    shelve(packages.write(tmp_path / "county"), source="County")
    shelve(packages.write(tmp_path / "church"), source="Church")
    assert Service.objects.current().count() == 4
    again = packages.write(tmp_path / "church", service=[packages.PANTRY, packages.TALK])
    assert shelve(again, source="Church").counts["services"]["gone"] == 0
    out = packages.of_zip(taken_out())
    assert set(out["service"]) == {"talk", "pantry", "Church:talk", "Church:pantry"} or set(
        out["service"]
    ) == {"talk", "pantry", "County:talk", "County:pantry"}


def test_undo_puts_back_exactly_what_was(shelve: Shelve, tmp_path: Path) -> None:
    shelve(packages.write(tmp_path / "county"))
    before = sums()
    # Counted anew after each change, so its keys are new and say nothing.
    tallies = {"partners_tally": before["partners_tally"]}
    counted = set(Tally.objects.values_list("kind", "key", "services"))
    changed = {**packages.TALK, "name": "Talk With Us", "organization_id": "new"}
    fewer = packages.WHOLE["service_at_location"][:1]
    new = {"id": "new", "name": "New House", "description": "New"}
    run = shelve(
        packages.write(tmp_path / "county", service=[changed], organization=[packages.RIVER, new],
                       location=[packages.HOUSE], service_at_location=fewer,
                       schedule=[packages.MONDAYS], cost_option=[], funding=[], service_area=[],
                       language=packages.WHOLE["language"][:1]),
        *("organizations", "services", "locations", "services_at", "schedules", "details"),
    )  # fmt: skip
    assert run.state == APPLIED
    assert sums() != before
    actions.undo_run(run_id=run.pk, district_id=run.district_id, by=None)
    assert {**sums(), **tallies} == before
    assert set(Tally.objects.values_list("kind", "key", "services")) == counted


def test_undo_waits_where_somebody_has_written_since(
    shelve: Shelve, tmp_path: Path, maple: District
) -> None:
    run = shelve(packages.write(tmp_path / "county"))
    talk = Service.objects.get(source_id="talk")
    said = Correction.objects.create(district=maple, service=talk, words="The phone rings nowhere.")
    with pytest.raises(actions.Refused, match="1 correction"):
        actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)
    said.delete()
    actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)
    assert not Organization.objects.exists()
    assert not Listing.objects.exists()


def test_one_csv_of_any_columns_is_a_directory_too(shelve: Shelve, tmp_path: Path) -> None:
    path = tmp_path / "our list.csv"
    path.write_text(
        "Agency,Service Name,Phone,Street Address,City,Zip,Languages,Category,Fees,Min Age,Hours\n"
        "Harvest Table,Pantry,555-0102,3 Elm St,Alder,95000,English; Spanish,Food,Free,,Sat 9-12\n"
        "Harvest Table,Pantry,,9 Oak St,Alder,95000,,,,,\n"
        "River Clinic,Counseling,555-0103,,,,Vietnamese,Mental health|Families,,6,\n"
    )
    run = shelve(path)
    assert run.state == APPLIED, found(run, blocking=True)
    pantry = Service.objects.get(name="Pantry")
    assert (pantry.organization.name, pantry.at.count()) == ("Harvest Table", 2)
    assert pantry.listing.languages == ["en", "es"]
    assert (pantry.listing.needs, pantry.listing.free) == (["food"], True)
    talk = Service.objects.get(name="Counseling")
    assert {link.category.name for link in talk.categories.all()} == {"Mental health", "Families"}
    assert talk.minimum_age == 6
    again = shelve(path)
    assert all(count["new"] == count["changed"] == 0 for count in again.counts.values())


def test_a_column_is_known_by_our_own_words_and_one_that_nobody_reads_is_told(
    shelve: Shelve, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Agency,Program,What they do,Bus line\nHarvest Table,Pantry,Food,22\n")
    run = shelve(path)
    assert run.state == APPLIED
    assert Service.objects.get().description == "Food"
    assert [kind for kind, *_ in found(run, blocking=False)][:1] == ["columns_left"]
    assert run.faults.get(kind="columns_left").params["columns"] == "Bus line"


def test_columns_are_named_once_and_remembered(shelve: Shelve, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Wer,Was\nHarvest Table,Pantry\n")
    run = shelve(path)
    assert [kind for kind, *_ in found(run, blocking=True)] == ["columns_not_known"]
    run = shelve(path, reading=Reading({"organization": "Wer", "service": "Was"}))
    assert run.state == APPLIED
    assert Service.objects.get().organization.name == "Harvest Table"


def test_the_shape_of_before_is_read(shelve: Shelve, tmp_path: Path) -> None:
    folder = tmp_path / "older"
    folder.mkdir()
    files = {
        "organizations": "id,name,description,website\n1,River Clinic,,http://example.org\n",
        "locations": "id,organization_id,name,latitude,longitude,languages,accessibility,virtual\n"
                     '1,1,House,37.7,-122.4,"Spanish, Tagalog","ramp, restroom",false\n',
        "services": "id,location_id,name,description,status,fees,taxonomy_ids,languages\n"
                    '7,1,Counseling,We listen,,None,"101, 102",Vietnamese\n'
                    "8,1,Lunch,Soup,active,,,\n",
        "taxonomy": "taxonomy_id,name,parent_id,parent_name\n101,Health,,\n102,Mind,101,Health\n",
        "regular_schedules": "id,location_id,service_id,weekday,opens_at,closes_at\n"
                             "1,,7,Monday,9am,4:00 PM\n",
        "holiday_schedules": "id,location_id,service_id,start_date,end_date,closed\n"
                             "1,,7,12/24/2026,12/26/26,true\n",
        "mail_addresses": "id,location_id,address_1,city,state_province,postal_code,country\n"
                          "1,1,PO Box 1,Alder,CA,95000,US\n",
        "phones": "id,location_id,number,number_type\n1,1,555 0101,voice\n",
    }  # fmt: skip
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    run = shelve(folder)
    assert run.state == APPLIED, found(run, blocking=True)
    talk = Service.objects.get(source_id="7")
    assert (talk.organization.name, talk.status) == ("River Clinic", "active")
    assert talk.listing.languages == ["vi"]
    assert Service.objects.get(source_id="8").listing.languages == ["es", "tl"]
    week = Schedule.objects.get(weekly=True)
    assert (week.byday, week.opens_at.hour, week.closes_at.hour) == ("MO", 9, 16)
    away = Schedule.objects.get(closed=True)
    assert (away.valid_from, away.valid_to) == (date(2026, 12, 24), date(2026, 12, 26))
    assert {link.category.name for link in talk.categories.all()} == {"Health", "Mind"}


def test_every_table_of_the_schema_has_its_place(shelve: Shelve, tmp_path: Path) -> None:
    shelve(packages.write(tmp_path / "county"))
    assert set(packages.of_zip(taken_out())) == set(hsds.TABLES) == set(packages.WHOLE)
