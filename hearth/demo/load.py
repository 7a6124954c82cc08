"""Bring the demonstration district in: files first, then the doors every district comes through."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hearth.demo.cast import DISTRICT_CODE, DISTRICT_NAME, DISTRICT_SOURCE_ID
from hearth.demo.directory import load_directory, place_schools
from hearth.demo.filing import MOST_STUDENTS, file_records, is_filed, write_records
from hearth.demo.roster import write_district
from hearth.demo.school_days import INSTRUCTIONAL, write_calendar
from hearth.demo.settle import settle_cast
from hearth.demo.stories_assets import tell_assets, tell_correction
from hearth.demo.stories_county import tell_county
from hearth.demo.stories_door import tell_door
from hearth.demo.stories_elsewhere import tell_elsewhere
from hearth.demo.stories_funding import tell_funding
from hearth.demo.stories_hearing import tell_hearing
from hearth.demo.stories_legal import tell_legal
from hearth.demo.stories_listening import tell_listening
from hearth.demo.stories_meeting import tell_meetings
from hearth.demo.stories_needs import tell_needs
from hearth.demo.stories_out import tell_out
from hearth.demo.stories_partners import tell_partners
from hearth.demo.stories_quilt import tell_quilt
from hearth.demo.stories_review import tell_reviews
from hearth.demo.telling import tell_all
from hearth.demo.telling_plan import tell_plans
from hearth.imports import actions
from hearth.imports.models import ImportRun
from hearth.imports.run import apply_run, check_run
from hearth.insight.tasks import hasten
from hearth.schools.acting import acting_for
from hearth.schools.actions import set_closed_days
from hearth.schools.models import District, Session

JULY = 7
Say = Callable[[str], None]


class NotLoaded(Exception):
    """The demo's own file did not load; a defect of ours, with the run that tells more."""


@dataclass(frozen=True)
class Wanted:
    """Which district to invent, and the day on which its stories are told."""

    folder: Path
    students: int
    seed: int
    today: date

    @property
    def year(self) -> int:
        """The school year that this day falls in; it turns on 1 July."""
        return self.today.year if self.today.month >= JULY else self.today.year - 1

    @property
    def name(self) -> str:
        return f"alder-valley-{self.students}-{self.seed}-{self.year}"


def load(wanted: Wanted, say: Say) -> District:
    """Load the district, its calendar, its people and their stories. Repeating it adds nothing."""
    district = _district()
    if not _loaded_already(wanted, district):
        say(f"Writing the files of {wanted.students:,} invented students")
        folder = wanted.folder / wanted.name
        write_district(folder, students=wanted.students, seed=wanted.seed, year=wanted.year)
        say("Loading them through the roster importer")
        _import(folder, wanted.name, district)
    say("Writing and loading a year and a half of days at school")
    _file_records(wanted, district)
    say("Loading what the valley offers its families")
    load_directory(wanted.folder, district, wanted.today)
    with acting_for(district.pk):
        say("Settling the cast and telling their stories")
        _keep_calendar(wanted, district)
        begins = date(wanted.year, JULY, 1)
        settle_cast(district, since=begins)
        place_schools(district)
        tell_partners(district, today=wanted.today)
        tell_funding(district, today=wanted.today)
        tell_assets(district, today=wanted.today)
        tell_correction(district, today=wanted.today)
        tell_all(district, today=wanted.today, since=begins)
        tell_meetings(district, today=wanted.today, since=begins)
        tell_plans(district, today=wanted.today, since=begins)
        tell_legal(district, today=wanted.today, since=begins)
        tell_door(district, today=wanted.today)
        tell_reviews(district, today=wanted.today)
        tell_out(district, today=wanted.today)
        tell_needs(district, today=wanted.today)
        tell_county(district, today=wanted.today)
        tell_listening(district, today=wanted.today)
        tell_hearing(district, today=wanted.today)
        tell_elsewhere(district, today=wanted.today)
        tell_quilt(district, today=wanted.today)
    hasten(district.pk)
    return district


def _district() -> District:
    found, _made = District.objects.get_or_create(
        slug="alder-valley",
        defaults={
            "name": DISTRICT_NAME,
            "source_id": DISTRICT_SOURCE_ID,
            "cds_code": DISTRICT_CODE,
            "is_demo": True,
        },
    )
    return found


def _loaded_already(wanted: Wanted, district: District) -> bool:
    with acting_for(district.pk):
        loaded = ImportRun.objects.filter(kind="roster", state=ImportRun.State.APPLIED)
        newest = loaded.order_by("-at").first()
        return newest is not None and newest.file_name == wanted.name and Session.objects.exists()


def _import(folder: Path, name: str, district: District) -> None:
    with acting_for(district.pk):
        run = actions.receive(file=folder, name=name, district=district, by=None)
    run, checked = check_run(run_id=run.pk, district_id=district.pk)
    if run.state == ImportRun.State.READY:
        with acting_for(district.pk):
            # Another number of students or another seed is another district: let the old one go.
            for table in run.vanishing:
                run = actions.confirm(run=run, typed=table, by=None)
        run = apply_run(run_id=run.pk, district_id=district.pk, by=None, checked=checked)
    if run.state != ImportRun.State.APPLIED:
        raise NotLoaded(f"Import run {run.pk} is {run.get_state_display()}.")


def _file_records(wanted: Wanted, district: District) -> None:
    if wanted.students > MOST_STUDENTS or is_filed(district, wanted.today):
        return
    bundle = wanted.folder / wanted.name
    if not bundle.exists():
        write_district(bundle, students=wanted.students, seed=wanted.seed, year=wanted.year)
    folder = wanted.folder / f"{wanted.name}-records"
    written = write_records(
        bundle, folder, year=wanted.year, seed=wanted.seed, through=wanted.today
    )
    file_records(district, written, wanted.today)


def _keep_calendar(wanted: Wanted, district: District) -> None:
    with write_calendar(wanted.folder / wanted.name, wanted.year).open(newline="") as file:
        days = [
            (date.fromisoformat(row["date"]), row["kind"], row["name"])
            for row in csv.DictReader(file)
            if row["kind"] != INSTRUCTIONAL
        ]
    set_closed_days(district=district, days=days)
