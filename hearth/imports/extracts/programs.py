"""Programs: who takes part in which, from a day to a day."""

import polars as pl

from hearth.imports.extracts import calpads
from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.attendance import STUDENT
from hearth.imports.extracts.fields import Field, Reading, What
from hearth.imports.extracts.members import members
from hearth.imports.extracts.once import once
from hearth.imports.extracts.separated import Columns, joined
from hearth.imports.oneroster.words import gettext_noop as _

FIELDS = (
    STUDENT,
    Field("program", _("program"), What.CODE, needed=True,
          spelled=("programcode", "programname", "group", "educationprogramcode", "status")),
    Field("starts", _("start"), What.DAY, needed=True,
          spelled=("startdate", "begindate", "start", "entrydate", "membershipstartdate")),
    Field("ends", _("end"), What.DAY, spelled=("enddate", "end", "exitdate", "membershipenddate")),
)  # fmt: skip
PROGRAMS = (
    "english_learner", "long_term_english_learner", "disability", "disadvantaged", "foster",
    "homeless", "migrant",
)  # fmt: skip
PLAIN = {
    **dict.fromkeys(["english learner", "el", "ell"], "english_learner"),
    **dict.fromkeys(["long-term english learner", "long term english learner", "ltel"],
                    "long_term_english_learner"),
    **dict.fromkeys(["special education", "students with disabilities", "swd", "iep"],
                    "disability"),
    **dict.fromkeys(["socioeconomically disadvantaged", "sed", "low income"], "disadvantaged"),
    **dict.fromkeys(["foster youth", "foster care"], "foster"),
    **dict.fromkeys(["homeless youth", "mckinney-vento"], "homeless"),
    **dict.fromkeys(["migrant education"], "migrant"),
    **{program: program for program in PROGRAMS},
}  # fmt: skip
OTHER = "other"
OF_STATE = {code.lower(): to for code, to in calpads.LAYOUTS["programs"].items()
            if to in PROGRAMS}  # fmt: skip
# What a student's English is said to be, where it is no program.
FLUENT = ("EO", "IFEP", "RFEP", "TBD", "ADEL")


def read(asked: Asked) -> Extract:
    """The times in the file. One that ends before it starts is a fault."""
    pieces: list[pl.DataFrame] = []
    for member in members(asked.path, asked.name, ".csv", ".txt", ".tsv", ".dat", ".gz"):
        record = calpads.record_of(member)
        if record == "SPRG":
            pieces += calpads.frames(_meaning(asked, OF_STATE), member, record, FIELDS)
        elif record == "SELA":
            fluent = dict.fromkeys((code.lower() for code in FLUENT), OTHER)
            found = calpads.frames(_meaning(asked, {**OF_STATE, **fluent}), member, record, FIELDS)
            pieces += [learners(joined(found, FIELDS))]
        else:
            pieces += Columns(_meaning(asked, PLAIN), FIELDS).frames(member)
    frame = joined(pieces, FIELDS).filter(pl.col("program").is_not_null())
    ends_after_it_starts(frame, asked)
    return Extract.of(
        asked, programs=once(frame, ("student", "program", "starts"), ("ends",), asked.findings)
    )


def _meaning(asked: Asked, words: dict[str, str]) -> Asked:
    said = asked.reading
    values = {**words, **{code.strip().lower(): to for code, to in said.values.items()}}
    return Asked(asked.path, asked.name, asked.today, Reading(said.columns, values, said.days),
                 asked.progress, asked.findings)  # fmt: skip


def learners(frame: pl.DataFrame) -> pl.DataFrame:
    """A status lasts until the next one of the same student begins."""
    following = pl.col("starts").shift(-1).over("student")
    lasting = frame.sort("student", "starts").with_columns(
        ends=pl.coalesce("ends", following.dt.offset_by("-1d"))
    )
    return lasting.filter(pl.col("program") != OTHER)


def ends_after_it_starts(frame: pl.DataFrame, asked: Asked) -> None:
    wrong = frame.filter(pl.col("ends") < pl.col("starts"))
    for (file,), rows in wrong.group_by("file"):
        told = rows.select("line", pl.col("starts", "ends").cast(pl.String))
        asked.findings.add_rows("ends_before_start", str(file), "ends", told)
