"""Who learns with whom: homerooms in elementary school, six periods in middle and high school."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

from hearth.demo.cast import ELEMENTARY, GRADES, School
from hearth.demo.feeders import Seats
from hearth.demo.households import Child

LARGEST_HOMEROOM = 26
LARGEST_SECTION = 32
PERIODS = 6
PERIODS_TAUGHT = 5
CORE = ("English", "Mathematics", "Science", "History", "Physical Education")
ELECTIVES = ("Art", "Spanish", "Music", "Computer Science", "Woodshop and Making", "Theater")
SUBJECTS = CORE + ELECTIVES
GRADE_TITLE = {"TK": "Transitional Kindergarten", "KG": "Kindergarten"}


@dataclass(slots=True)
class Section:
    """One class: its students, and the place of its teacher in the school's list of teachers."""

    source_id: str
    title: str
    grade: str
    course: str
    subject: str
    number: int
    period: int
    students: list[Child]
    teacher: int = 0


@dataclass(slots=True)
class Teaching:
    """One teacher's day: a subject (none for a homeroom) and the periods already taken."""

    subject: str
    grade: str = ""
    periods: set[int] = field(default_factory=set)


def grade_title(grade: str) -> str:
    return GRADE_TITLE.get(grade) or f"Grade {int(grade)}"


def course_id(grade: str, subject: str = "") -> str:
    ending = f"-{subject.lower().replace(' ', '-')}" if subject else ""
    return f"avusd-course-{grade.lower()}{ending}"


def course_title(grade: str, subject: str = "") -> str:
    return f"{subject} {int(grade)}" if subject else grade_title(grade)


def courses() -> list[tuple[str, str, str, str]]:
    """Every course the district offers: id, title, grade and subject."""
    rows = [(course_id(grade), course_title(grade), grade, "") for grade in ELEMENTARY]
    for grade in GRADES[len(ELEMENTARY) :]:
        rows += [
            (course_id(grade, subject), course_title(grade, subject), grade, subject)
            for subject in SUBJECTS
        ]
    return rows


def evenly(children: list[Child], largest: int) -> list[list[Child]]:
    """As few groups as `largest` allows, of sizes that differ by at most one, in order."""
    if not children:
        return []
    count = ceil(len(children) / largest)
    each, more = divmod(len(children), count)
    groups, start = [], 0
    for place in range(count):
        end = start + each + (1 if place < more else 0)
        groups.append(children[start:end])
        start = end
    return groups


def homerooms(school: School, seats: Seats) -> tuple[list[Section], list[Teaching]]:
    sections: list[Section] = []
    teachers: list[Teaching] = []
    for grade in school.grades:
        for number, group in enumerate(evenly(seats.in_grade(school, grade), LARGEST_HOMEROOM), 1):
            sections.append(
                Section(
                    source_id=f"avusd-class-{school.key}-{grade.lower()}-{number}",
                    title=f"{grade_title(grade)}, Room {len(sections) + 1}",
                    grade=grade,
                    course=course_id(grade),
                    subject="",
                    number=number,
                    period=0,
                    students=group,
                    teacher=len(teachers),
                )
            )
            teachers.append(Teaching(subject="", grade=grade))
    return sections, teachers


def periods(school: School, seats: Seats) -> tuple[list[Section], list[Teaching]]:
    """Small cohorts share a day of six periods, so that nobody has two classes at once."""
    sections: list[Section] = []
    for later, grade in enumerate(school.grades):
        groups = evenly(seats.in_grade(school, grade), LARGEST_SECTION)
        for number, group in enumerate(groups):
            for place, subject in enumerate((*CORE, ELECTIVES[number % len(ELECTIVES)])):
                sections.append(
                    Section(
                        source_id=f"avusd-class-{school.key}-{grade}-{number + 1}-{place + 1}",
                        title=f"{course_title(grade, subject)}, Section {number + 1}",
                        grade=grade,
                        course=course_id(grade, subject),
                        subject=subject,
                        number=number,
                        period=(number + place + later) % PERIODS + 1,
                        students=group,
                    )
                )
    return sections, assign_teachers(sections)


def assign_teachers(sections: list[Section]) -> list[Teaching]:
    """Each section gets the first teacher of its subject who is free then and has room that day.

    First sections of every grade come first, so that one teacher meets several grades.
    """
    teachers: list[Teaching] = []
    of_subject: dict[str, list[int]] = {}
    for section in sorted(sections, key=lambda section: (section.number, section.grade)):
        candidates = of_subject.setdefault(section.subject, [])
        for place in candidates:
            day = teachers[place].periods
            if section.period not in day and len(day) < PERIODS_TAUGHT:
                break
        else:
            place = len(teachers)
            teachers.append(Teaching(section.subject))
            candidates.append(place)
        teachers[place].periods.add(section.period)
        section.teacher = place
    return teachers


def timetable(school: School, seats: Seats) -> tuple[list[Section], list[Teaching]]:
    return (homerooms if school.grades == ELEMENTARY else periods)(school, seats)
