"""Enrollment: each stay at a school, with its grade and its days."""

import polars as pl

from hearth.imports.extracts import calpads
from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.attendance import SCHOOL, STUDENT
from hearth.imports.extracts.fields import Field, What
from hearth.imports.extracts.members import members
from hearth.imports.extracts.once import once
from hearth.imports.extracts.programs import ends_after_it_starts
from hearth.imports.extracts.separated import Columns, joined
from hearth.imports.oneroster.shape import GRADES
from hearth.imports.oneroster.words import gettext_noop as _

KINDS = (10, 20, 30)
FIELDS = (
    STUDENT,
    SCHOOL,
    Field("starts", _("start"), What.DAY, needed=True,
          spelled=("startdate", "begindate", "entrydate", "enrollmentstartdate", "enterdate")),
    Field("ends", _("end"), What.DAY,
          spelled=("enddate", "exitdate", "enrollmentexitdate", "leavedate", "withdrawaldate")),
    Field("grade", _("grade"), spelled=("gradelevel", "gradelevelcode")),
    Field("kind", _("kind of enrollment"), What.COUNT,
          spelled=("enrollmentstatus", "enrollmentstatuscode", "enrollmenttype")),
    Field("exit_code", _("exit code"), spelled=("exitreason", "studentexitreasoncode", "exitcode")),
    Field("exempt", _("exempt"), What.FLAG, spelled=("exemptionindicator",)),
)  # fmt: skip
VALUES = ("ends", "grade", "kind", "exit_code", "exempt")


def read(asked: Asked) -> Extract:
    """The stays in the file. One that ends before it starts is a fault."""
    pieces: list[pl.DataFrame] = []
    for member in members(asked.path, asked.name, ".csv", ".txt", ".tsv", ".dat", ".gz"):
        record = calpads.record_of(member)
        pieces += (
            calpads.frames(asked, member, "SENR", FIELDS)
            if record == "SENR"
            else Columns(asked, FIELDS).frames(member)
        )
    grade = pl.col("grade").str.to_uppercase().replace_strict(
        GRADES, default=None, return_dtype=pl.String
    )  # fmt: skip
    frame = joined(pieces, FIELDS).with_columns(
        pl.col("exempt").fill_null(value=False),
        grade=grade.fill_null(""),
        kind=pl.when(pl.col("kind").is_in(KINDS)).then("kind").otherwise(KINDS[0]),
        exit_code=pl.col("exit_code").str.slice(0, 10).fill_null(""),
    )
    ends_after_it_starts(frame, asked)
    return Extract.of(
        asked, stays=once(frame, ("student", "school", "starts"), VALUES, asked.findings)
    )
