"""Staff: how they named race and ethnicity, which language they speak, what they do and where."""

import polars as pl

from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.fields import Field, Reading, What
from hearth.imports.extracts.members import members
from hearth.imports.extracts.once import once
from hearth.imports.extracts.separated import Columns, joined
from hearth.imports.oneroster.words import gettext_noop as _

HISPANIC, NOT_REPORTED = "hispanic", "not_reported"
RACES = ("american_indian", "asian", "black", "pacific_islander", "white")
FIELDS = (
    Field("staff", _("staff number"), needed=True,
          spelled=("staffid", "employeeid", "staffnumber", "sourcedid", "id")),
    Field("race", _("race and ethnicity"), What.CODE,
          spelled=("race", "ethnicity", "raceethnicity", "federalracecategory")),
    Field("gender", _("gender"), spelled=("sex", "gendercode")),
    Field("language", _("language"), spelled=("homelanguage", "primarylanguage", "speaks")),
    Field("role", _("role"), spelled=("title", "position", "jobtitle")),
    Field("school", _("school"), spelled=("schoolid", "schoolcode", "site")),
)  # fmt: skip
PLAIN = {
    **{race: race for race in (*RACES, HISPANIC, NOT_REPORTED, "filipino", "two_or_more")},
    **dict.fromkeys(["american indian or alaska native", "american indian"], "american_indian"),
    **dict.fromkeys(["black or african american", "african american"], "black"),
    **dict.fromkeys(["native hawaiian or other pacific islander", "pacific islander",
                     "native hawaiian or pacific islander"], "pacific_islander"),
    **dict.fromkeys(["hispanic or latino", "latino", "hispanic/latino"], HISPANIC),
    **dict.fromkeys(["two or more races", "two or more", "multiracial"], "two_or_more"),
    **dict.fromkeys(["", "not reported", "declined to state", "unknown"], NOT_REPORTED),
}  # fmt: skip
GENDERS = {"f": "F", "female": "F", "m": "M", "male": "M", "x": "X", "nonbinary": "X"}
LANGUAGE_ROOM, ROLE_ROOM = 20, 100
HEAD = {"file": pl.String, "line": pl.Int32, "source_id": pl.String, "gone": pl.Boolean}


def read(asked: Asked) -> Extract:
    """One row for each member of staff; what is blank leaves what is known."""
    said = asked.reading
    values = {**PLAIN, **{code.strip().lower(): to for code, to in said.values.items()}}
    meaning = Asked(
        asked.path, asked.name, asked.today, Reading(said.columns, values, said.days),
        asked.progress, asked.findings,
    )  # fmt: skip
    pieces = (
        frame
        for member in members(asked.path, asked.name, ".csv", ".txt", ".tsv", ".gz")
        for frame in Columns(meaning, FIELDS).frames(member)
    )
    gender = pl.col("gender").str.to_lowercase()
    frame = joined(pieces, FIELDS).with_columns(
        gender=gender.replace_strict(GENDERS, default=None, return_dtype=pl.String),
        language=pl.col("language").str.slice(0, LANGUAGE_ROOM),
        role=pl.col("role").str.slice(0, ROLE_ROOM),
    )
    told = ("race", "gender", "language", "role", "school")
    return Extract.of(asked, staff=once(frame, ("staff",), told, asked.findings))
