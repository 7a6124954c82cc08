"""The questions of `mart.py` without Hearth: in SQL for DuckDB, in Polars, in pandas."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.compute as pc

from benchmarks.clock import best_of
from hearth.insight.mart.store import Snapshot

KINDS = ("present", "excused", "unexcused", "suspended", "in_school", "independent",
         "independent_missed")  # fmt: skip
LOST = ("excused", "unexcused", "suspended", "independent_missed")
BY = ("grade", "race", "english_learner")

ONE_SCAN = """
CREATE OR REPLACE TEMP TABLE m AS
SELECT student, school, (year(day) + (month(day) >= 7)::INT)::SMALLINT AS year,
    date_trunc('month', day)::DATE AS month, count(*)::SMALLINT AS expected,
    {counts}
FROM read_parquet({attendance}) GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE t AS
SELECT school, year, month, count(*) AS days FROM (
    SELECT DISTINCT school, (year(day) + (month(day) >= 7)::INT)::SMALLINT AS year,
        date_trunc('month', day)::DATE AS month, day FROM read_parquet({attendance}))
GROUP BY ALL;
"""
ROLLED = """
CREATE OR REPLACE TEMP VIEW m AS FROM read_parquet({months});
CREATE OR REPLACE TEMP VIEW t AS FROM read_parquet({taught});
"""
WHO = "SELECT * FROM read_parquet({student_years})"
YEARLY = """
WITH y AS ({years}),
a AS (SELECT y.*, excused + unexcused + suspended + independent_missed AS absent FROM y
    WHERE NOT EXISTS (SELECT 1 FROM ({who}) e WHERE e.exempt AND e.student = y.student
        AND e.school = y.school AND e.year = y.year)),
d AS (SELECT school, year, sum(days) AS taught FROM t GROUP BY ALL)
SELECT w.school, w.year, grade, race, english_learner,
    count(*) FILTER (a.expected > 30) AS eligible,
    count(*) FILTER (a.expected > 30 AND a.absent * 10 >= a.expected) AS chronic,
    sum(a.expected) AS expected, sum(a.present + a.in_school + a.independent) AS attended,
    sum(excused) AS e, sum(unexcused) AS u, sum(suspended) AS s, sum(independent_missed) AS i,
    max(d.taught) AS taught
FROM ({who}) w LEFT JOIN a USING (student, school, year) LEFT JOIN d USING (school, year)
GROUP BY ALL ORDER BY ALL
"""
MONTHLY = """
WITH a AS (
    SELECT m.*, excused + unexcused + suspended + independent_missed AS absent FROM m
    WHERE NOT EXISTS (SELECT 1 FROM ({who}) e WHERE e.exempt AND e.student = m.student
        AND e.school = m.school AND e.year = m.year)),
y AS (SELECT student, year + 1 AS year, sum(expected) AS before, sum(absent) AS absent_before
    FROM a GROUP BY ALL),
c AS (SELECT *, row_number() OVER (PARTITION BY school, year ORDER BY month) AS nth FROM t),
f AS (
    SELECT a.*, nth, sum(a.expected) OVER p AS so_far, sum(a.absent) OVER p AS missed,
        coalesce(before, 0) AS before, coalesce(absent_before, 0) AS absent_before
    FROM a JOIN c USING (school, year, month) LEFT JOIN y USING (student, year)
    WINDOW p AS (PARTITION BY a.student, a.school, a.year ORDER BY a.month)),
g AS (SELECT *,
    (so_far >= 15 AND missed * 5 >= so_far) OR (before > 0 AND absent_before * 5 >= before)
        AS third,
    (so_far >= 15 AND missed * 10 >= so_far) OR (before > 0 AND absent_before * 10 >= before)
        OR (nth <= 3 AND missed >= 2 * nth) AS second FROM f)
SELECT school, year, month, grade, race, english_learner,
    count(*) FILTER (so_far > 0) AS here, count(*) FILTER (second AND NOT third) AS tier_2,
    count(*) FILTER (third) AS tier_3, sum(expected) AS expected,
    sum(present + in_school + independent) AS attended
FROM ({who}) w JOIN g USING (student, school, year) GROUP BY ALL ORDER BY ALL
"""


def by_sql(snapshot: Snapshot, from_days: bool, memory: str, spill: Path) -> dict[str, Any]:
    """The same figures as `ours`, in SQL written for DuckDB."""
    files = {
        fact: str([str(file) for file in snapshot.files(fact)])
        for fact in ("attendance", "months", "years", "taught", "student_years")
    }
    counts = ", ".join(
        f"(count(*) FILTER (kind = {n}))::SMALLINT AS {k}" for n, k in enumerate(KINDS)
    )
    sums = ", ".join(f"sum({k}) AS {k}" for k in ("expected", *KINDS))
    scan = (ONE_SCAN if from_days else ROLLED).format(counts=counts, **files)
    rolled = f"SELECT student, school, year, {sums} FROM m GROUP BY ALL"
    direct = (
        "SELECT student, school, (year(day) + (month(day) >= 7)::INT)::SMALLINT AS year, "
        f"count(*) AS expected, {counts} FROM read_parquet({files['attendance']}) GROUP BY ALL"
    )
    kept = f"SELECT * FROM read_parquet({files['years']})"
    who = WHO.format(**files)
    connection = duckdb.connect(config={"memory_limit": memory, "temp_directory": str(spill)})

    def all_of_it() -> tuple[Any, Any]:
        connection.execute(scan)
        yearly = YEARLY.format(years=rolled if from_days else kept, who=who)
        first = connection.execute(yearly).to_arrow_table()
        return first, connection.execute(MONTHLY.format(who=who)).to_arrow_table()

    def without_months() -> Any:
        connection.execute(scan if not from_days else scan.split(";", 1)[1])
        yearly = YEARLY.format(years=direct if from_days else kept, who=who)
        return connection.execute(yearly).to_arrow_table()

    took, (years, months) = best_of(all_of_it)
    less, _ = best_of(without_months)
    return {
        **took.told(),
        "without_months": less.told(),
        "rows": years.num_rows + months.num_rows,
        "said": said_by_hand(years, months),
    }


def said_by_hand(years: Any, months: Any) -> dict[str, list[float]]:
    def total(table: Any, *names: str) -> float:
        return float(sum(pc.sum(table[name]).as_py() or 0 for name in names))

    return {
        "chronic_absence": [total(years, "chronic"), total(years, "eligible")],
        "attendance_rate": [total(years, "attended"), total(years, "expected")],
        "early_warning": [total(months, "tier_2", "tier_3"), 2 * total(months, "here")],
        "days_lost": [total(years, "e", "u", "s", "i"), 4 * total(years, "expected")],
    }


def by_polars(snapshot: Snapshot) -> dict[str, Any]:
    """The year's measures from the days, by Polars, streaming."""
    year = pl.col("day").dt.year() + (pl.col("day").dt.month() >= 7).cast(pl.Int32)
    counts = [(pl.col("kind") == n).sum().alias(kind) for n, kind in enumerate(KINDS)]

    def asked() -> Any:
        days = pl.scan_parquet(snapshot.files("attendance"))
        who = pl.scan_parquet(snapshot.files("student_years")).with_columns(
            pl.col("year").cast(pl.Int32)
        )
        by = ["student", "school", "year"]
        years = (
            days.with_columns(year.alias("year"))
            .group_by(by)
            .agg(pl.len().cast(pl.Int64).alias("expected"), *counts)
        )
        years = years.join(who.filter(pl.col("exempt")), on=by, how="anti").with_columns(
            absent=sum(pl.col(kind).cast(pl.Int64) for kind in KINDS if kind in LOST)
        )
        eligible = pl.col("expected") > 30
        chronic = eligible & (pl.col("absent") * 10 >= pl.col("expected"))
        return (
            who.join(years, on=by, how="left")
            .group_by("school", "year", *BY)
            .agg(
                eligible=eligible.sum(),
                chronic=chronic.sum(),
                expected=pl.col("expected").sum(),
                attended=(pl.col("present") + pl.col("in_school") + pl.col("independent")).sum(),
                **{kind: pl.col(kind).sum() for kind in LOST},
            )
            .collect(engine="streaming")
        )

    took, table = best_of(asked)
    chronic = [float(table["chronic"].sum()), float(table["eligible"].sum())]
    return {"without_months": took.told(), "said": {"chronic_absence": chronic}}


def by_pandas(snapshot: Snapshot, most: int, folder: Path) -> dict[str, Any]:
    """The year's measures from the days, by pandas, for as many students as fit."""
    who = pd.read_parquet(snapshot.files("student_years")[0])
    given = who["student"].drop_duplicates().sort_values().head(most)
    last, many = int(given.max()), len(given)
    part = folder / "for-pandas.parquet"
    files = [str(file) for file in snapshot.files("attendance")]
    duckdb.sql(
        f"COPY (SELECT * FROM read_parquet({files}) WHERE student <= {last}) "
        f"TO '{part}' (FORMAT parquet)"
    )
    who = who[who["student"] <= last]

    def asked() -> Any:
        days = pd.read_parquet(part, columns=["student", "school", "day", "kind"])
        day = pd.to_datetime(days["day"])
        days["year"] = (day.dt.year + (day.dt.month >= 7)).astype("int16")
        for number, kind in enumerate(KINDS):
            days[kind] = days["kind"] == number
        by = ["student", "school", "year"]
        years = days.groupby(by)[list(KINDS)].sum()
        years["expected"] = years.sum(axis=1)
        years["absent"] = years[list(LOST)].sum(axis=1)
        joined = who.merge(years.reset_index(), on=by, how="left")
        joined.loc[joined["exempt"], [*KINDS, "expected", "absent"]] = 0
        joined["eligible"] = joined["expected"] > 30
        joined["chronic"] = joined["eligible"] & (joined["absent"] * 10 >= joined["expected"])
        told = ["eligible", "chronic", "expected", *KINDS]
        return joined.groupby(["school", "year", *BY], observed=True)[told].sum()

    took, table = best_of(asked, 1)
    part.unlink()
    chronic = [float(table["chronic"].sum()), float(table["eligible"].sum())]
    return {"students": many, "without_months": took.told(),
            "said": {"chronic_absence": chronic}}  # fmt: skip
