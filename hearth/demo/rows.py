"""One person as one row of a OneRoster file, in the order of `tables.COLUMNS`."""

from __future__ import annotations

from hearth.demo.households import Child, Guardian
from hearth.demo.staffing import Worker

Row = tuple[object, ...]
NO, YES = "false", "true"

# American Indian, Asian, Black, Pacific Islander, White, two or more, Hispanic or Latino, Filipino.
# Federal counting places Filipino within Asian; California keeps it apart, hence the last flag.
FLAGS: dict[str, tuple[str, ...]] = {
    "hispanic": (NO, NO, NO, NO, NO, NO, YES, NO),
    "white": (NO, NO, NO, NO, YES, NO, NO, NO),
    "asian": (NO, YES, NO, NO, NO, NO, NO, NO),
    "black": (NO, NO, YES, NO, NO, NO, NO, NO),
    "two_or_more": (NO, NO, YES, NO, YES, YES, NO, NO),
    "filipino": (NO, YES, NO, NO, NO, NO, NO, YES),
    "american_indian": (YES, NO, NO, NO, NO, NO, NO, NO),
    "pacific_islander": (NO, NO, NO, YES, NO, NO, NO, NO),
    "not_reported": ("", "", "", "", "", "", "", ""),
}


def student_row(child: Child, school_id: str, guardian_ids: str, local_number: int) -> Row:
    return (
        child.source_id, "", "", YES, child.source_id.removeprefix("avusd-"), "", child.given,
        child.family, child.middle, f"{900_000_000 + local_number}", child.email, "", "",
        guardian_ids, child.grade, "", "", child.preferred, "", "", school_id, "", child.language,
        "", "", "",
    )  # fmt: skip


def guardian_row(guardian: Guardian, school_id: str, child_ids: str) -> Row:
    return (
        guardian.source_id, "", "", YES, guardian.source_id.removeprefix("avusd-"), "",
        guardian.given, guardian.family, "", "", guardian.email, guardian.sms, guardian.phone,
        child_ids, "", "", "", guardian.preferred, "", "", school_id, "", guardian.language,
        YES if guardian.interpreter else NO, guardian.reach_by, guardian.relationship,
    )  # fmt: skip


def worker_row(worker: Worker, org_id: str) -> Row:
    return (
        worker.source_id, "", "", YES, worker.source_id.removeprefix("avusd-"), "", worker.given,
        worker.family, "", "", worker.email, "", "", "", "", "", "", worker.preferred, "", "",
        org_id, "", worker.language, "", "", "",
    )  # fmt: skip


def role_row(user_id: str, role: str, org_id: str, position: str) -> Row:
    role_id = user_id.replace("avusd-", "avusd-role-", 1)
    return (role_id, "", "", user_id, "primary", role, "", "", org_id, "", position)


def demographics_row(child: Child) -> Row:
    *federal, filipino = FLAGS[child.race]
    return (
        child.source_id, "", "", child.born, child.sex, *federal, "", "", "", "", filipino,
        child.english,
    )  # fmt: skip
