"""Incidents, what followed, and the offenses by code: three of the state's files together.

Only numbers, days, codes and lengths are read. What was told of an incident is not.
"""

import polars as pl

from hearth.imports.extracts import calpads
from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.attendance import STUDENT, not_later_than_today
from hearth.imports.extracts.fields import Field, What, plain
from hearth.imports.extracts.members import Member, members
from hearth.imports.extracts.once import once
from hearth.imports.extracts.separated import Columns, joined
from hearth.imports.oneroster.words import gettext_noop as _

SCHOOL = Field("school", _("school"), needed=True, few=True,
               spelled=("schoolid", "schoolcode", "schoolofattendance"))  # fmt: skip
NUMBER = Field("number", _("incident number"), needed=True,
               spelled=("incidentid", "incidentnumber", "incident"))  # fmt: skip
INCIDENT = (
    SCHOOL, NUMBER,
    Field("day", _("day"), What.DAY, needed=True,
          spelled=("date", "incidentdate", "occurrencedate")),
    Field("statutory", _("statutory offense"), What.FLAG, spelled=("statutoryoffenseindicator",)),
)  # fmt: skip
RESULT = (
    SCHOOL, NUMBER, STUDENT,
    Field("result", _("result"), What.COUNT, spelled=("resultcode", "actioncode")),
    Field("days", _("days"), What.AMOUNT, spelled=("durationdays", "duration")),
    Field("minutes", _("minutes"), What.COUNT, spelled=("durationminutes",)),
    Field("starts", _("first day"), What.DAY, spelled=("startdate", "begins", "actiondate")),
)  # fmt: skip
OFFENSE = (
    SCHOOL, NUMBER, STUDENT,
    Field("offense", _("offense"), needed=True, spelled=("offensecode", "code")),
)  # fmt: skip
FILES = {"SINC": INCIDENT, "SIRS": RESULT, "SOFF": OFFENSE}
NAMES = {"SINC": "incidents", "SIRS": "results", "SOFF": "offenses"}
KEYS = ("school", "number", "student", "result", "starts")
LONGEST_NUMBER = 60


def read(asked: Asked) -> Extract:
    """Incidents, and each student's part in them. A part whose incident is not here is left out."""
    pieces: dict[str, list[pl.DataFrame]] = {record: [] for record in FILES}
    seen: set[str] = set()
    for member in members(asked.path, asked.name, ".csv", ".txt", ".dat", ".gz"):
        record = calpads.record_of(member)
        which = record or _by_name(member)
        if not which:
            asked.findings.add("layout_unknown", member.name)
            continue
        seen.add(which)
        fields = FILES[which]
        pieces[which] += (
            calpads.frames(asked, member, which, fields)
            if record
            else Columns(asked, fields).frames(member)
        )
    if "SINC" not in seen:
        asked.findings.add("part_missing", asked.name, name=NAMES["SINC"])
    frames = {which: _numbered(joined(pieces[which], FILES[which])) for which in FILES}
    incidents = frames["SINC"].with_columns(pl.col("statutory").fill_null(value=True))
    incidents = not_later_than_today(incidents, "day", asked)
    incidents = once(incidents, ("school", "number"), ("day", "statutory"), asked.findings)
    parts = _parts(frames["SIRS"], frames["SOFF"])
    parts = _of_incidents(parts, incidents, asked)
    parts = once(parts, KEYS, ("days", "minutes", "offenses"), asked.findings)
    return Extract.of(asked, incidents=incidents, parts=parts)


def _by_name(member: Member) -> str:
    """A file with a first line of names is known by what it is called."""
    name = plain(member.name)
    for record, told in NAMES.items():
        if record.lower() in name or told in name:
            return record
    return ""


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("number").str.slice(0, LONGEST_NUMBER))


def _parts(results: pl.DataFrame, offenses: pl.DataFrame) -> pl.DataFrame:
    """Each result of a student with the offenses behind it; offenses alone are a part, too."""
    student = ("school", "number", "student")
    codes = offenses.group_by(student, maintain_order=True).agg(
        pl.col("file").first(), pl.col("line").first(),
        offenses=pl.col("offense").str.slice(0, 10).unique().sort(),
    )  # fmt: skip
    followed = results.join(
        codes.drop("file", "line"), on=student, how="left", maintain_order="left"
    )
    alone = codes.join(results, on=student, how="anti").with_columns(
        result=pl.lit(None, dtype=pl.Int32), days=pl.lit(0.0), minutes=pl.lit(0, dtype=pl.Int32),
        starts=pl.lit(None, dtype=pl.Date),
    )  # fmt: skip
    both = pl.concat([followed, alone.select(followed.columns)])
    # In quotes, for a code is whatever the file says.
    quoted = pl.element().str.replace_all(r'(["\\])', r"\$1")
    quoted = pl.concat_str(pl.lit('"'), quoted, pl.lit('"'))
    listed = pl.col("offenses").list.eval(quoted).list.join(",").fill_null("")
    return both.with_columns(
        pl.col("days").fill_null(0), pl.col("minutes").fill_null(0),
        offenses=pl.concat_str(pl.lit("{"), listed, pl.lit("}")),
    )  # fmt: skip


def _of_incidents(parts: pl.DataFrame, incidents: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    lost = parts.join(incidents, on=("school", "number"), how="anti")
    for (file,), rows in lost.group_by("file"):
        asked.findings.add_rows("incident_unknown", str(file), "number", rows.select("line"))
    return parts.join(incidents.select("school", "number"), on=("school", "number"), how="semi")
