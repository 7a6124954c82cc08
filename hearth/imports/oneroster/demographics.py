"""Birth date, gender, ethnicity and races, as the file says them."""

import datetime as dt

import polars as pl

from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.read import Loaded
from hearth.imports.oneroster.references import References, Where
from hearth.imports.oneroster.shape import GENDERS, RACES

FILE = "demographics.csv"


def build_demographics(
    loaded: Loaded, today: dt.date, references: References, findings: Findings
) -> pl.DataFrame:
    frame = loaded.frame.with_columns(person=pl.col("source_id"))
    where = Where(FILE, loaded.headers.get("source_id", "userSourcedId"))
    frame = references.hold(frame, "person", "people", where)
    future = frame.filter(~pl.col("gone") & (pl.col("birth_date") > today))
    header = loaded.headers.get("birth_date", "birthDate")
    findings.add_rows("birth_in_future", FILE, header, future.select("line"))
    gender = pl.col("sex").replace_strict(GENDERS, default=None, return_dtype=pl.String)
    races = pl.concat_list(
        pl.when(pl.col(race)).then(pl.lit(race)) for race in RACES
    ).list.drop_nulls()
    return frame.select(
        "source_id",
        "line",
        "gone",
        "person",
        "birth_date",
        gender.alias("gender"),
        "hispanic",
        races.alias("races"),
    )
