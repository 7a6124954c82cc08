"""A small OneRoster bundle that tells of Cottonwood, to be bent by each test."""

import csv
from pathlib import Path

Row = dict[str, str]

ORGS = [
    {"sourcedId": "maple", "name": "Maple Valley Unified", "type": "district", "identifier": ""},
    {"sourcedId": "oak", "name": "Oak Elementary", "type": "school", "parentSourcedId": "maple"},
    {"sourcedId": "elm", "name": "Elm Middle", "type": "school", "parentSourcedId": "maple"},
]
SESSIONS = [
    {"sourcedId": "y", "title": "2026-27", "type": "schoolYear", "startDate": "2026-08-17",
     "endDate": "2027-06-05", "schoolYear": "2027"},
]  # fmt: skip
COURSES = [{"sourcedId": "c4", "title": "Grade 4", "courseCode": "G4", "orgSourcedId": "oak"}]
CLASSES = [
    {"sourcedId": "k4", "title": "Room 12", "grades": "04", "courseSourcedId": "c4",
     "classCode": "12", "classType": "homeroom", "schoolSourcedId": "oak", "termSourcedIds": "y"},
]  # fmt: skip


def person(key: str, given: str, family: str, role: str, org: str = "oak", **more: str) -> Row:
    return {
        "sourcedId": key, "enabledUser": "true", "orgSourcedIds": org, "role": role,
        "givenName": given, "familyName": family, **more,
    }  # fmt: skip


CHILDREN = [
    person(f"s{n}", given, "Rivera", "student", identifier=str(1000 + n), grades="04",
           agentSourcedIds="g0" if n < 2 else "")
    for n, given in enumerate(
        ["Ana", "Ben", "Cai", "Dee", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jun", "Kai", "Lea"]
    )
]  # fmt: skip
ADULTS = [
    person(
        "g0", "Marisol", "Rivera", "parent", phone="555-0101", **{"metadata.homeLanguage": "es"}
    ),
    person("t0", "Tomás", "Quinn", "teacher", email="tomas@maple.example"),
]
ENROLLMENTS = [
    {"sourcedId": f"e-{row['sourcedId']}", "classSourcedId": "k4", "schoolSourcedId": "oak",
     "userSourcedId": row["sourcedId"],
     "role": "teacher" if row["role"] == "teacher" else "student"}
    for row in [*CHILDREN, ADULTS[1]]
]  # fmt: skip
DEMOGRAPHICS = [
    {"userSourcedId": row["sourcedId"], "birthDate": "2016-11-02", "sex": "female",
     "hispanicOrLatinoEthnicity": "true", "white": "true"}
    for row in CHILDREN
]  # fmt: skip

ALL = {
    "orgs": ORGS, "academicSessions": SESSIONS, "courses": COURSES, "classes": CLASSES,
    "users": [*CHILDREN, *ADULTS], "enrollments": ENROLLMENTS, "demographics": DEMOGRAPHICS,
}  # fmt: skip


def write(folder: Path, mode: str = "bulk", **files: list[Row]) -> Path:
    """A bundle of every file, with some of them replaced; as changes (`delta`), of those alone."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = files if mode == "delta" else {**ALL, **files}
    manifest = [["propertyName", "value"], ["oneroster.version", "1.1"]]
    manifest += [[f"file.{stem}", mode if stem in chosen else "absent"] for stem in ALL]
    with (folder / "manifest.csv").open("w", newline="") as out:
        csv.writer(out).writerows(manifest)
    for stem, rows in chosen.items():
        columns = (column for row in [*ALL[stem], *rows] for column in row if column != "status")
        header = list(dict.fromkeys(columns))
        with (folder / f"{stem}.csv").open("w", newline="") as out:
            writer = csv.DictWriter(out, ["status", *header])
            writer.writeheader()
            writer.writerows({"status": "active" if mode == "delta" else "", **row} for row in rows)
    return folder


def but(rows: list[Row], key: str, **changes: str) -> list[Row]:
    """The same rows, with one of them changed."""
    first = next(iter(rows[0]))
    return [{**row, **changes} if row[first] == key else row for row in rows]


def without(rows: list[Row], *keys: str) -> list[Row]:
    first = next(iter(rows[0]))
    return [row for row in rows if row[first] not in keys]
