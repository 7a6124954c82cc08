"""Tables whose best protection is published, kept outside the project."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from hearth.disclosure import TOTAL, Cell, Reason, Rule, Status, Table, audit, protect

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not (DATA / "sdc").is_dir(), reason="the tables are not here")


def read(name: str) -> tuple[list[str], list[tuple[Cell, int]]]:
    with (DATA / name).open(newline="") as file:
        heading, *rows = csv.reader(file)
    return heading[:-1], [(tuple(row[:-1]), int(float(row[-1]))) for row in rows]


def test_z1_is_protected_by_the_three_cells_of_the_published_answer() -> None:
    dims, rows = read("sdc/z1.csv")
    done = protect(Table.of(dims, dict(rows)), Rule(at_least=4))

    assert sorted(done.withheld()) == [
        (region, group) for region in "BDH" for group in ("annet", "arbeid")
    ]


def test_microdata1_is_protected_by_three_cells() -> None:
    dims, rows = read("sdc/microdata1.csv")
    people = Counter(cell for cell, _ in rows)
    women_of_a = ("A", "female")
    done = protect(Table.of(dims, dict(people)), Rule(at_least=1), withheld=[women_of_a])

    assert done.reason(*women_of_a) is Reason.GIVEN
    assert Counter(done.statuses.values()) == {
        Status.SHOWN: 11,
        Status.WITHHELD_PRIMARY: 1,
        Status.WITHHELD_SECONDARY: 3,
    }


def test_a_withheld_one_beside_an_empty_cell_is_not_left_alone() -> None:
    done = protect(
        Table.of(("region",), {("a",): 1, ("b",): 2, ("c",): 1, ("d",): 0}), Rule(at_least=2)
    )
    assert {("a",), ("c",)} <= set(done.withheld())
    assert audit(("region",), done.shown(), done.withheld()) == []


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("t1", 29),
        ("t2", 14),
        pytest.param("t3", 78, marks=pytest.mark.slow),
        pytest.param("t4", 1_077, marks=pytest.mark.slow),
        pytest.param("t5", 6_900, marks=pytest.mark.slow),
    ],
)
def test_the_made_tables_need_no_more_than_others_withhold(name: str, most: int) -> None:
    dims, rows = read(f"sdc_tables/{name}.csv")
    done = protect(Table.of(dims, dict(rows)))

    tally = Counter(done.statuses.values())
    assert tally[Status.WITHHELD_SECONDARY] <= most
    assert audit(dims, done.shown(), done.withheld(), explain=False) == []


RACES = {
    "african_american", "american_indian_alaska_native", "asian", "filipino", "hispanic_latino",
    "pacific_islander", "two_or_more_races", "white", "race_not_reported",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ["chronic_absenteeism_rate", "suspension_rate"])
def test_the_states_own_tables_leak(name: str) -> None:
    """How many tables fail; which cells, and what they hide, is printed nowhere."""
    withheld: dict[tuple[str, str, str], list[Cell]] = {}
    shown: dict[tuple[str, str, str], dict[Cell, int]] = {}
    with gzip.open(DATA / f"cde_outcomes/{name}.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            table = (row["level"], row["cds"], row["end_year"])
            group = row["subgroup"]
            if group in RACES and not row["denominator"]:
                withheld.setdefault(table, []).append((group,))
            elif group in RACES or group == "all":
                cell = (TOTAL if group == "all" else group,)
                shown.setdefault(table, {})[cell] = int(row["denominator"] or 0)
    failing = sum(
        bool(audit(("race",), shown.get(table, {}), cells, explain=False))
        for table, cells in withheld.items()
        if (TOTAL,) in shown.get(table, {})
    )
    assert 0 < failing < len(withheld)
