"""Attendance by year: the totals that the state asks for at the end of each school year."""

import polars as pl

from hearth.imports.extracts import calpads
from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.attendance import SCHOOL, STUDENT
from hearth.imports.extracts.fields import Field, What
from hearth.imports.extracts.members import members
from hearth.imports.extracts.once import once
from hearth.imports.extracts.separated import Columns, joined
from hearth.imports.oneroster.cells import as_year
from hearth.imports.oneroster.words import gettext_noop as _

COUNTED = (
    "expected", "attended", "excused", "unexcused", "suspended", "in_school", "independent",
    "independent_missed",
)  # fmt: skip
TITLES = {
    "expected": _("days expected"),
    "attended": _("days attended"),
    "excused": _("days absent, excused"),
    "unexcused": _("days absent, not excused"),
    "suspended": _("days suspended out of school"),
    "in_school": _("days suspended in school"),
    "independent": _("days of independent study, done"),
    "independent_missed": _("days of independent study, not done"),
}
FIELDS = (
    STUDENT,
    SCHOOL,
    Field("academic_year", _("school year"), needed=True, spelled=("schoolyear", "year")),
    *(Field(name, TITLES[name], What.AMOUNT, needed=name == "expected") for name in COUNTED),
    Field("exempt", _("exempt"), What.FLAG, spelled=("exemptionindicator",)),
)


def read(asked: Asked) -> Extract:
    """The years in the file. Totals that are more than was expected are a fault."""
    found = [
        frame
        for member in members(asked.path, asked.name, ".csv", ".txt", ".dat", ".gz")
        for frame in (
            calpads.frames(asked, member, "STAS", FIELDS)
            if calpads.record_of(member) == "STAS"
            else Columns(asked, FIELDS).frames(member)
        )
    ]
    frame = joined(found, FIELDS).with_columns(
        pl.col(COUNTED).fill_null(0), pl.col("exempt").fill_null(value=False),
        year=as_year("academic_year").cast(pl.Int16),
    )  # fmt: skip
    _year_known(frame, asked)
    _adds_up(frame, asked)
    keys = ("student", "school", "year")
    frame = frame.filter(pl.col("year").is_not_null())
    return Extract.of(asked, years=once(frame, keys, (*COUNTED, "exempt"), asked.findings))


def _year_known(frame: pl.DataFrame, asked: Asked) -> None:
    wrong = frame.filter(pl.col("year").is_null())
    for (file,), rows in wrong.group_by("file"):
        told = rows.select("line", shown=pl.lit(""))
        asked.findings.add_rows("bad_year", str(file), "academic_year", told)


def _adds_up(frame: pl.DataFrame, asked: Asked) -> None:
    there = pl.sum_horizontal("attended", "excused", "unexcused", "suspended")
    asked_for = pl.sum_horizontal("expected", "independent", "independent_missed")
    longest = pl.max_horizontal(COUNTED)
    wrong = frame.filter(
        (there > asked_for) | (pl.col("in_school") > pl.col("expected")) | (longest > 366)
    )
    for (file,), rows in wrong.group_by("file"):
        value = there.round(2).cast(pl.String) + " > " + pl.col("expected").cast(pl.String)
        asked.findings.add_rows(
            "year_does_not_add_up", str(file), "expected", rows.select("line", value=value)
        )
