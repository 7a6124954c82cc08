"""Write the whole district as a OneRoster 1.2 bundle.

    counts = write_district(Path("alder-valley"), students=3_000, seed=2026, year=2026)

The same arguments write the same bytes, always. Rows go to disk one pattern of schools at a time,
so half a million students need no more memory than five thousand.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from hearth.demo.cast import DISTRICT_CODE, DISTRICT_NAME, DISTRICT_SOURCE_ID, School
from hearth.demo.cast_families import cast_households
from hearth.demo.feeders import Pattern, Seats, grade_deck, patterns
from hearth.demo.households import Household, community_at, household
from hearth.demo.rows import demographics_row, guardian_row, role_row, student_row, worker_row
from hearth.demo.school_days import SchoolYear
from hearth.demo.shares import SHARES
from hearth.demo.staffing import Hiring, Worker, district_office
from hearth.demo.tables import Bundle
from hearth.demo.timetable import Section, courses, timetable

FEWEST_STUDENTS = 50
# Steps of the golden ratio visit every part of 0 to 1 evenly, so small communities are there too.
GOLDEN = 0.6180339887498949
MOVED_IN_LATER = 0.03


@dataclass(slots=True)
class Counts:
    """What was written: rows that stand for one of each."""

    schools: int = 0
    households: int = 0
    students: int = 0
    guardians: int = 0
    staff: int = 0
    classes: int = 0
    enrollments: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def write_district(
    folder: Path, *, students: int = 3000, seed: int = 2026, year: int = 2026
) -> Counts:
    """Write the bundle into `folder` and say how many of each it holds."""
    if students < FEWEST_STUDENTS:
        raise ValueError(f"Ask for {FEWEST_STUDENTS} students or more; the cast needs classmates.")
    with Bundle(folder) as bundle:
        writer = DistrictWriter(bundle, seed, SchoolYear(year))
        writer.write_frame()
        for pattern in patterns(students):
            writer.write_pattern(pattern)
        return writer.counts


class DistrictWriter:
    """Numbers everyone across the district and writes them, pattern by pattern."""

    def __init__(self, bundle: Bundle, seed: int, school_year: SchoolYear) -> None:
        self.bundle = bundle
        self.seed = seed
        self.school_year = school_year
        self.counts = Counts()
        self.hiring = Hiring()
        self.place = Random(seed).random()  # noqa: S311 - invented people, no secret

    @property
    def year_id(self) -> str:
        return f"{DISTRICT_SOURCE_ID}-{self.school_year.title}"

    @property
    def term_ids(self) -> str:
        return f"{self.year_id}-fall,{self.year_id}-spring"

    def write_frame(self) -> None:
        """The district itself: its year, its terms, its office and what it teaches."""
        self._write_sessions()
        self.bundle.orgs.writerow(
            (DISTRICT_SOURCE_ID, "", "", DISTRICT_NAME, "district", DISTRICT_CODE, "")
        )
        for source_id, title, grade, subject in courses():
            code = source_id.removeprefix("avusd-course-").upper()
            self.bundle.courses.writerow(
                (
                    source_id,
                    "",
                    "",
                    self.year_id,
                    title,
                    code,
                    grade,
                    DISTRICT_SOURCE_ID,
                    subject,
                    "",
                )
            )
        for worker in district_office():
            self._write_worker(worker, DISTRICT_SOURCE_ID)

    def _write_sessions(self) -> None:
        year = self.school_year
        rows = (
            ("", year.title, "schoolYear", year.first_day, year.last_day, ""),
            ("-fall", f"Fall {year.year}", "term", year.first_day, year.fall_ends, self.year_id),
            (
                "-spring",
                f"Spring {year.year + 1}",
                "term",
                year.spring_begins,
                year.last_day,
                self.year_id,
            ),
        )
        for ending, title, kind, start, end, parent in rows:
            self.bundle.academic_sessions.writerow(
                (f"{self.year_id}{ending}", "", "", title, kind, start, end, parent, year.year + 1)
            )

    def write_pattern(self, pattern: Pattern) -> None:
        """Five schools: their families first, then classes, then the staff those classes need."""
        dice = Random(f"{self.seed}/{pattern.number}")  # noqa: S311 - invented people, no secret
        for school in pattern.schools:
            self.counts.schools += 1
            self.bundle.orgs.writerow(
                (school.source_id, "", "", school.name, "school", school.code, DISTRICT_SOURCE_ID)
            )
        source_ids = {school.key: school.source_id for school in pattern.schools}
        seats = Seats(dice, pattern)
        for family in self._households(dice, pattern):
            seats.seat(family)
            self._write_household(family, source_ids)
        for school in pattern.schools:
            self._write_school(dice, school, seats)

    def _households(self, dice: Random, pattern: Pattern) -> list[Household]:
        deck = grade_deck(dice, pattern.students)
        families: list[Household] = []
        if pattern.number == 0:
            families = cast_households(self.school_year.year)
            for family in families:
                for known in family.children:
                    deck.remove(known.grade)
        child, guardian = self.counts.students + 1, self.counts.guardians + 1
        sizes = SHARES.children
        while deck:
            size = int(dice.choices(sizes.choices, cum_weights=sizes.running)[0])
            grades = [deck.pop() for _ in range(min(size, len(deck)))]
            self.place = (self.place + GOLDEN) % 1
            family = household(
                dice,
                community_at(self.place),
                grades=grades,
                first_child=child,
                first_guardian=guardian,
                year=self.school_year.year,
            )
            child += len(grades)
            guardian += len(family.guardians)
            families.append(family)
        return families

    def _write_household(self, family: Household, school_ids: dict[str, str]) -> None:
        users, roles = self.bundle.users, self.bundle.roles
        guardian_ids = ",".join(guardian.source_id for guardian in family.guardians)
        child_ids = ",".join(child.source_id for child in family.children)
        self.counts.households += 1
        for child in family.children:
            self.counts.students += 1
            school_id = school_ids[child.school]
            users.writerow(student_row(child, school_id, guardian_ids, self.counts.students))
            roles.writerow(role_row(child.source_id, "student", school_id, "student"))
            self.bundle.demographics.writerow(demographics_row(child))
        school_id = school_ids[family.children[-1].school]
        for guardian in family.guardians:
            self.counts.guardians += 1
            users.writerow(guardian_row(guardian, school_id, child_ids))
            roles.writerow(role_row(guardian.source_id, guardian.role, school_id, "guardian"))

    def _write_school(self, dice: Random, school: School, seats: Seats) -> None:
        sections, teaching = timetable(school, seats)
        teachers = self.hiring.teachers(dice, school, teaching)
        attending = sum(len(seats.in_grade(school, grade)) for grade in school.grades)
        for worker in (*teachers, *self.hiring.others(dice, school, attending)):
            self._write_worker(worker, school.source_id)
        for section in sections:
            self._write_section(dice, school, section, teachers[section.teacher])

    def _write_worker(self, worker: Worker, org_id: str) -> None:
        self.counts.staff += 1
        self.bundle.users.writerow(worker_row(worker, org_id))
        self.bundle.roles.writerow(role_row(worker.source_id, worker.role, org_id, worker.position))

    def _write_section(
        self, dice: Random, school: School, section: Section, teacher: Worker
    ) -> None:
        school_id, class_id = school.source_id, section.source_id
        first_day = self.school_year.first_day
        usual = first_day.isoformat()
        self.counts.classes += 1
        self.bundle.classes.writerow(
            (
                class_id, "", "", section.title, section.grade, section.course,
                class_id.removeprefix("avusd-class-").upper(),
                "scheduled" if section.period else "homeroom",
                f"Room {section.teacher + 1}", school_id, self.term_ids, section.subject, "",
                section.period or "",
            )
        )  # fmt: skip
        number = self.counts.enrollments
        write = self.bundle.enrollments.writerow
        write(
            (f"avusd-enrollment-{number + 1:08d}", "", "", class_id, school_id, teacher.source_id,
             "teacher", "true", usual, "")
        )  # fmt: skip
        for place, child in enumerate(section.students, start=number + 2):
            begins = usual
            if dice.random() < MOVED_IN_LATER:
                begins = (first_day + timedelta(days=dice.randrange(7, 100))).isoformat()
            write(
                (f"avusd-enrollment-{place:08d}", "", "", class_id, school_id, child.source_id,
                 "student", "", begins, "")
            )  # fmt: skip
        self.counts.enrollments += 1 + len(section.students)
