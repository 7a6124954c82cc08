"""What it takes to protect a district's whole yearly release, and to audit what others print.

    python -m benchmarks.disclosure [--schools 1000] [--minutes 60] [--tables FOLDER]
                                    [--state FOLDER] [--only STEP ...] [--json]

release  every measure × group × pair of groups of an invented district, by school, protected with
         numerator, complement and denominator together, and attacked; a line for each table, and
         after so many minutes an end, with what was reached.
tables   made tables (CSV, the last column the count) beside what other engines withhold on them.
state    a state's published files (gzipped CSV): tables audited a second, and how many fail.
         No withheld figure is printed or kept.
small    small tables against every possible answer: how much too much is withheld.
"""

import argparse
import csv
import gzip
import itertools
import json
import resource
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from hearth.disclosure import (
    OUTCOME,
    TOTAL,
    Cell,
    Rule,
    Status,
    Table,
    audit,
    protect,
    rates,
)

GROUPS = {
    "race": ("hispanic", "white", "asian", "black", "filipino", "two_or_more", "pacific_islander",
             "american_indian", "not_reported"),
    "gender": ("F", "M", "X"),
    "grade": tuple(str(grade) for grade in range(13)),
    "english_learner": ("no", "yes"),
    "disability": ("no", "yes"),
    "disadvantaged": ("yes", "no"),
    "foster": ("no", "yes"),
    "homeless": ("no", "yes"),
}  # fmt: skip
SHARES = {
    "race": (0.55, 0.2, 0.1, 0.06, 0.03, 0.04, 0.005, 0.005, 0.01),
    "gender": (0.485, 0.512, 0.003),
    "grade": (1 / 13,) * 13,
    "english_learner": (0.8, 0.2),
    "disability": (0.86, 0.14),
    "disadvantaged": (0.63, 0.37),
    "foster": (0.995, 0.005),
    "homeless": (0.96, 0.04),
}
MEASURES = {"chronic_absence": 0.2, "suspension": 0.035, "referred": 0.08}
RACES = {
    "african_american", "american_indian_alaska_native", "asian", "filipino", "hispanic_latino",
    "pacific_islander", "two_or_more_races", "white", "race_not_reported",
}  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--schools", type=int, default=1_000)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--tables", type=Path)
    options.add_argument("--state", type=Path)
    options.add_argument("--only", nargs="*", default=["release", "tables", "state", "small"])
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    found: dict[str, Any] = {}
    if "release" in chosen.only:
        found["release"] = release(chosen.schools, chosen.minutes)
    if "tables" in chosen.only and chosen.tables:
        found["tables"] = {path.stem: made(path) for path in sorted(chosen.tables.glob("*.csv"))}
    if "state" in chosen.only and chosen.state:
        found["state"] = {path.stem: state(path) for path in sorted(chosen.state.glob("*rate*.gz"))}
    if "small" in chosen.only:
        found["small"] = small(200)
    print(json.dumps(found, indent=None if chosen.json else 1))


def release(schools: int, minutes: float) -> dict[str, Any]:
    """One table for each measure and pair of groups: school × group × group × outcome."""
    rng = np.random.default_rng(2026)
    sizes = rng.integers(120, 1_100, schools)
    school = np.repeat(np.arange(schools), sizes)
    people = {name: rng.choice(len(GROUPS[name]), len(school), p=SHARES[name]) for name in GROUPS}
    yes = {measure: rng.random(len(school)) < share for measure, share in MEASURES.items()}
    wanted = list(itertools.product(MEASURES, itertools.combinations(GROUPS, 2)))
    tally: Counter[str] = Counter()
    began = time.perf_counter()
    for measure, pair in wanted:
        if time.perf_counter() - began > minutes * 60:
            break
        names = [np.array(GROUPS[name]) for name in pair]
        where = np.stack([school, *(people[name] for name in pair)])
        groups, of = np.unique(where, axis=1, return_inverse=True)
        cells = [(str(at), str(names[0][one]), str(names[1][other])) for at, one, other in groups.T]
        whole: dict[Cell, int] = dict(zip(cells, np.bincount(of).tolist(), strict=True))
        counted = np.bincount(of, yes[measure]).astype(int)
        part: dict[Cell, int] = dict(zip(cells, counted.tolist(), strict=True))
        line = _one_table(rates(("school", *pair), part, whole))
        tally.update(line)
        tally["tables"] += 1
        told = {name: round(value, 2) for name, value in line.items()}
        print(f"{measure} {'+'.join(pair)}: {told}", flush=True)
    return {
        "schools": schools,
        "students": len(school),
        "of tables": len(wanted),
        **{name: round(value, 1) for name, value in tally.items()},
        "withheld share": round(tally["withheld"] / max(1, tally["cells"]), 4),
        "clock s": round(time.perf_counter() - began),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _one_table(table: Table) -> dict[str, float]:
    """Protected, then attacked by all that is printed. The true table serves the attack as one
    that agrees: it makes it quicker, and no withheld cell narrower or wider than it is."""
    began = time.process_time()
    done = protect(table, Rule(outcome=OUTCOME))
    protected = time.process_time()
    truth = {cell: int(n) for cell, n in zip(table.cells, table.counts, strict=True)}
    leaks = audit(table.dims, done.shown(), done.withheld(), explain=False, example=truth)
    tally = Counter(done.statuses.values())
    return {
        "cells": len(table.counts),
        "withheld": len(table.counts) - tally[Status.SHOWN],
        "secondary": tally[Status.WITHHELD_SECONDARY],
        "recoverable": sum(leak.proven for leak in leaks),
        "unproven": sum(not leak.proven for leak in leaks) + len(done.unproven),
        "coarse": len(done.coarse),
        "protect s": protected - began,
        "audit s": time.process_time() - protected,
    }


def made(path: Path) -> dict[str, Any]:
    with path.open(newline="") as file:
        heading, *rows = csv.reader(file)
    table = Table.of(heading[:-1], {tuple(row[:-1]): int(row[-1]) for row in rows})
    found: dict[str, Any] = {}
    for width in (1, 5):
        began = time.perf_counter()
        done = protect(table, Rule(width=width))
        spent = time.perf_counter() - began
        began = time.perf_counter()
        close = audit(heading[:-1], done.shown(), done.withheld(), narrower_than=width,
                      explain=False)  # fmt: skip
        tally = Counter(done.statuses.values())
        found[f"width {width}"] = {
            "primary": tally[Status.WITHHELD_PRIMARY],
            "secondary": tally[Status.WITHHELD_SECONDARY],
            "seconds": round(spent, 1),
            "too close": len(close),
            "audit seconds": round(time.perf_counter() - began, 1),
        }
        print(path.stem, found, flush=True)
    return found


def state(path: Path) -> dict[str, Any]:
    """Races that add up to all, for each entity and year, numerators and denominators apart."""
    tables: dict[tuple[str, str, str, str], tuple[dict[Cell, int], list[Cell]]]
    tables = defaultdict(lambda: ({}, []))
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            if row["subgroup"] in RACES or row["subgroup"] == "all":
                cell = (TOTAL if row["subgroup"] == "all" else row["subgroup"],)
                for column in ("numerator", "denominator"):
                    shown, hidden = tables[row["level"], row["cds"], row["end_year"], column]
                    if row[column]:
                        shown[cell] = int(row[column])
                    else:
                        hidden.append(cell)
    tally: Counter[str] = Counter()
    began = time.perf_counter()
    for (*_, column), (shown, hidden) in tables.items():
        tally[f"{column} tables"] += 1
        if hidden and (TOTAL,) in shown:
            try:
                failing = bool(audit(("race",), shown, hidden, explain=False))
            except ValueError:
                tally[f"{column} contradictory"] += 1
                continue
            tally[f"{column} failing"] += failing
    spent = time.perf_counter() - began
    return {**tally, "tables a second": round(len(tables) / spent)}


def small(many: int) -> dict[str, Any]:
    """Tables of three by three, sparse and full, against every possible answer."""
    rng = np.random.default_rng(7)
    ours = best = 0
    ratios: list[float] = []
    while len(ratios) < many:
        counts = rng.choice([0, 2, 5, 9, 12, 18, 30, 60], 9, p=[0.1, 0.1, 0.1, 0.1, *[0.15] * 4])
        pairs = itertools.product("ABC", "xyz")
        inner: dict[Cell, int] = {pair: int(n) for pair, n in zip(pairs, counts, strict=True)}
        done = protect(Table.of(("a", "b"), inner))
        mine = len(done.withheld())
        least = fewest(inner)
        if least:
            ratios.append(mine / least)
            ours, best = ours + mine, best + least
    return {"tables": many, "mean of ours to the least": round(float(np.mean(ratios)), 4),
            "worst": round(max(ratios), 3), "cells": ours, "least": best}  # fmt: skip


def fewest(inner: dict[Cell, int]) -> int:
    """The least number of withheld cells, by trying all: ranks over the unknowns that count."""
    atoms = [cell for cell, count in inner.items() if count]
    sums: Counter[Cell] = Counter()
    for cell, count in inner.items():
        for margin in itertools.product(*((code, TOTAL) for code in cell)):
            sums[margin] += count
    rows = {c: [float(all(code in (TOTAL, own) for code, own in zip(c, a, strict=True)))
                for a in atoms] for c in sums if sums[c]}  # fmt: skip
    secret = [c for c in rows if 0 < sums[c] < 11]
    others = [c for c in rows if c not in secret]
    for size in range(len(others) + 1):
        for more in itertools.combinations(others, size):
            hidden = {*secret, *more}
            shown = np.array([rows[c] for c in rows if c not in hidden]).reshape(-1, len(atoms))
            if _is_safe(shown, [rows[c] for c in hidden]):
                return len(hidden)
    raise AssertionError("withholding everything is safe")


def _is_safe(shown: np.ndarray, hidden: list[list[float]]) -> bool:
    rank = np.linalg.matrix_rank(shown) if shown.size else 0
    return all(np.linalg.matrix_rank(np.vstack([shown, row])) > rank for row in hidden)


if __name__ == "__main__":
    main()
