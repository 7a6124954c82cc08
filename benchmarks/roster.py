"""How long a district's roster takes to load, beside the bare COPY of the same files.

    python -m benchmarks.roster --students 50000 [--data FOLDER] [--json]

A district is invented and loaded through the real path, `hearth import roster`, into a
PostgreSQL of its own with its settings as they come; then loaded again with one row in a hundred
changed. In the same run, the same files go by COPY into plain tables without keys or indexes.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from hearth.web import embedded


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--students", type=int, default=50_000)
    options.add_argument("--data", type=Path, help="Keep everything here; made again if missing.")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = chosen.data or Path(passing)
        found = measure(folder, chosen.students)
    print(json.dumps(found, indent=1) if chosen.json else in_words(found))


def measure(folder: Path, students: int) -> dict[str, object]:
    os.environ |= {"HEARTH_MODE": "local", "HEARTH_DATA": str(folder / "server")}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    first, second = folder / f"first-{students}", folder / f"second-{students}"
    if not second.exists():
        say("inventing a district")
        in_demo = {**os.environ, "HEARTH_MODE": "demo"}
        words = (
            "from pathlib import Path; from hearth.demo.roster import write_district; "
            f"write_district(Path({str(first)!r}), students={students})"
        )
        subprocess.run([sys.executable, "-c", words], check=True, env=in_demo)
        move_up(first, second)
    files = sorted(path for path in first.glob("*.csv") if path.stem != "manifest")
    rows = sum(path.read_bytes().count(b"\n") - 1 for path in files)
    say("making the database")
    subprocess.run(
        [sys.executable, "-m", "hearth.cli", "health"], check=False, stdout=subprocess.DEVNULL
    )
    copied = bare_copy(folder / "server" / "postgres", files)
    loaded = import_roster(first)
    again = import_roster(second)
    copied_again = bare_copy(folder / "server" / "postgres", files)
    copy = min(copied, copied_again)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "students": students,
        "rows": rows,
        "bare_copy_s": round(copy, 2),
        "bare_copies_s": [round(copied, 2), round(copied_again, 2)],
        "first_import_s": round(loaded, 2),
        "re_import_s": round(again, 2),
        "first_ratio": round(loaded / copy, 1),
        "re_import_ratio": round(again / copy, 1),
        "rows_per_second": round(rows / loaded),
        "peak_rss_mb": round(peak),
        "load_average": os.getloadavg()[0],
    }


def import_roster(folder: Path) -> float:
    """Seconds from reading the first byte to the commit; starting Python is not part of it."""
    say(f"loading {folder.name}")
    words = (
        "import sys, time; from hearth.cli.wake import wake; sys.argv=['hearth']; wake('import');"
        "from hearth.cli.imports import roster; began = time.perf_counter();"
        f"\nwords = [{str(folder)!r}, '--json', '--district', 'Benchmark']"
        "\ntry: roster.main(words, standalone_mode=False)"
        "\nexcept SystemExit as end: code = end.code"
        "\nprint('TOOK', time.perf_counter() - began, code)"
    )
    done = subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, text=True)
    took, code = done.stdout.rsplit("TOOK", 1)[1].split()
    if code != "0":
        raise SystemExit(done.stdout[:2000])
    return float(took)


def bare_copy(cluster: Path, files: list[Path]) -> float:
    say("bare COPY")
    with psycopg.connect(embedded.superuser_url(cluster)) as connection:
        for path in files:
            with path.open() as stream:
                columns = [cell.strip() for cell in stream.readline().split(",")]
            described = ", ".join(f'"{column}" text' for column in columns)
            connection.execute(f"DROP TABLE IF EXISTS bare_{path.stem}")
            connection.execute(f"CREATE TABLE bare_{path.stem} ({described})")
        connection.commit()
        began = time.perf_counter()
        with connection.cursor() as cursor:
            for path in files:
                with (
                    path.open("rb") as stream,
                    cursor.copy(f"COPY bare_{path.stem} FROM STDIN (FORMAT csv, HEADER)") as copy,
                ):
                    while piece := stream.read(1024**2):
                        copy.write(piece)
        connection.commit()
        took = time.perf_counter() - began
        for path in files:
            connection.execute(f"DROP TABLE bare_{path.stem}")
        connection.commit()
    return took


def move_up(first: Path, second: Path) -> None:
    """The same district with one phone in a hundred changed and one enrollment in a hundred new."""
    second.mkdir()
    for path in first.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for n in range(100, len(lines), 100):
            if path.stem == "users":
                lines[n] = lines[n].replace("555-", "556-", 1)
            elif path.stem == "enrollments":
                key, rest = lines[n].split(",", 1)
                lines[n] = f"{key}-new,{rest}"
        (second / path.name).write_text("".join(lines), encoding="utf-8")


def say(words: str) -> None:
    print(words, "…", file=sys.stderr)


def in_words(found: dict[str, object]) -> str:
    return "\n".join(f"{name:16} {value}" for name, value in found.items())


if __name__ == "__main__":
    main()
