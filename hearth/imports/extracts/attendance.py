"""Attendance by day: a file of any columns, one row for each student and day."""

import polars as pl

from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.fields import Field, Reading, What
from hearth.imports.extracts.members import members
from hearth.imports.extracts.once import once
from hearth.imports.extracts.separated import Columns, joined
from hearth.imports.oneroster.words import gettext_noop as _

STUDENT = Field(
    "student", _("student number"), needed=True, few=True,
    spelled=("studentid", "studentnumber", "localstudentid", "localid", "pupilnumber", "permid",
             "stuid", "studentuniqueid", "id"),
)  # fmt: skip
SCHOOL = Field(
    "school", _("school"), few=True,
    spelled=("schoolid", "schoolcode", "schoolnumber", "school", "schoolname", "sitecode", "site"),
)  # fmt: skip
FIELDS = (
    STUDENT,
    Field("day", _("day"), What.DAY, needed=True,
          spelled=("date", "attendancedate", "calendardate", "eventdate", "absencedate", "dt")),
    Field("kind", _("code"), What.CODE,
          spelled=("code", "attendancecode", "abscode", "status", "attendancestatus", "allday",
                   "al", "absencecode", "reason")),
    Field("minutes", _("minutes present"), What.COUNT,
          spelled=("minutespresent", "minutesattended", "presentminutes", "minutes")),
    SCHOOL,
)  # fmt: skip
KINDS = (
    "present", "excused", "unexcused", "suspended", "in_school", "independent",
    "independent_missed",
)  # fmt: skip
# What words mean that mean the same in every system; letters alone are asked about.
PLAIN = {
    **dict.fromkeys(["present", "in attendance", "tardy", "late", "partial", "early departure"],
                    "present"),
    **dict.fromkeys(["excused", "absent excused", "excused absence", "absent, excused",
                     "excused absent", "illness"], "excused"),
    **dict.fromkeys(["unexcused", "absent unexcused", "unexcused absence", "absent, not excused",
                     "unexcused absent", "unverified"], "unexcused"),
    **dict.fromkeys(["suspended", "suspension", "out of school suspension",
                     "out-of-school suspension"], "suspended"),
    **dict.fromkeys(["in school suspension", "in-school suspension"], "in_school"),
    **dict.fromkeys(["independent study", "independent study complete"], "independent"),
    **dict.fromkeys(["independent study incomplete", "independent study missed"],
                    "independent_missed"),
    **{kind: kind for kind in KINDS},
}  # fmt: skip
MOST_MINUTES = 1440


def read(asked: Asked) -> Extract:
    """The days in the file, each student's day at a school once."""
    columns = Columns(with_plain_words(asked), FIELDS)
    pieces = (
        _kinds(frame, asked)
        for member in members(asked.path, asked.name, ".csv", ".txt", ".tsv", ".gz")
        for frame in columns.frames(member)
    )
    frame = joined(pieces, FIELDS)
    if frame.is_empty():
        frame = frame.cast({"minutes": pl.Int16})
    return Extract.of(asked, days=once(frame, ("student", "school", "day"), ("kind", "minutes"),
                                       asked.findings))  # fmt: skip


def with_plain_words(asked: Asked) -> Asked:
    """Words that need no explaining mean what they say, unless somebody said otherwise."""
    reading = asked.reading
    values = {**PLAIN, **{code.strip().lower(): to for code, to in reading.values.items()}}
    return Asked(
        asked.path, asked.name, asked.today, Reading(reading.columns, values, reading.days),
        asked.progress, asked.findings,
    )  # fmt: skip


def _kinds(frame: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """Without a code, minutes tell: none is an absence of which nobody has said why."""
    minutes = pl.col("minutes").clip(upper_bound=MOST_MINUTES).cast(pl.Int16)
    told = (
        pl.when(pl.col("minutes") > 0).then(pl.lit("present"))
        .when(pl.col("minutes") == 0).then(pl.lit("unexcused"))
    )  # fmt: skip
    frame = frame.with_columns(
        minutes=minutes,
        kind=pl.coalesce(pl.col("kind").cast(pl.String), told).cast(pl.Enum(KINDS)),
    ).filter(pl.col("kind").is_not_null())
    return not_later_than_today(frame, "day", asked)


def not_later_than_today(frame: pl.DataFrame, column: str, asked: Asked) -> pl.DataFrame:
    """Nobody was anywhere tomorrow: a fault for each such row."""
    future = frame.filter(pl.col(column) > asked.today)
    if future.is_empty():
        return frame
    for (file,), rows in future.group_by("file"):
        told = rows.select("line", value=pl.col(column).cast(pl.String))
        asked.findings.add_rows("day_in_future", str(file), column, told)
    return frame.filter(pl.col(column) <= asked.today)
