"""How the district's staff named race and ethnicity: fewer of the families' backgrounds, as it is
in most districts."""

from __future__ import annotations

from pathlib import Path
from random import Random

import polars as pl

# Percent of staff; invented.
SHARES = {
    "white": 52.0, "hispanic": 27.0, "asian": 6.0, "black": 4.0, "filipino": 2.0,
    "two_or_more": 2.5, "american_indian": 0.5, "not_reported": 6.0,
}  # fmt: skip
OF_SPANISH = "hispanic"


def staff_told(bundle: Path, seed: int) -> pl.DataFrame:
    """staff, race, gender, language; whoever speaks Spanish at home most often said so here."""
    dice = Random(f"{seed}/staff")  # noqa: S311 - invented people, no secret
    users = pl.read_csv(bundle / "users.csv", infer_schema=False)
    roles = pl.read_csv(bundle / "roles.csv", infer_schema=False)
    at_work = roles.filter(~pl.col("role").is_in(["student", "parent", "guardian"]))
    staff = users.filter(pl.col("sourcedId").is_in(at_work["userSourcedId"].implode()))
    rows = []
    for number, language in staff.select("sourcedId", "metadata.homeLanguage").iter_rows():
        race = dice.choices(list(SHARES), weights=list(SHARES.values()))[0]
        if language == "es":
            race = OF_SPANISH
        gender = dice.choices(["F", "M", "X"], weights=[71, 28, 1])[0]
        rows.append((number, race, gender, language))
    return pl.DataFrame(rows, schema=["Staff ID", "Race", "Gender", "Language"], orient="row")
