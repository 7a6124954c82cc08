"""How long attendance takes to load, day by day and a whole year, beside the bare COPY of its rows.

    python -m benchmarks.attendance --students 50000 --days 180 [--data FOLDER] [--json]

A district is invented and its roster loaded; then one file with every day but the last, the file of
the last day, the same file again, and the year taken back. In the same run the same rows go by
COPY, as keys, into a table of the same columns without keys, indexes or checks, and into one that
has the same primary key and the same unique index.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import psycopg

from benchmarks.roster import import_roster, say
from hearth.web import embedded

CODES = "PPPPPPPPPPPPPPPPPPEU"
FIRST_NUMBER = 900_000_001
BEGINS = date(2025, 8, 13)
COLUMNS = "district_id bigint, student_id bigint, school_id bigint, day date, kind varchar(20)"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--students", type=int, default=50_000)
    options.add_argument("--days", type=int, default=180)
    options.add_argument("--data", type=Path, help="Keep everything here; made again if missing.")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        found = measure(chosen.data or Path(passing), chosen.students, chosen.days)
    print(json.dumps(found, indent=1) if chosen.json else in_words(found))


def measure(folder: Path, students: int, days: int) -> dict[str, object]:
    os.environ |= {"HEARTH_MODE": "local", "HEARTH_DATA": str(folder / "server")}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    roster = folder / f"roster-{students}"
    if not roster.exists():
        say("inventing a district")
        words = (
            "from pathlib import Path; from hearth.demo.roster import write_district; "
            f"write_district(Path({str(roster)!r}), students={students})"
        )
        in_demo = {**os.environ, "HEARTH_MODE": "demo"}
        subprocess.run([sys.executable, "-c", words], check=True, env=in_demo)
    subprocess.run(
        [sys.executable, "-m", "hearth.cli", "health"], check=False, stdout=subprocess.DEVNULL
    )
    import_roster(roster)
    year, day = write_days(folder, students, days)
    loaded, peak = bring(year)
    daily, _ = bring(day)
    again, _ = bring(day)
    cluster = folder / "server" / "postgres"
    bare, keyed = bare_copy(cluster, folder / "rows.csv")
    back = take_back(cluster)
    rows = students * (days - 1)
    return {
        "students": students,
        "rows": rows,
        "year_s": round(loaded, 2),
        "rows_per_second": round(rows / loaded),
        "peak_rss_mb": peak,
        "day_s": round(daily, 2),
        "same_day_again_s": round(again, 2),
        "undo_year_s": round(back, 2),
        "bare_copy_s": round(bare, 2),
        "copy_with_indexes_s": round(keyed, 2),
        "ratio_to_bare_copy": round(loaded / bare, 1),
        "ratio_to_copy_with_indexes": round(loaded / keyed, 1),
        "load_average": os.getloadavg()[0],
    }


def write_days(folder: Path, students: int, days: int) -> tuple[Path, Path]:
    """One file for all days but the last, and one for the last."""
    dice = random.Random(2026)
    weekdays = [day for n in range(400) if (day := BEGINS + timedelta(days=n)).weekday() < 5]
    year, last = folder / f"year-{students}-{days}.csv", folder / f"day-{students}-{days}.csv"
    for path, told in ((year, weekdays[: days - 1]), (last, weekdays[days - 1 : days])):
        if path.exists():
            continue
        with path.open("w") as out:
            out.write("Student ID,Date,Code\n")
            for day in told:
                codes = dice.choices(CODES, k=students)
                out.write("".join(
                    f"{FIRST_NUMBER + n},{day},{code}\n" for n, code in enumerate(codes)
                ))  # fmt: skip
    return year, last


def bring(path: Path) -> tuple[float, int]:
    """Seconds from the first byte to the commit, and the most memory that was held, in MB."""
    say(f"loading {path.name}")
    words = (
        "import sys, time, resource; from hearth.cli.wake import wake; sys.argv=['hearth'];"
        "wake('import'); from hearth.cli.imports import imports; began = time.perf_counter();"
        f"\nwords = ['attendance', {str(path)!r}, '--json', '--code', 'P=present', '--code',"
        " 'E=excused', '--code', 'U=unexcused', '--column', 'student=Student ID', '--column',"
        " 'day=Date', '--column', 'kind=Code']"
        "\ntry: imports.main(words, standalone_mode=False)"
        "\nexcept SystemExit as end: code = end.code"
        "\npeak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024"
        "\nprint('TOOK', time.perf_counter() - began, code, peak)"
    )
    done = subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, text=True)
    took, code, peak = done.stdout.rsplit("TOOK", 1)[1].split()
    if code != "0":
        raise SystemExit(done.stdout[:2000])
    return float(took), int(peak)


def take_back(cluster: Path) -> float:
    """Seconds to undo the last two files of a day, and then the year."""
    say("undoing")
    with psycopg.connect(embedded.url(cluster, "postgres")) as connection:
        runs = connection.execute(
            "SELECT id FROM imports_importrun WHERE kind = 'attendance' AND state = 'applied' "
            "ORDER BY id DESC"
        ).fetchall()
    for (run,) in runs:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "hearth.cli", "import", "undo", str(run)], check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        took = time.perf_counter() - began
    return took


def bare_copy(cluster: Path, passing: Path) -> tuple[float, float]:
    """The rows that were loaded, out of the table and into one like it."""
    say("bare COPY")
    with psycopg.connect(embedded.url(cluster, "postgres")) as connection:
        rows = "SELECT district_id, student_id, school_id, day, kind FROM records_attendanceday"
        with (
            passing.open("wb") as kept,
            connection.cursor().copy(f"COPY ({rows}) TO STDOUT (FORMAT csv)") as out,
        ):
            for piece in out:
                kept.write(piece)
        took = []
        for keys in ("", ", id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
                         "UNIQUE (student_id, school_id, day)"):  # fmt: skip
            connection.execute(f"CREATE TABLE bare_days ({COLUMNS}{keys})")
            connection.commit()
            began = time.perf_counter()
            columns = "district_id, student_id, school_id, day, kind"
            with (
                passing.open("rb") as kept,
                connection.cursor().copy(
                    f"COPY bare_days ({columns}) FROM STDIN (FORMAT csv)"
                ) as into,
            ):
                while part := kept.read(1024**2):
                    into.write(part)
            connection.commit()
            took.append(time.perf_counter() - began)
            connection.execute("DROP TABLE bare_days")
            connection.commit()
    return took[0], took[1]


def in_words(found: dict[str, object]) -> str:
    return "\n".join(f"{name:28}{value:>14}" for name, value in found.items())


if __name__ == "__main__":
    main()
