"""A year and a half of the district's own records: written as its system would, then loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from hearth.demo.days_at_school import days_at_school
from hearth.demo.incidents import as_files, incidents
from hearth.demo.programs import programs
from hearth.demo.pupils import Told, a_year_ago, pupils
from hearth.demo.staff_told import staff_told
from hearth.demo.stays import as_file, stays
from hearth.imports import actions
from hearth.imports.extracts import Reading
from hearth.imports.models import ImportRun
from hearth.imports.run import apply_run, check_run
from hearth.schools.acting import acting_for
from hearth.schools.models import District

SOURCE = "Alder Valley's system"
FILES = 8
MOST_STUDENTS = 60_000
"""A larger district is for measuring the roster; its days would take the afternoon."""
CODES = {
    "P": "present", "E": "excused", "U": "unexcused", "S": "suspended", "I": "in_school",
    "D": "independent", "N": "independent_missed",
}  # fmt: skip
Say = Callable[[str], None]


def write_records(
    bundle: Path, folder: Path, *, year: int, seed: int, through: date
) -> list[tuple[str, Path]]:
    """Write the files of last year and of this one up to a day; say which is of which kind."""
    folder.mkdir(parents=True, exist_ok=True)
    now = pupils(bundle)
    this, last = Told(now, year, seed), Told(a_year_ago(now, seed), year - 1, seed)
    held = programs(this)
    written = [("programs", _write(held, folder / "programs.csv"))]
    written.append(("staff", _write(staff_told(bundle, seed), folder / "staff.csv")))
    for told in (last, this):
        title = told.calendar.title
        found, happened = stays(told), incidents(told)
        days = days_at_school(told, found, happened, held, through)
        written.append(
            ("enrollment", _write(as_file(told, found, through), folder / f"stays-{title}.csv"))
        )
        written.append(("attendance", _write(days, folder / f"days-{title}.csv")))
        at = folder / f"incidents-{title}"
        at.mkdir(exist_ok=True)
        for name, frame in as_files(told, happened, through).items():
            _write(frame, at / name)
        written.append(("incidents", at))
    return written


def _write(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_csv(path)
    return path


def is_filed(district: District, through: date) -> bool:
    """Whether everything up to this day was written and loaded before."""
    with acting_for(district.pk):
        loaded = ImportRun.objects.filter(
            source=SOURCE, state=ImportRun.State.APPLIED, file_name__endswith=through.isoformat()
        )
        return loaded.count() == FILES


def file_records(district: District, written: list[tuple[str, Path]], through: date) -> None:
    """Load each file that was not loaded yet; what was is not loaded twice."""
    for kind, path in written:
        name = f"{path.name}, {through.isoformat()}"
        with acting_for(district.pk):
            if ImportRun.objects.filter(file_name=name, state=ImportRun.State.APPLIED).exists():
                continue
            run = actions.receive(
                file=path, name=name, district=district, by=None, kind=kind, source=SOURCE,
                reading=Reading(values=CODES) if kind == "attendance" else None,
            )  # fmt: skip
        run, held = check_run(run_id=run.pk, district_id=district.pk, plan=False)
        if held is None:
            raise NotFiled(f"Import run {run.pk} is {run.get_state_display()}.")
        with acting_for(district.pk):
            run.confirmed = ["incidents", "parts", "programs", "stays"]
            run.save(update_fields=["confirmed"])
        run = apply_run(run_id=run.pk, district_id=district.pk, by=None, checked=held)
        if run.state != ImportRun.State.APPLIED:
            raise NotFiled(f"Import run {run.pk} is {run.get_state_display()}.")


class NotFiled(Exception):
    """A file of the demonstration's own did not load; a defect of ours."""
