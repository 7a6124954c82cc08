"""The columns of every fact, and where each comes from. The one place that says so.

A column's `source` is the field it is read from, "app.Model.field", or "" where it is worked out.
A guard reads these against the fields' privacy classes: nothing personal may enter the mart.
"""

from dataclasses import dataclass

KINDS = (
    "present",
    "excused",
    "unexcused",
    "suspended",
    "in_school",
    "independent",
    "independent_missed",
)
"""Kinds of attendance day, in the order of their numbers: 0 is present."""

COUNTED = ("expected", *KINDS)

ABSENT = ("excused", "unexcused", "suspended", "independent_missed")
"""Kinds that count as absent. In-school suspension is a day in school."""

ATTENDED = ("present", "in_school", "independent")

DOMAINS = ("academic", "behavior", "social_emotional", "attendance", "health_basic_needs")
"""What a referral or a tier is about, as the room of supports keeps it."""

OPENNESS = (
    "no_answer", "no_capacity", "not_eligible", "not_taken", "not_met", "partly", "waiting",
    "under_way", "linked", "family_declined", "taken_back", "met",
)  # fmt: skip
"""Where a need stands of which partners were asked, the most open first: partners.rules.missing."""

PROGRAMS = (
    "english_learner",
    "long_term_english_learner",
    "disability",
    "disadvantaged",
    "foster",
    "homeless",
    "migrant",
)

RACES = (
    "hispanic",
    "american_indian",
    "asian",
    "black",
    "filipino",
    "pacific_islander",
    "white",
    "two_or_more",
    "not_reported",
)
"""Race and ethnicity as California rolls them up, in the order in which they are shown."""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    source: str = ""


def _student() -> tuple[Column, ...]:
    return Column("student", "int64", "insight.FactKey.key"), Column("school", "int32")


YEAR = Column("year", "int16")

FACTS: dict[str, tuple[Column, ...]] = {
    # One row for each student, school and school year: cumulative enrollment.
    "student_years": (
        *_student(),
        YEAR,
        Column("grade", "string", "records.Enrollment.grade"),
        Column("race", "string", "people.Identity.races"),
        Column("gender", "string", "people.Identity.gender"),
        *(Column(name, "boolean", "people.ProgramTime.program") for name in PROGRAMS),
        Column("language", "string", "people.Person.home_language"),
        Column("exempt", "boolean", "records.Enrollment.exempt"),
        Column("stable", "boolean", "records.Enrollment.exit_code"),
        # The student's last school in the year: the row that stands for the whole district.
        Column("last", "boolean", "records.Enrollment.starts"),
    ),
    "attendance": (
        *_student(),
        Column("day", "date", "records.AttendanceDay.day"),
        Column("kind", "int8", "records.AttendanceDay.kind"),
        Column("minutes", "int16", "records.AttendanceDay.minutes"),
    ),
    "months": (
        *_student(),
        YEAR,
        Column("month", "date"),
        *(Column(name, "int16", "records.AttendanceDay.kind") for name in COUNTED),
    ),
    # What a file told of a whole year, for those of whom it told no days.
    "year_totals": (
        *_student(),
        YEAR,
        *(
            Column(
                name,
                "decimal(7,2)",
                f"records.AttendanceYear.{'attended' if name == 'present' else name}",
            )
            for name in COUNTED
        ),
    ),
    "years": (
        *_student(),
        YEAR,
        *(Column(name, "decimal(7,2)", "records.AttendanceDay.kind") for name in COUNTED),
    ),
    # Days on which a school was in session, by month: what an average day is an average over.
    "taught": (
        Column("school", "int32"),
        YEAR,
        Column("month", "date"),
        Column("days", "int16", "records.AttendanceDay.day"),
    ),
    "incidents": (
        *_student(),
        YEAR,
        Column("day", "date", "records.Incident.day"),
        Column("incident", "int64"),
        Column("offenses", "array<string>", "records.IncidentPart.offenses"),
        Column("result", "int16", "records.IncidentPart.result"),
        Column("days", "float64", "records.IncidentPart.days"),
        Column("minutes", "int32", "records.IncidentPart.minutes"),
    ),
    "referrals": (
        *_student(),
        YEAR,
        Column("need", "string", "supports.Referral.domain"),
        Column("opened", "date", "supports.Referral.asked_at"),
        Column("answer_due", "date", "supports.Referral.answer_due_on"),
        Column("answered", "date", "supports.Referral.answered_at"),
        Column("linked", "date", "supports.Referral.first_service_on"),
        Column("closed", "date", "supports.Referral.since"),
    ),
    "tiers": (
        *_student(),
        YEAR,
        Column("domain", "string", "supports.Tier.domain"),
        Column("tier", "int8", "supports.Tier.level"),
        Column("since", "date", "supports.Tier.starts_on"),
    ),
    "reviews": (
        *_student(),
        YEAR,
        Column("reviewed", "boolean", "supports.StudentReview.at"),
    ),
    # One row for each student, school, year and need of which a partner was asked, or the family
    # said no before one was (partners.Consent).
    "needs": (
        *_student(),
        YEAR,
        Column("need", "string", "partners.ReferralOut.need"),
        Column("asked_month", "string", "partners.ReferralOut.sent_at"),
        Column("standing", "string", "partners.ReferralOut.state"),
        # Asked for last, at whichever school: the row that stands for the whole district.
        Column("last", "boolean", "partners.ReferralOut.sent_at"),
    ),
    "staff": (
        Column("person", "int64", "insight.FactKey.key"),
        Column("school", "int32"),
        YEAR,
        Column("role", "string", "people.Staff.title"),
        Column("race", "string", "people.Identity.races"),
        Column("language", "string", "people.Person.home_language"),
    ),
}

DUCKDB = {
    "int64": "BIGINT",
    "int32": "INTEGER",
    "int16": "SMALLINT",
    "int8": "TINYINT",
    "decimal(7,2)": "DECIMAL(7,2)",
    "float64": "DOUBLE",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "array<string>": "VARCHAR[]",
}


def names(fact: str) -> list[str]:
    return [column.name for column in FACTS[fact]]


def duckdb_types(fact: str) -> dict[str, str]:
    """Column and DuckDB type, in order."""
    return {column.name: DUCKDB[column.type] for column in FACTS[fact]}
