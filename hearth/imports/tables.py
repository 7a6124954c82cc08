"""What each table takes from a roster file, in the order in which it is loaded.

Each target says, in pieces of SQL, where its values come from. `s` is the staged row, `t` the row
as it stands in the table, and a reference such as `school` is the row it points to. `plan.py`
makes preview and load from the same pieces, so that one cannot tell another story than the other.
"""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from dataclasses import dataclass, field

from django.db import models

from hearth.people.models import (
    Guardian,
    Guardianship,
    Identity,
    Person,
    Section,
    SectionMember,
    Staff,
    Student,
)
from hearth.schools.models import School, Session


@dataclass(frozen=True)
class Value:
    """One column: what the file says of it, and what it is when nobody says anything.

    A `soft` value is never blanked by a file: it may have been learned in Hearth.
    """

    staged: str
    said: str = ""
    default: str = "''"
    soft: bool = False

    def sql(self, column: str, carried: set[str]) -> str:
        said = self.said or f"s.{self.staged}"
        if self.soft or self.staged not in carried:
            return f"coalesce({said}, t.{column}, {self.default})"
        return f"coalesce({said}, {self.default})"


def text(staged: str, *, soft: bool = False) -> Value:
    return Value(staged, soft=soft)


def day(staged: str) -> Value:
    return Value(staged, default="NULL")


def points_to(staged: str, reference: str, *, soft: bool = False) -> Value:
    return Value(staged, f"{reference}.id", default="NULL", soft=soft)


@dataclass(frozen=True)
class Target:
    """One table of Hearth's and how a file fills it.

    name        what people call it: in counts, and when they confirm
    stem        the file that decides which of its rows are gone
    values      the columns that the file fills
    from_file   which rows of the table are the file's business at all
    only, match which staged rows speak of this table, and of which row
    refers      reference → (the staged column, the target it points to)
    needs       the references without which a row cannot be
    at_first    columns set once, when the row is made
    """

    name: str
    model: type[models.Model]
    stage: str
    stem: str
    values: dict[str, Value]
    from_file: str = "t.source_id <> ''"
    only: str = "true"
    match: str = "t.source_id = s.source_id AND t.source_id <> ''"
    refers: dict[str, tuple[str, str]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    joins: str = ""
    at_first: dict[str, str] = field(default_factory=dict)
    dated: bool = False

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return "person_id" if self.is_role else "id"

    @property
    def is_role(self) -> bool:
        """What a person is; shares the key of the person."""
        return self.model in (Student, Guardian, Staff)


def person_of(column: str, what: str) -> str:
    """Whether there is such a person. Never `IN`: once the people are too many for the memory of
    one step, PostgreSQL would read all of them for every row."""
    return f"EXISTS (SELECT FROM people_person o WHERE o.id = t.{column} AND {what})"


def with_merged(column: str) -> str:
    """Rows that stayed with a person whom a merge took in wait for the merge to be taken back."""
    return person_of(column, "o.merged_into_id IS NOT NULL")


PERSON_FROM_FILE = person_of("person_id", "o.source_id <> '' AND o.merged_into_id IS NULL")


def role(
    name: str, model: type[models.Model], stage: str, said: str, values: dict[str, Value],
    **at_first: str,
) -> Target:  # fmt: skip
    """What a person is. A file that says nothing of roles leaves each as it was."""
    return Target(
        name,
        model,
        stage,
        "users",
        values,
        from_file=PERSON_FROM_FILE,
        only=f"({said} OR t.person_id IS NOT NULL)",
        match="t.person_id = person.id",
        refers={"person": ("source_id", "people"), "school": ("school_source", "schools")},
        needs=("person", *(["school"] if model is Student else [])),
        at_first=at_first,
    )


# The address of a school: its name in plain letters, with its number where two would be the same.
SLUG = (
    "coalesce(nullif(trim(BOTH '-' FROM regexp_replace("
    "people_fold(left(name, 50)), '[^a-z0-9]+', '-', 'g')), ''), 'school')"
)
OWN_SLUG = (
    f"CASE WHEN row_number() OVER (PARTITION BY {SLUG} ORDER BY id) > 1 OR EXISTS (SELECT FROM "
    f"schools_school other WHERE other.slug = {SLUG}) THEN {SLUG} || '-' || id ELSE {SLUG} END"
)

TARGETS = (
    Target(
        "schools", School, "schools", "orgs",
        {"name": text("name"), "cds_code": text("cds_code", soft=True)},
        at_first={"slug": OWN_SLUG, "urgent_phone": "''"},
    ),
    Target(
        "sessions", Session, "sessions", "academicSessions",
        {
            "title": text("title"),
            "kind": text("kind"),
            "starts": day("starts"),
            "ends": day("ends"),
        },
    ),
    Target(
        "people", Person, "people", "users",
        {
            "given_name": text("given_name"),
            "middle_name": text("middle_name"),
            "family_name": text("family_name"),
            "preferred_name": text("preferred_name", soft=True),
            "pronouns": text("pronouns", soft=True),
            "birth_date": Value("birth_date", "birth.birth_date", "NULL", soft=True),
            "email": text("email"),
            "phone": text("phone"),
            "home_language": text("home_language", soft=True),
            "interpreter_needed": Value("interpreter_needed", default="false", soft=True),
            "reach_by": text("reach_by", soft=True),
        },
        from_file="t.source_id <> '' AND t.merged_into_id IS NULL",
        joins="LEFT JOIN staged_identities birth ON birth.source_id = s.source_id "
        "AND NOT birth.gone",
    ),
    role(
        "students", Student, "people", "s.kind = 'student'",
        {
            "school_id": points_to("school_source", "school", soft=True),
            "grade": text("grade", soft=True),
            "local_id": text("identifier", soft=True),
        },
        strengths="''",
    ),
    role("guardians", Guardian, "people", "s.kind = 'guardian'", {}),
    role(
        "staff", Staff, "posts", "s.title IS NOT NULL",
        {
            "school_id": points_to("school_source", "school", soft=True),
            "title": text("title", soft=True),
        },
    ),
    Target(
        "guardianships", Guardianship, "guardianships", "users",
        {
            "student_id": points_to("student", "student"),
            "guardian_id": points_to("guardian", "guardian"),
            "relationship": text("relationship", soft=True),
        },
        from_file="t.source_id <> '' "
        f"AND NOT {with_merged('student_id')} AND NOT {with_merged('guardian_id')}",
        match="t.student_id = student.id AND t.guardian_id = guardian.id",
        refers={"student": ("student", "students"), "guardian": ("guardian", "guardians")},
        needs=("student", "guardian"),
        at_first={"may_decide": "true", "may_see_records": "true", "may_pick_up": "true"},
    ),
    Target(
        "sections", Section, "sections", "classes",
        {
            "school_id": points_to("school_source", "school"),
            "title": text("title"),
            "code": text("code"),
            "course_title": text("course_title", soft=True),
            "kind": text("kind"),
            "grade": text("grade"),
            "starts": Value("starts", "meets.starts", "NULL", soft=True),
            "ends": Value("ends", "meets.ends", "NULL", soft=True),
        },
        refers={"school": ("school_source", "schools")},
        needs=("school",),
        joins="LEFT JOIN section_days meets ON meets.source_id = s.source_id",
    ),
    Target(
        "members", SectionMember, "members", "enrollments",
        {
            "section_id": points_to("section", "section"),
            "person_id": points_to("person", "person"),
            "role": text("role"),
            "starts": day("starts"),
            "ends": day("ends"),
        },
        refers={"section": ("section", "sections"), "person": ("person", "people")},
        needs=("section", "person"),
    ),
    Target(
        "identities", Identity, "identities", "demographics",
        {
            "person_id": points_to("source_id", "person"),
            "gender": text("gender"),
            "hispanic": Value("hispanic", default="NULL"),
            "races": Value("races", default="'{}'"),
        },
        # What was learned in Hearth has no run it arrived with, and no file changes it.
        from_file="t.valid_to IS NULL AND t.arrived_with IS NOT NULL "
        f"AND NOT {with_merged('person_id')}",
        match="t.person_id = person.id AND t.valid_to IS NULL",
        refers={"person": ("source_id", "people")},
        needs=("person",),
        dated=True,
    ),
)  # fmt: skip
TARGET = {target.name: target for target in TARGETS}

# Where the database looks up a reference that the file itself need not hold.
ONE_PERSON = "coalesce(survivors.id, p.id)"
KNOWN = {
    "schools": "SELECT source_id, id FROM schools_school WHERE source_id <> ''",
    "sections": "SELECT source_id, id FROM people_section WHERE source_id <> ''",
    "people": f"SELECT p.source_id, {ONE_PERSON} AS id FROM people_person p "
    "LEFT JOIN survivors USING (source_id) WHERE p.source_id <> ''",
    **{
        name: f"SELECT p.source_id, r.person_id AS id FROM people_person p LEFT JOIN survivors "
        f"USING (source_id) JOIN {table} r ON r.person_id = {ONE_PERSON} WHERE p.source_id <> ''"
        for name, table in (("students", "people_student"), ("guardians", "people_guardian"))
    },
}

# The same for what a bundle calls its files by; an org may be the district itself.
WHO_KNOWS = {
    "orgs": f"{KNOWN['schools']} UNION ALL SELECT source_id, id FROM schools_district "
    "WHERE source_id <> ''",
    "sessions": "SELECT source_id, id FROM schools_session WHERE source_id <> ''",
    "sections": KNOWN["sections"],
    "people": KNOWN["people"],
}
