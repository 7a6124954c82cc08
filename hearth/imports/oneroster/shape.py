"""The columns of each OneRoster file, for version 1.1 and 1.2, as data.

A column names its header first and then the other spellings that real files use. Only columns
that Hearth uses are here; the rest of the standard is listed as known, so that it is passed over
in silence, and anything else (ext_*, vendor columns) is passed over with a note.
"""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a cell is read."""

    TEXT = "text"
    DATE = "date"
    YEAR = "year"
    BOOL = "bool"
    ENUM = "enum"
    LIST = "list"
    REF = "ref"
    REFS = "refs"


@dataclass(frozen=True)
class Column:
    name: str
    headers: tuple[str, ...]
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    repeated: bool = False
    """The same few ids stand on many rows, so each is kept once."""

    @property
    def header(self) -> str:
        return self.headers[0]


@dataclass(frozen=True)
class Table:
    """One file: its name without .csv, its key, the columns we read, and those we know of."""

    stem: str
    columns: tuple[Column, ...]
    known: tuple[str, ...] = ()
    key: tuple[str, ...] = ("sourcedId",)

    @property
    def file(self) -> str:
        return f"{self.stem}.csv"

    @property
    def all_columns(self) -> tuple[Column, ...]:
        key = Column("source_id", self.key, Kind.REF, required=True)
        return (key, Column("status", ("status",)), *self.columns)


def needs(name: str, *headers: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(name, headers, kind, required=True)


def may(name: str, *headers: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(name, headers, kind)


def repeats(name: str, *headers: str) -> Column:
    return Column(name, headers, Kind.REF, required=True, repeated=True)


def one_of(name: str, header: str, choices: tuple[str, ...], *, required: bool = True) -> Column:
    return Column(name, (header,), Kind.ENUM, required, choices)


ORG_TYPES = ("department", "school", "district", "local", "state", "national")
SESSION_TYPES = ("gradingPeriod", "semester", "schoolYear", "term")
GUARDIAN_ROLES = ("guardian", "parent", "relative")
STAFF_ROLES = (
    "administrator",
    "aide",
    "counselor",
    "districtAdministrator",
    "principal",
    "proctor",
    "siteAdministrator",
    "systemAdministrator",
    "teacher",
)
ROLES = ("student", *GUARDIAN_ROLES, *STAFF_ROLES)
GENDERS = {
    "female": "F",
    "f": "F",
    "male": "M",
    "m": "M",
    "other": "X",
    "x": "X",
    "unspecified": None,
}
RACES = {
    "american_indian": "americanIndianOrAlaskaNative",
    "asian": "asian",
    "black": "blackOrAfricanAmerican",
    "pacific_islander": "nativeHawaiianOrOtherPacificIslander",
    "white": "white",
}

ORGS = Table(
    "orgs",
    (
        needs("name", "name"),
        one_of("type", "type", ORG_TYPES),
        may("identifier", "identifier"),
        may("parent", "parentSourcedId", kind=Kind.REF),
    ),
)

SESSIONS = Table(
    "academicSessions",
    (
        needs("title", "title"),
        one_of("type", "type", SESSION_TYPES),
        needs("starts", "startDate", kind=Kind.DATE),
        needs("ends", "endDate", kind=Kind.DATE),
        needs("school_year", "schoolYear", kind=Kind.YEAR),
        may("parent", "parentSourcedId", kind=Kind.REF),
    ),
)

COURSES = Table(
    "courses",
    (
        needs("title", "title"),
        may("code", "courseCode"),
        needs("school", "orgSourcedId", kind=Kind.REF),
    ),
    known=("schoolYearSourcedId", "schoolYearId", "grades", "grade", "subjects", "subjectCodes"),
)

CLASSES = Table(
    "classes",
    (
        needs("title", "title"),
        may("grades", "grades", "grade", kind=Kind.LIST),
        needs("course", "courseSourcedId", kind=Kind.REF),
        may("code", "classCode"),
        one_of("kind", "classType", ("homeroom", "scheduled")),
        may("location", "location"),
        needs("school", "schoolSourcedId", kind=Kind.REF),
        needs("terms", "termSourcedIds", kind=Kind.REFS),
        may("periods", "periods"),
    ),
    known=("subjects", "subjectCodes", "resources"),
)

PERSON = (
    needs("enabled", "enabledUser", kind=Kind.BOOL),
    needs("given_name", "givenName"),
    may("middle_name", "middleName"),
    needs("family_name", "familyName"),
    may("identifier", "identifier"),
    may("email", "email"),
    may("sms", "sms"),
    may("phone", "phone"),
    may("agents", "agentSourcedIds", "agents", kind=Kind.REFS),
    may("grades", "grades", "grade", kind=Kind.LIST),
    may("home_language", "metadata.homeLanguage"),
    may("interpreter_needed", "metadata.interpreterNeeded", kind=Kind.BOOL),
    may("reach_by", "metadata.reachBy"),
    may("relationship", "metadata.relationship"),
)

KNOWN_OF_USERS = ("username", "userIds", "userId", "password")

USERS_1_1 = Table(
    "users",
    (
        needs("orgs", "orgSourcedIds", "orgSourcedId", kind=Kind.REFS),
        one_of("role", "role", ROLES),
        *PERSON,
        may("preferred_name", "preferredGivenName", "preferredFirstName"),
        may("pronouns", "pronouns"),
    ),
    known=KNOWN_OF_USERS,
)

USERS_1_2 = Table(
    "users",
    (
        *PERSON,
        may("preferred_name", "preferredGivenName", "preferredFirstName"),
        may("pronouns", "pronouns"),
        may("primary_org", "primaryOrgSourcedId", kind=Kind.REF),
    ),
    known=(
        *KNOWN_OF_USERS,
        "userMasterIdentifier",
        "preferredMiddleName",
        "preferredMiddleNames",
        "preferredFamilyName",
        "preferredLastName",
        "resources",
    ),
)

ROLES_1_2 = Table(
    "roles",
    (
        needs("person", "userSourcedId", kind=Kind.REF),
        one_of("role_type", "roleType", ("primary", "secondary")),
        one_of("role", "role", ROLES),
        may("starts", "beginDate", kind=Kind.DATE),
        may("ends", "endDate", kind=Kind.DATE),
        needs("org", "orgSourcedId", kind=Kind.REF),
    ),
    known=("userProfileSourcedId",),
)

ENROLLMENTS = Table(
    "enrollments",
    (
        repeats("section", "classSourcedId"),
        repeats("school", "schoolSourcedId"),
        repeats("person", "userSourcedId"),
        one_of("role", "role", ROLES),
        may("primary", "primary", kind=Kind.BOOL),
        may("starts", "beginDate", kind=Kind.DATE),
        may("ends", "endDate", kind=Kind.DATE),
    ),
)

DEMOGRAPHICS = Table(
    "demographics",
    (
        may("birth_date", "birthDate", kind=Kind.DATE),
        one_of("sex", "sex", tuple(GENDERS), required=False),
        may("hispanic", "hispanicOrLatinoEthnicity", kind=Kind.BOOL),
        *(may(name, header, kind=Kind.BOOL) for name, header in RACES.items()),
    ),
    known=(
        "demographicRaceTwoOrMoreRaces",
        "countryOfBirthCode",
        "stateOfBirthAbbreviation",
        "cityOfBirth",
        "publicSchoolResidenceStatus",
    ),
    key=("userSourcedId", "sourcedId"),
)

TABLES: dict[str, tuple[Table, ...]] = {
    "1.1": (ORGS, SESSIONS, COURSES, CLASSES, USERS_1_1, ENROLLMENTS, DEMOGRAPHICS),
    "1.2": (ORGS, SESSIONS, COURSES, CLASSES, USERS_1_2, ROLES_1_2, ENROLLMENTS, DEMOGRAPHICS),
}

STEMS = tuple(table.stem for table in TABLES["1.2"])
"""Every file that is read, in the order in which they refer to each other."""

GRADES = {
    **{str(n): f"{n:02d}" for n in range(1, 14)},
    **{f"{n:02d}": f"{n:02d}" for n in range(1, 14)},
    **{code: code for code in ("IT", "PR", "PK", "TK", "KG", "PS", "UG")},
    "K": "KG",
    "KN": "KG",
    "0": "KG",
    "00": "KG",
    "OTHER": "Other",
}
