"""The steps of `mart.py`, each run in a process of its own, so that its peak memory is its own."""

import argparse
import json
import os
import resource
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django
import pyarrow.compute as pc

os.environ |= {"HEARTH_MODE": "local", "DJANGO_SETTINGS_MODULE": "hearth.web.settings"}
django.setup()  # Hearth's own modules, without its database: nothing here asks it

from benchmarks import mart_by_hand  # noqa: E402
from benchmarks.clock import best_of, timed  # noqa: E402
from benchmarks.mart_made import A_DAY, MADE  # noqa: E402
from hearth.insight.mart import build, keep, store  # noqa: E402
from hearth.insight.mart.engine import Engine, opened  # noqa: E402
from hearth.insight.measures import attendance  # noqa: E402
from hearth.insight.measures.measure import table_of  # noqa: E402

FIRST = date(2025, 8, 11)
MEMORY = "2GB"
BY = mart_by_hand.BY


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("step")
    options.add_argument("--students", type=int)
    options.add_argument("--days", type=int)
    options.add_argument("--folder", type=Path)
    options.add_argument("--pandas", type=int)
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    told = STEPS[chosen.step](chosen)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    load = round(os.getloadavg()[0], 1)
    print("TOLD " + json.dumps({**told, "peak_mb": round(peak), "load": load}))


def school_days(many: int) -> list[date]:
    weekdays = (FIRST + timedelta(n) for n in range(many * 2))
    return [day for day in weekdays if day.weekday() < 5][:many]


def working_file(chosen: argparse.Namespace) -> Path:
    return Path(chosen.folder / f"working-{chosen.students}-{chosen.days}.duckdb")


def current(chosen: argparse.Namespace) -> store.Snapshot:
    return store.current(home(chosen))


def home(chosen: argparse.Namespace) -> Path:
    return Path(chosen.folder / f"mart-{chosen.students}-{chosen.days}")


def made(chosen: argparse.Namespace) -> dict[str, Any]:
    """The working tables, as a build has them after COPY."""
    file = working_file(chosen)
    file.unlink(missing_ok=True)
    working = keep.connect(file, memory=MEMORY, file=file)
    days = "[" + ", ".join(f"'{day}'" for day in school_days(chosen.days)) + "]"
    schools = max(1, chosen.students // 540)
    working.raw_sql(MADE.format(students=chosen.students, schools=schools, days=days))
    told = A_DAY.format(days="SELECT day FROM school_days")
    took, _ = timed(lambda: working.raw_sql(f"CREATE TABLE attendance AS {told}"))
    rows = working.raw_sql("SELECT count(*) FROM attendance").fetchone()[0]
    one = A_DAY.format(days=f"SELECT DATE '{school_days(chosen.days + 1)[-1]}' AS day")
    working.raw_sql(f"COPY ({one}) TO '{chosen.folder}/one-day.parquet' (FORMAT parquet)")
    working.disconnect()
    return {"rows": rows, "schools": schools, **took.told()}


def built(chosen: argparse.Namespace) -> dict[str, Any]:
    """From the working tables to a current mart: sorted days, roll-ups, a row for each student."""
    took, _ = timed(lambda: _build(chosen))
    sizes = {
        fact: round(sum(file.stat().st_size for file in current(chosen).files(fact)) / 1e6, 1)
        for fact in ("attendance", "months", "years", "student_years")
    }
    return {**took.told(), "megabytes": sizes}


def _build(chosen: argparse.Namespace) -> None:
    last = school_days(chosen.days)[-1]
    with store.building(home(chosen), built_on=last) as folder:
        working = keep.connect(folder, memory=MEMORY, file=working_file(chosen))
        build.shape(working, folder, last)
        working.disconnect()


def ours(chosen: argparse.Namespace, from_days: bool, engine: Engine) -> dict[str, Any]:
    with opened(current(chosen), engine) as mart:
        yearly = [one for one in attendance.MEASURES if one.by == "year"]

        def asked(measures: Any) -> Any:
            return table_of(measures, mart.from_days() if from_days else mart, [BY], "school")

        took, table = best_of(lambda: asked(attendance.MEASURES))
        less, _ = best_of(lambda: asked(yearly))
    return {**took.told(), "without_months": less.told(), "rows": table.num_rows,
            "said": digest(table)}  # fmt: skip


def digest(table: Any) -> dict[str, list[float]]:
    """Numerators and denominators of each measure added up, to see that two ways agree."""
    said = {}
    for key in ("chronic_absence", "attendance_rate", "early_warning", "days_lost"):
        own = table.filter(pc.equal(table["measure"], key))
        said[key] = [pc.sum(own["numerator"]).as_py(), pc.sum(own["denominator"]).as_py()]
    return said


def day(chosen: argparse.Namespace) -> dict[str, Any]:
    """One school day more: a new snapshot with its days, its month's and the year's roll-up."""
    extra, file = school_days(chosen.days + 1)[-1], chosen.folder / "one-day.parquet"
    keep.connect(home(chosen)).disconnect()  # a worker has its libraries loaded
    took, _ = timed(lambda: keep.add_day(home(chosen), extra, file, memory=MEMORY))
    again, _ = timed(lambda: keep.add_day(home(chosen), extra, file, memory=MEMORY))
    return {**took.told(), "told_again": again.told()}


HERE = Engine(memory=MEMORY)
STEPS = {
    "made": made,
    "built": built,
    "days_sql": lambda chosen: mart_by_hand.by_sql(current(chosen), True, MEMORY, chosen.folder),
    "days_ours": lambda chosen: ours(chosen, True, HERE),
    "rollup_sql": lambda chosen: mart_by_hand.by_sql(current(chosen), False, MEMORY, chosen.folder),
    "rollup_ours": lambda chosen: ours(chosen, False, HERE),
    "polars": lambda chosen: mart_by_hand.by_polars(current(chosen)),
    "pandas": lambda chosen: mart_by_hand.by_pandas(current(chosen), chosen.pandas, chosen.folder),
    "day": day,
    "spark": lambda chosen: ours(chosen, False, Engine("spark", memory="4GB")),
}

if __name__ == "__main__":
    main()
