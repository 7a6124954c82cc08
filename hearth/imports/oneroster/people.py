"""People: who they are here, which school they belong to, and which roles staff hold where."""

from dataclasses import dataclass

import polars as pl

from hearth.imports.oneroster.cells import grade_codes
from hearth.imports.oneroster.duplicates import check_student_numbers
from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.places import Places, check_order
from hearth.imports.oneroster.read import Loaded
from hearth.imports.oneroster.references import (
    References,
    Where,
    beside,
    is_in,
    open_rows,
    shown_id,
    split_ids,
)
from hearth.imports.oneroster.shape import GUARDIAN_ROLES, STAFF_ROLES

USERS = "users.csv"
ROLES = "roles.csv"

KIND_OF_ROLE = {
    "student": "student",
    **dict.fromkeys(GUARDIAN_ROLES, "guardian"),
    **dict.fromkeys(STAFF_ROLES, "staff"),
}
STAFF_ROLE_COLUMNS = ("source_id", "line", "gone", "person", "role", "org", "starts", "ends")


@dataclass(frozen=True)
class People:
    """The people, and the two tables that are read off them."""

    people: pl.DataFrame
    staff_roles: pl.DataFrame
    guardianships: pl.DataFrame


def build_people(
    users: Loaded,
    roles: Loaded | None,
    places: Places | None,
    version: str,
    references: References,
    findings: Findings,
) -> People:
    """From users.csv, and in version 1.2 roles.csv."""
    frame = users.frame
    if version == "1.1":
        belonging = _orgs_of_users(users, references)
        staff_roles = None
    else:
        frame = frame.with_columns(orgs=pl.lit(None, dtype=pl.String))
        where = Where(USERS, users.headers.get("primary_org", "primaryOrgSourcedId"))
        frame = references.hold(frame, "primary_org", "orgs", where, gone="cell")
        held = held_roles(roles, references, findings)
        frame = _with_primary_role(frame, held, users, roles, references, findings)
        belonging = _orgs_of_roles(frame, held)
        staff_roles = only_staff(held)
        del held
    kind = pl.col("role").replace_strict(KIND_OF_ROLE, default=None, return_dtype=pl.String)
    frame = frame.with_columns(kind=kind)
    if staff_roles is None:
        staff_roles = _staff_roles_of_users(frame, belonging)
    frame = _with_school(frame, belonging, places, references)
    header = users.headers.get("orgs", "orgSourcedIds") if version == "1.1" else "orgSourcedId"
    file = USERS if version == "1.1" else ROLES
    if places is not None:
        _check_one_district(frame, belonging, places, Where(file, header), findings)
    del belonging  # a million rows make room for the next
    check_student_numbers(frame, users.headers.get("identifier", "identifier"), findings)
    _note_no_school(frame, header, references, findings)
    frame = _with_grade(frame, users.headers.get("grades", "grades"), findings)
    agents = Where(USERS, users.headers.get("agents", "agentSourcedIds"))
    guardianships = build_guardianships(frame, agents, references, findings)
    return People(_tidy(frame), staff_roles, guardianships)


def _tidy(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        "source_id",
        "line",
        "gone",
        "kind",
        "role",
        "given_name",
        "middle_name",
        "family_name",
        "preferred_name",
        "pronouns",
        "email",
        "phone",
        "sms",
        "identifier",
        "grade",
        "enabled",
        "school",
        "home_language",
        "interpreter_needed",
        "reach_by",
        "relationship",
    )


def _orgs_of_users(users: Loaded, references: References) -> pl.DataFrame:
    """Version 1.1: one row for each person and org, in the order they are written."""
    each = split_ids(users.frame.select("source_id", "line", "gone", "orgs", "role"), "orgs")
    where = Where(USERS, users.headers.get("orgs", "orgSourcedIds"))
    each = references.hold(each, "orgs", "orgs", where)
    return each.filter(~pl.col("gone")).select("line", "role", person="source_id", org="orgs")


def held_roles(
    roles: Loaded | None, references: References, findings: Findings
) -> pl.DataFrame | None:
    """Version 1.2: the rows of roles.csv whose person and org hold."""
    if roles is None:
        return None
    check_order(roles.frame, ROLES, roles.headers.get("ends", "endDate"), findings)
    frame = roles.frame
    for column, target, header in (
        ("person", "people", "userSourcedId"),
        ("org", "orgs", "orgSourcedId"),
    ):
        where = Where(ROLES, roles.headers.get(column, header))
        frame = references.hold(frame, column, target, where)
    return frame


def _with_primary_role(
    frame: pl.DataFrame,
    held: pl.DataFrame | None,
    users: Loaded,
    roles: Loaded | None,
    references: References,
    findings: Findings,
) -> pl.DataFrame:
    """The role that says what somebody is here: the primary one, else the first written."""
    if held is None:
        frame = frame.with_columns(role=pl.lit(None, dtype=pl.String))
    else:
        ranked = held.filter(~pl.col("gone") & pl.col("role").is_not_null())
        first = (
            ranked.sort((pl.col("role_type") != "primary").fill_null(value=True), "line")
            .unique("person", keep="first")
            .select(source_id="person", role="role")
        )
        frame = beside(frame, first, "source_id")
    lacking = frame.filter(pl.col("role").is_null() & ~pl.col("gone"))
    where = Where(USERS, users.headers.get("source_id", "sourcedId"))
    if references.targets["roles"].whole:
        if roles is not None and roles.complete and "role" in roles.headers:
            _fault_no_role(lacking, held, where, findings)
    elif lacking.height:
        references.open.append(open_rows(lacking, "source_id", "people", where))
    return frame


def _fault_no_role(
    lacking: pl.DataFrame, held: pl.DataFrame | None, where: Where, findings: Findings
) -> None:
    """A person whose only role has a fault of its own is not said a second time."""
    if held is not None:
        faulty = held.filter(pl.col("role").is_null() & pl.col("person").is_not_null())["person"]
        lacking = lacking.filter(~is_in(lacking["source_id"], faulty))
    findings.add_rows("role_missing", where.file, where.header, lacking.select("line"))


def _orgs_of_roles(frame: pl.DataFrame, held: pl.DataFrame | None) -> pl.DataFrame:
    """Version 1.2: the primary org first, then the orgs of the roles."""
    primary = frame.filter(pl.col("primary_org").is_not_null() & ~pl.col("gone")).select(
        "line", "role", person="source_id", org="primary_org"
    )
    if held is None:
        return primary
    others = held.filter(~pl.col("gone") & pl.col("org").is_not_null()).select(
        "line", "role", "person", "org"
    )
    return pl.concat([primary, others])


def only_staff(held: pl.DataFrame | None) -> pl.DataFrame:
    if held is None:
        schema = {
            **dict.fromkeys(STAFF_ROLE_COLUMNS, pl.String),
            "line": pl.Int64,
            "gone": pl.Boolean,
            "starts": pl.Date,
            "ends": pl.Date,
        }
        return pl.DataFrame(schema=schema)
    staff = pl.col("role").is_in(STAFF_ROLES).fill_null(value=False)
    return held.filter(staff | (pl.col("gone") & pl.col("role").is_null())).select(
        STAFF_ROLE_COLUMNS
    )


def _staff_roles_of_users(frame: pl.DataFrame, belonging: pl.DataFrame) -> pl.DataFrame:
    """Version 1.1: the one role of a staff member, at each of their orgs."""
    staff = frame.filter((pl.col("kind") == "staff") & ~pl.col("gone"))["source_id"]
    rows = belonging.filter(is_in(belonging["person"], staff)).unique(
        ["person", "org"], keep="first", maintain_order=True
    )
    return rows.select(
        pl.concat_str("person", "role", "org", separator="|").alias("source_id"),
        "line",
        pl.lit(value=False).alias("gone"),
        "person",
        "role",
        "org",
        pl.lit(None, dtype=pl.Date).alias("starts"),
        pl.lit(None, dtype=pl.Date).alias("ends"),
    )


def _with_school(
    frame: pl.DataFrame,
    belonging: pl.DataFrame,
    places: Places | None,
    references: References,
) -> pl.DataFrame:
    """The first org that is a school or lies in one; and the district it belongs to.

    An org that this bundle need not hold is taken at its word: the database knows what it is.
    """
    if places is None:
        homes = belonging.select("person", school="org", district=pl.lit(None, dtype=pl.String))
    else:
        homes = belonging.select("person", "org").join(
            places.belongs.with_columns(here=pl.lit(value=True)),
            on="org",
            how="left",
            maintain_order="left",
        )
        if not references.targets["orgs"].whole:
            outside = pl.col("here").is_null()
            homes = homes.with_columns(
                school=pl.when(outside).then(pl.col("org")).otherwise(pl.col("school"))
            )
    districts = first_of(homes, "district")
    schools = first_of(homes, "school")
    return beside(beside(frame, schools, "source_id"), districts, "source_id")


def first_of(homes: pl.DataFrame, column: str) -> pl.DataFrame:
    return (
        homes.select(pl.col("person").alias("source_id"), column)
        .filter(pl.col(column).is_not_null())
        .filter(pl.col("source_id").is_first_distinct())
    )


def _check_one_district(
    frame: pl.DataFrame,
    belonging: pl.DataFrame,
    places: Places,
    where: Where,
    findings: Findings,
) -> None:
    """A child belongs to one district; staff and guardians may belong to several."""
    if places.belongs["district"].n_unique() < 2:
        return
    students = frame.filter((pl.col("kind") == "student") & ~pl.col("gone"))["source_id"]
    homes = belonging.filter(is_in(belonging["person"], students)).join(
        places.belongs, on="org", maintain_order="left"
    )
    districts = homes.filter(pl.col("district").is_not_null()).unique(
        ["person", "district"], keep="first", maintain_order=True
    )
    several = (
        districts.group_by("person", maintain_order=True)
        .agg(pl.col("line").last(), pl.col("district"))
        .filter(pl.col("district").list.len() > 1)
    )
    said = several.select(
        "line",
        first=pl.col("district").list.get(0),
        second=pl.col("district").list.get(1),
    )
    findings.add_rows("child_in_two_districts", where.file, where.header, said)


def _note_no_school(
    frame: pl.DataFrame, header: str, references: References, findings: Findings
) -> None:
    if not references.targets["orgs"].whole:
        return
    without = frame.filter(
        (pl.col("kind") == "student") & pl.col("school").is_null() & ~pl.col("gone")
    )
    findings.add_rows("student_without_school", USERS, header, without.select("line"))


def _with_grade(frame: pl.DataFrame, header: str, findings: Findings) -> pl.DataFrame:
    """A student's grade: the first one written. Nobody else has a grade."""
    student = pl.col("kind").is_null() | (pl.col("kind") == "student")
    first = pl.when(student).then(pl.col("grades").str.split(",").list.slice(0, 1))
    frame = frame.with_columns(written=first)
    frame = frame.with_columns(grade=grade_codes(pl.col("written")).list.first())
    unknown = frame.filter(
        ~pl.col("gone") & pl.col("written").is_not_null() & pl.col("grade").is_null()
    )
    findings.add_rows("grade_unknown", USERS, header, unknown.select("line"))
    return frame.drop("written")


def build_guardianships(
    frame: pl.DataFrame, where: Where, references: References, findings: Findings
) -> pl.DataFrame:
    """Who cares for whom: agents are written with the child, with the guardian, or with both."""
    people = frame.select("source_id", "line", "gone", "kind", "agents")
    pairs = split_ids(people.filter(~pl.col("gone")), "agents")
    pairs = references.hold(pairs, "agents", "people", where)
    kinds = frame.select(agents="source_id", other="kind")
    pairs = pairs.filter(~pl.col("gone")).join(
        kinds, on="agents", how="left", maintain_order="left"
    )
    child_first = (pl.col("kind") == "student") & pl.col("other").eq_missing("guardian")
    adult_first = (pl.col("kind") == "guardian") & pl.col("other").eq_missing("student")
    if not references.targets["people"].whole:
        child_first |= (pl.col("kind") == "student") & pl.col("other").is_null()
        adult_first |= (pl.col("kind") == "guardian") & pl.col("other").is_null()
    unused = pairs.filter(~(child_first | adult_first) & pl.col("other").is_not_null())
    said = unused.select("line", value=shown_id("agents"))
    findings.add_rows("agent_unused", where.file, where.header, said)
    pairs = pairs.filter(child_first | adult_first).select(
        "line",
        student=pl.when(child_first).then("source_id").otherwise("agents"),
        guardian=pl.when(child_first).then("agents").otherwise("source_id"),
    )
    return _with_relationship(pairs, frame)


def _with_relationship(pairs: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    pairs = pairs.filter(pl.struct("student", "guardian").is_first_distinct())
    words = frame.filter(pl.col("kind") == "guardian").select(
        guardian="source_id", relationship=pl.coalesce("relationship", "role")
    )
    return pairs.join(words, on="guardian", how="left", maintain_order="left").select(
        pl.concat_str("student", "guardian", separator="|").alias("source_id"),
        "line",
        pl.lit(value=False).alias("gone"),
        "student",
        "guardian",
        "relationship",
    )
