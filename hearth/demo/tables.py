"""The files of a OneRoster 1.2 bundle, opened together and written row by row.

Bulk files: `status` and `dateLastModified` stay empty, as the standard asks. The `password` column
belongs to the standard's header and is always empty. Columns named `metadata.` are the standard's
own way to say more than it has words for.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Protocol, Self

CODED: Final = ("sourcedId", "status", "dateLastModified")
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "academicSessions": (
        *CODED, "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear",
    ),
    "orgs": (*CODED, "name", "type", "identifier", "parentSourcedId"),
    "courses": (
        *CODED, "schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects",
        "subjectCodes",
    ),
    "classes": (
        *CODED, "title", "grades", "courseSourcedId", "classCode", "classType", "location",
        "schoolSourcedId", "termSourcedIds", "subjects", "subjectCodes", "periods",
    ),
    "users": (
        *CODED, "enabledUser", "username", "userIds", "givenName", "familyName", "middleName",
        "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password",
        "userMasterIdentifier", "preferredGivenName", "preferredMiddleName", "preferredFamilyName",
        "primaryOrgSourcedId", "pronouns", "metadata.homeLanguage", "metadata.interpreterNeeded",
        "metadata.reachBy", "metadata.relationship",
    ),
    "roles": (
        *CODED, "userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId",
        "userProfileSourcedId", "metadata.position",
    ),
    "enrollments": (
        *CODED, "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary",
        "beginDate", "endDate",
    ),
    "demographics": (
        *CODED, "birthDate", "sex", "americanIndianOrAlaskaNative", "asian",
        "blackOrAfricanAmerican", "nativeHawaiianOrOtherPacificIslander", "white",
        "demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity", "countryOfBirthCode",
        "stateOfBirthAbbreviation", "cityOfBirth", "publicSchoolResidenceStatus",
        "metadata.filipino", "metadata.englishLanguageStatus",
    ),
}  # fmt: skip
ABSENT: Final = (
    "categories", "classResources", "courseResources", "lineItemLearningObjectiveIds",
    "lineItems", "lineItemScoreScales", "resources", "resultLearningObjectiveIds", "results",
    "resultScoreScales", "scoreScales", "userProfiles", "userResources",
)  # fmt: skip


class Rows(Protocol):
    """What `csv.writer` returns, as far as this package uses it."""

    def writerow(self, row: Iterable[Any], /) -> Any: ...


class Bundle:
    """A folder of open files; rows go straight to disk, so memory stays small."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write_manifest()
        self.academic_sessions = self._table("academicSessions")
        self.orgs = self._table("orgs")
        self.courses = self._table("courses")
        self.classes = self._table("classes")
        self.users = self._table("users")
        self.roles = self._table("roles")
        self.enrollments = self._table("enrollments")
        self.demographics = self._table("demographics")
        return self

    def __exit__(self, *problem: object) -> None:
        self._open.close()

    def _file(self, name: str) -> Rows:
        path = self.folder / f"{name}.csv"
        file = path.open("w", encoding="utf-8", newline="", buffering=1 << 18)
        return csv.writer(self._open.enter_context(file))

    def _table(self, name: str) -> Rows:
        rows = self._file(name)
        rows.writerow(COLUMNS[name])
        return rows

    def _write_manifest(self) -> None:
        rows = self._file("manifest")
        rows.writerow(("propertyName", "value"))
        rows.writerow(("manifest.version", "1.0"))
        rows.writerow(("oneroster.version", "1.2"))
        for name in sorted((*COLUMNS, *ABSENT), key=str.lower):
            rows.writerow((f"file.{name}", "bulk" if name in COLUMNS else "absent"))
        rows.writerow(("source.systemName", "Alder Valley demo"))
        rows.writerow(("source.systemCode", "hearth-demo"))
