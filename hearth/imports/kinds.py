"""The kinds of files that come in: how each is read, compared, loaded and taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.imports import hsds, preview, undo
from hearth.imports.apply import Load, carry_out
from hearth.imports.directory import apply as shelving
from hearth.imports.directory.plan import DirectoryPlan
from hearth.imports.extracts import (
    Asked,
    Extract,
    Field,
    attendance,
    edfi,
    enrollment,
    figures,
    incidents,
    programs,
    staff,
    stas,
)
from hearth.imports.faults import of_unknown, too_long
from hearth.imports.filing import apply as filing
from hearth.imports.filing import looks
from hearth.imports.filing.near import near
from hearth.imports.filing.plan import FilePlan
from hearth.imports.filing.staff import as_roster
from hearth.imports.filing.tables import TABLE, Table
from hearth.imports.models import ImportRun
from hearth.imports.oneroster import Checked, check
from hearth.imports.oneroster.findings import Fault
from hearth.imports.plan import Plan, Step
from hearth.imports.shelves import SHELVES
from hearth.imports.tables import TARGETS


class Held(Protocol):
    """What was read of a file. With any fault, it is not fit to be loaded."""

    @property
    def faults(self) -> list[Fault]: ...
    @property
    def notes(self) -> list[Fault]: ...
    @property
    def totals(self) -> dict[tuple[str, str], int]: ...


class Planned(Protocol):
    """What a load would do, in the temporary tables of one transaction."""

    @property
    def faults(self) -> list[Fault]: ...
    @property
    def notes(self) -> list[Fault]: ...
    @property
    def totals(self) -> dict[tuple[str, str], int]: ...
    def counts(self) -> dict[str, dict[str, int]]: ...
    def keep_samples(self, run: ImportRun) -> None: ...
    def carry_out(self, load: Load, step: Step) -> None: ...


class Kind(Protocol):
    """One kind of file: the lists it may change (`writes`), what its columns may be (`fields`)."""

    @property
    def name(self) -> Promise: ...
    @property
    def writes(self) -> frozenset[str]: ...
    @property
    def fields(self) -> Sequence[Field]: ...
    def read(self, asked: Asked) -> Held: ...
    def plan(self, held: Any, step: Step) -> Planned: ...
    def put_back(self, run: ImportRun) -> None: ...


class RosterPlan(Plan):
    """The plan of a roster. What it does not know of itself is a fault."""

    notes: list[Fault] = []
    totals: dict[tuple[str, str], int] = {}

    @property
    def faults(self) -> list[Fault]:
        return of_unknown(self.unknown)

    def keep_samples(self, run: ImportRun) -> None:
        preview.keep_samples(run)

    def carry_out(self, load: Load, step: Step) -> None:
        carry_out(load, step)


class Roster:
    """A OneRoster bundle: who the people are, and who learns with whom."""

    name = _("roster")
    writes = frozenset(target.name for target in TARGETS)
    fields: tuple[Field, ...] = ()

    def read(self, asked: Asked) -> Checked:
        checked = check(asked.path, progress=asked.progress, today=asked.today)
        return checked if checked.faults else checked.with_faults(too_long(checked.frames))

    def plan(self, held: Checked, step: Step) -> RosterPlan:
        return RosterPlan(held, step)

    def put_back(self, run: ImportRun) -> None:
        undo.put_back(run)


class Staff:
    """Staff by race, language, role and school: changes to what the roster brought."""

    name = _("staff")
    writes = frozenset({"people", "staff", "identities"})
    fields = staff.FIELDS

    def read(self, asked: Asked) -> Extract:
        return staff.read(asked)

    def plan(self, held: Extract, step: Step) -> RosterPlan:
        told = as_roster(held)
        plan = RosterPlan(told, step)
        plan.notes, plan.totals = told.notes, told.totals
        return plan

    def put_back(self, run: ImportRun) -> None:
        undo.put_back(run)


class FiledPlan(FilePlan):
    """The plan of an extract."""

    def keep_samples(self, run: ImportRun) -> None:
        looks.keep_samples(self.tables, run)

    def carry_out(self, load: Load, step: Step) -> None:
        filing.carry_out(self.tables, load, step)


@dataclass(frozen=True)
class Filed:
    """An extract: rows that are filed under a student, a school or a place."""

    name: Promise
    reader: Callable[[Asked], Extract]
    tables: tuple[Table, ...]
    fields: tuple[Field, ...] = field(default=())

    @property
    def writes(self) -> frozenset[str]:
        return frozenset(table.name for table in self.tables)

    def read(self, asked: Asked) -> Extract:
        return self.reader(asked)

    def plan(self, held: Extract, step: Step) -> FiledPlan:
        return FiledPlan(held, self.tables, step)

    def put_back(self, run: ImportRun) -> None:
        filing.put_back(self.tables, run)


class Figures(Filed):
    """Figures that the state prints. Only those of places near us are kept."""

    def plan(self, held: Extract, step: Step) -> FiledPlan:
        return FiledPlan(near(held), self.tables, step)


class ShelvedPlan(DirectoryPlan):
    """The plan of a directory."""

    def keep_samples(self, run: ImportRun) -> None:
        shelving.keep_samples(run)

    def carry_out(self, load: Load, step: Step) -> None:
        shelving.carry_out(self.source, load, step)


@dataclass(frozen=True)
class Shelved(Extract):
    """A directory as it was read, with the name of its source."""

    source: str = ""


class Directory:
    """What the community offers: an HSDS package, its older shape, or a CSV of services."""

    name = _("directory")
    writes = frozenset(shelf.name for shelf in SHELVES)
    fields = hsds.FIELDS

    def read(self, asked: Asked) -> Shelved:
        held = hsds.read(asked)
        return Shelved(held.frames, held.faults, held.notes, held.totals, asked.source)

    def plan(self, held: Shelved, step: Step) -> ShelvedPlan:
        return ShelvedPlan(held, held.source, step)

    def put_back(self, run: ImportRun) -> None:
        shelving.put_back(run)


def of(reader: Callable[[Asked], Extract], name: Promise, *tables: str,
       fields: tuple[Field, ...] = ()) -> Filed:  # fmt: skip
    return Filed(name, reader, tuple(TABLE[table] for table in tables), fields)


KINDS: dict[str, Kind] = {
    "roster": Roster(),
    "attendance": of(attendance.read, _("attendance by day"), "days", fields=attendance.FIELDS),
    "stas": of(stas.read, _("attendance by year (CALPADS STAS)"), "years", fields=stas.FIELDS),
    "edfi-attendance": of(edfi.read, _("attendance by day (Ed-Fi)"), "days"),
    "enrollment": of(enrollment.read, _("enrollment"), "stays", fields=enrollment.FIELDS),
    "incidents": of(
        incidents.read, _("incidents (CALPADS SINC, SIRS, SOFF)"), "incidents", "parts"
    ),
    "staff": Staff(),
    "figures": Figures(_("public figures"), figures.read, (TABLE["figures"],)),
    "programs": of(programs.read, _("programs"), "programs", fields=programs.FIELDS),
    "directory": Directory(),
}


def kind_of(run: ImportRun) -> Kind:
    return KINDS[run.kind]


def alike(run: ImportRun) -> list[str]:
    """The kinds of files that write into a list this run wrote into."""
    writes = kind_of(run).writes
    return [key for key, kind in KINDS.items() if kind.writes & writes]
