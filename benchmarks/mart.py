"""How long a district's figures take, beside the best that DuckDB, Polars and pandas do by hand.

    python -m benchmarks.mart [--students 20000] [--days 180] [--folder FOLDER] [--pandas 100000]
                              [--only STEP ...] [--json]

A district is made of random numbers straight into the working tables that a build fills from the
database, and built into a mart; then every measure of attendance is tabled by school × grade × race
× program in one call, from the days and from the kept roll-ups; then a day is added.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

STEPS = ("made", "built", "days_sql", "days_ours", "rollup_sql", "rollup_ours", "polars", "pandas",
         "day", "spark")  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--students", type=int, default=20_000)
    options.add_argument("--days", type=int, default=180)
    options.add_argument("--folder", type=Path, help="Where the files go and stay.")
    options.add_argument(
        "--pandas",
        type=int,
        default=100_000,
        help="Most students for pandas, which holds all rows.",
    )
    options.add_argument("--only", nargs="*", choices=STEPS)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        chosen.folder = chosen.folder or Path(passing)
        found = {step: in_a_process(step, chosen) for step in chosen.only or STEPS}
    print(json.dumps(found, indent=1) if chosen.json else in_words(found))


def in_a_process(step: str, chosen: argparse.Namespace) -> dict[str, Any]:
    print(f"… {step}", file=sys.stderr)
    words = [sys.executable, "-m", "benchmarks.mart_steps", step,
             "--students", str(chosen.students), "--days", str(chosen.days),
             "--folder", str(chosen.folder), "--pandas", str(chosen.pandas)]  # fmt: skip
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    told = [line for line in done.stdout.splitlines() if line.startswith("TOLD ")]
    found: dict[str, Any] = (
        json.loads(told[0][5:]) if told else {"failed": done.stderr.strip()[-400:]}
    )
    return found


def in_words(found: dict[str, dict[str, Any]]) -> str:
    lines = [f"{step:12} {json.dumps(told)}" for step, told in found.items()]
    beside = (
        ("from the days", "days_ours", "days_sql"),
        ("from the roll-up", "rollup_ours", "rollup_sql"),
        ("our roll-up beside days by hand", "rollup_ours", "days_sql"),
    )
    for name, ours, hand in beside:
        if all("seconds" in found.get(step, {}) for step in (ours, hand)):
            agree = found[ours]["said"] == found[hand]["said"]
            lines.append(f"{name}: {ratios(found[ours], found[hand])}; "
                         f"{'equal numbers' if agree else 'THE NUMBERS DIFFER'}")  # fmt: skip
    return "\n".join(lines)


def ratios(ours: dict[str, Any], hand: dict[str, Any]) -> str:
    told = [
        f"{one['core_seconds'] / other['core_seconds']:.2f} in core seconds, "
        f"{one['seconds'] / other['seconds']:.2f} on the wall"
        for one, other in ((ours, hand), (ours["without_months"], hand["without_months"]))
    ]
    return f"{told[0]} (without months {told[1]})"


if __name__ == "__main__":
    main()
