"""Receive a bundle and check it: files in, typed frames out, with every fault said by line."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from hearth.imports.oneroster.bundle import Bundle, open_bundle
from hearth.imports.oneroster.demographics import build_demographics
from hearth.imports.oneroster.duplicates import without_doubles
from hearth.imports.oneroster.findings import Fault, Findings
from hearth.imports.oneroster.manifest import Manifest, read_manifest
from hearth.imports.oneroster.people import People, build_people, held_roles, only_staff
from hearth.imports.oneroster.places import Places, build_courses, build_orgs, build_sessions
from hearth.imports.oneroster.read import Loaded, Progress, read_table
from hearth.imports.oneroster.references import NOTHING, References, Where
from hearth.imports.oneroster.sections import build_memberships, build_sections, section_terms
from hearth.imports.oneroster.shape import TABLES, Table


@dataclass(frozen=True)
class Frames:
    """One frame for each table of Hearth's; None when its file was not sent.

    Memberships are many, so their section and person are categorical; all other ids are text.
    """

    orgs: pl.DataFrame | None = None
    sessions: pl.DataFrame | None = None
    courses: pl.DataFrame | None = None
    sections: pl.DataFrame | None = None
    people: pl.DataFrame | None = None
    staff_roles: pl.DataFrame | None = None
    guardianships: pl.DataFrame | None = None
    memberships: pl.DataFrame | None = None
    demographics: pl.DataFrame | None = None


@dataclass(frozen=True)
class Checked:
    """What a bundle holds. With any fault, the frames are not fit to be loaded.

    `open_references` has file, line, column, target and value of each id that the database must
    know; `totals` counts each kind of finding in each file, beyond those kept with their line.
    """

    version: str
    manifest: Manifest
    frames: Frames
    faults: list[Fault]
    notes: list[Fault]
    open_references: pl.DataFrame
    totals: dict[tuple[str, str], int]

    def with_faults(self, faults: list[Fault]) -> "Checked":
        """The same with faults that were found later."""
        return replace(self, faults=faults) if faults else self


def check(path: Path, *, progress: Progress | None = None, today: dt.date) -> Checked:
    """Open, read and check a bundle. Raises BundleRefused when it cannot even be opened."""
    bundle = open_bundle(path)
    findings = Findings()
    version, manifest = read_manifest(bundle, findings)
    tables = {table.stem: table for table in TABLES[version]}
    work = Work(bundle, manifest, tables, findings, progress or quiet, version, today)
    frames = work.frames()
    faults, notes = findings.split()
    return Checked(
        version=version,
        manifest=manifest,
        frames=frames,
        faults=faults,
        notes=notes,
        open_references=work.references.open_references(),
        totals={key: total for key, total in findings.totals.items() if total},
    )


def quiet(_file: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""


def frame_of(loaded: Loaded | None) -> pl.DataFrame | None:
    return loaded.frame if loaded else None


class Work:
    """One pass over a bundle, file by file, each file after those it refers to."""

    def __init__(
        self,
        bundle: Bundle,
        manifest: Manifest,
        tables: dict[str, Table],
        findings: Findings,
        progress: Progress,
        version: str,
        today: dt.date,
    ) -> None:
        self.bundle = bundle
        self.modes = manifest.modes
        self.tables = tables
        self.findings = findings
        self.progress = progress
        self.version = version
        self.today = today
        self.references = References(findings)

    def frames(self) -> Frames:
        classes = self._read("classes")
        places = self._places(classes)
        sessions = self._sessions()
        courses = self._courses()
        sections = self._sections(classes, places, courses)
        people = self._people(places)
        terms = None
        if sections is not None and sessions is not None:
            terms = section_terms(sections, sessions)
        demographics = self._demographics()
        memberships = self._memberships(people, terms)
        return Frames(
            orgs=places.frame if places else None,
            sessions=sessions,
            courses=courses,
            sections=sections,
            people=people.people if people else None,
            staff_roles=people.staff_roles if people else self._roles_alone(),
            guardianships=people.guardianships if people else None,
            memberships=memberships,
            demographics=demographics,
        )

    def _read(self, stem: str) -> Loaded | None:
        if stem not in self.tables or self.modes[stem] == "absent":
            return None
        table = self.tables[stem]
        loaded = read_table(table, self.bundle, self.modes[stem], self.findings, self.progress)
        header = loaded.headers.get("source_id", "sourcedId")
        frame = without_doubles(loaded.frame, table.file, header, self.findings)
        return Loaded(frame, loaded.headers, loaded.complete)

    def _know(
        self, name: str, stem: str, frame: pl.DataFrame | None, loaded: Loaded | None
    ) -> None:
        whole = self.modes[stem] == "bulk"
        complete = loaded is None or loaded.complete
        self.references.know(name, frame, whole=whole, complete=complete)

    def _places(self, classes: Loaded | None) -> Places | None:
        loaded = self._read("orgs")
        self._know("orgs", "orgs", frame_of(loaded), loaded)
        if loaded is None:
            return None
        holding = NOTHING
        if classes is not None:
            holding = classes.frame.filter(~pl.col("gone"))["school"].drop_nulls()
        where = Where("orgs.csv", loaded.headers.get("parent", "parentSourcedId"))
        places = build_orgs(loaded.frame, holding, where, self.references, self.findings)
        self._know("orgs", "orgs", places.frame, loaded)
        return places

    def _sessions(self) -> pl.DataFrame | None:
        loaded = self._read("academicSessions")
        self._know("sessions", "academicSessions", frame_of(loaded), loaded)
        if loaded is None:
            return None
        where = Where("academicSessions.csv", loaded.headers.get("parent", "parentSourcedId"))
        return build_sessions(loaded.frame, where, self.references, self.findings)

    def _courses(self) -> pl.DataFrame | None:
        loaded = self._read("courses")
        frame = None
        if loaded is not None:
            where = Where("courses.csv", loaded.headers.get("school", "orgSourcedId"))
            frame = build_courses(loaded.frame, where, self.references)
        self._know("courses", "courses", frame, loaded)
        return frame

    def _sections(
        self, classes: Loaded | None, places: Places | None, courses: pl.DataFrame | None
    ) -> pl.DataFrame | None:
        frame = None
        if classes is not None:
            frame = build_sections(classes, places, courses, self.references, self.findings)
        self._know("sections", "classes", frame, classes)
        return frame

    def _people(self, places: Places | None) -> People | None:
        loaded = self._read("users")
        self._know("people", "users", frame_of(loaded), loaded)
        if loaded is None:
            return None
        roles = self._read("roles")
        self._know("roles", "roles", frame_of(roles), roles)
        return build_people(loaded, roles, places, self.version, self.references, self.findings)

    def _roles_alone(self) -> pl.DataFrame | None:
        """Changes of roles can come without any change of people."""
        roles = self._read("roles")
        if roles is None:
            return None
        return only_staff(held_roles(roles, self.references, self.findings))

    def _memberships(
        self, people: People | None, terms: pl.DataFrame | None
    ) -> pl.DataFrame | None:
        loaded = self._read("enrollments")
        if loaded is None:
            return None
        known = people.people if people else None
        return build_memberships(loaded, known, terms, self.references, self.findings)

    def _demographics(self) -> pl.DataFrame | None:
        loaded = self._read("demographics")
        if loaded is None:
            return None
        return build_demographics(loaded, self.today, self.references, self.findings)
