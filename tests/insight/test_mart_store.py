"""Snapshots: whole or not at all, the last one kept, one day more without touching the rest."""

import hashlib
import json
import os
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.insight.mart import keep, store
from hearth.insight.mart.engine import Engine, Mart, opened
from hearth.insight.mart.schema import COUNTED, FACTS
from tests.insight import marts

DIEGO, SAM, COTTONWOOD, LARKSPUR = 12, 13, 1, 4
MONDAY = date(2025, 9, 1)
ONE = Engine(threads=1, memory="500MB")


def a_day(day: date, *kinds: tuple[int, int], school: int = COTTONWOOD) -> list[dict[str, object]]:
    return [
        {"student": student, "school": school, "day": day, "kind": kind} for student, kind in kinds
    ]


def told(mart: Mart, fact: str) -> list[dict[str, object]]:
    columns = mart.table(fact).columns
    rows = mart.connection.to_pyarrow(mart.table(fact)).to_pylist()
    return sorted(rows, key=lambda row: [str(row[name]) for name in columns])


def test_a_build_that_fails_leaves_the_last_one(tmp_path: Path) -> None:
    good = marts.make(tmp_path, student_years=[{"student": DIEGO, "school": COTTONWOOD}])

    def failing() -> None:
        with store.building(tmp_path, built_on=MONDAY) as folder:
            (folder / "student_years").mkdir()
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        failing()
    assert store.current(tmp_path) == good
    assert not list(tmp_path.glob(".making-*"))
    with opened(store.current(tmp_path), ONE) as mart:
        assert len(told(mart, "student_years")) == 1


def test_who_reads_a_snapshot_goes_on_reading_it_while_others_are_built(tmp_path: Path) -> None:
    first = marts.make(tmp_path, student_years=[{"student": DIEGO, "school": COTTONWOOD}])
    with opened(first, ONE) as mart:
        marts.make(tmp_path)
        marts.make(tmp_path)
        assert len(told(mart, "student_years")) == 1


def test_only_the_last_three_snapshots_are_kept(tmp_path: Path) -> None:
    stamps = [marts.make(tmp_path).stamp for _ in range(5)]
    assert (
        sorted(path.name for path in tmp_path.iterdir() if path.is_dir() and path.name[0] == "2")
        == (stamps[-store.KEPT :])
    )


def test_before_the_first_build_there_is_no_mart(tmp_path: Path) -> None:
    with pytest.raises(store.NoMart):
        store.current(tmp_path)


def of_another_version(snapshot: store.Snapshot) -> None:
    told = snapshot.made | {"format": store.FORMAT - 1}
    (snapshot.folder / "made.json").write_text(json.dumps(told))


def test_a_mart_of_another_format_is_not_read_but_built_anew(tmp_path: Path) -> None:
    """After an update, whose measures read columns that the old files do not have."""
    old = marts.make(tmp_path, student_years=[{"student": DIEGO, "school": COTTONWOOD}])
    of_another_version(old)

    with pytest.raises(store.OtherFormat, match="Build it anew"):
        store.current(tmp_path)
    with pytest.raises(store.OtherFormat):
        keep.add_day(tmp_path, MONDAY, tmp_path / "day.parquet")

    fresh = marts.make(tmp_path)
    assert store.current(tmp_path) == fresh != old


def test_a_mart_from_before_formats_had_numbers_is_of_another_format(tmp_path: Path) -> None:
    old = marts.make(tmp_path)
    told = {name: value for name, value in old.made.items() if name != "format"}
    (old.folder / "made.json").write_text(json.dumps(told))
    with pytest.raises(store.OtherFormat):
        store.current(tmp_path)


def test_other_columns_are_another_format() -> None:
    """Whoever changes a column raises `store.FORMAT`, and writes down here what it stands for."""
    columns = {fact: [(c.name, c.type) for c in own] for fact, own in FACTS.items()}
    told = hashlib.sha256(json.dumps(columns).encode()).hexdigest()[:12]
    assert {store.FORMAT: told} == {3: "3952fe47c7b9"}


def test_a_mart_reads_its_own_files_and_no_other(tmp_path: Path) -> None:
    secret = tmp_path / "names.csv"
    secret.write_text("name\nDiego\n")
    snapshot = marts.make(tmp_path / "mart")
    with opened(snapshot, ONE) as mart, pytest.raises(Exception, match="disabled by configuration"):
        mart.connection.raw_sql(f"SELECT * FROM read_csv('{secret}')")  # noqa: S608


def test_one_day_more_touches_its_own_month_alone(tmp_path: Path) -> None:
    days = [*a_day(date(2025, 8, 29), (DIEGO, 0)), *a_day(MONDAY, (DIEGO, 0), (SAM, 2))]
    before = marts.make(tmp_path, attendance=days)
    file = tmp_path / "day.parquet"
    pq.write_table(marts.arrow("attendance", a_day(MONDAY + timedelta(1), (DIEGO, 1))), file)
    after = keep.add_day(tmp_path, MONDAY + timedelta(1), file)
    untouched = [f.relative_to(after.folder) for f in after.files("months") if "2025-08" in f.name]
    assert untouched
    for name in untouched:
        assert os.path.samefile(before.folder / name, after.folder / name)
    with opened(before, ONE) as mart:
        assert [row["expected"] for row in told(mart, "months") if row["student"] == DIEGO] == [
            1,
            1,
        ]
    with opened(after, ONE) as mart:
        counts = [
            (r["expected"], r["excused"]) for r in told(mart, "months") if r["student"] == DIEGO
        ]
        assert counts == [(1, 0), (2, 1)]


def test_a_years_totals_give_way_to_the_first_day_of_the_student(tmp_path: Path) -> None:
    counts = dict.fromkeys(COUNTED, 0) | {"expected": 170, "present": 170}
    totals = [{"student": DIEGO, "school": COTTONWOOD, "year": 2026, **counts}]
    marts.make(tmp_path, attendance=a_day(MONDAY, (SAM, 0)), year_totals=totals)
    file = tmp_path / "day.parquet"
    pq.write_table(marts.arrow("attendance", a_day(MONDAY + timedelta(1), (DIEGO, 0))), file)
    keep.add_day(tmp_path, MONDAY + timedelta(1), file)
    with opened(store.current(tmp_path), ONE) as mart:
        found = {row["student"]: int(row["expected"]) for row in told(mart, "years")}
    assert found == {DIEGO: 1, SAM: 1}


def test_a_day_that_is_told_again_replaces_what_was_told_first(tmp_path: Path) -> None:
    marts.make(tmp_path, attendance=a_day(MONDAY, (DIEGO, 2), (SAM, 2)))
    file = tmp_path / "day.parquet"
    pq.write_table(marts.arrow("attendance", a_day(MONDAY, (DIEGO, 1))), file)
    keep.add_day(tmp_path, MONDAY, file)
    with opened(store.current(tmp_path), ONE) as mart:
        assert [(r["student"], r["excused"], r["unexcused"]) for r in told(mart, "months")] == [
            (DIEGO, 1, 0)
        ]
        assert [(r["student"], int(r["expected"])) for r in told(mart, "years")] == [(DIEGO, 1)]


KINDS = st.integers(0, 6)
DAY = st.dictionaries(st.sampled_from([DIEGO, SAM, 14]), KINDS, min_size=1)
MARKED = st.dictionaries(st.integers(0, 70), DAY, min_size=1, max_size=4)


@settings(max_examples=5, deadline=None)
@given(first=MARKED, then=st.lists(st.tuples(st.integers(0, 70), DAY), min_size=1, max_size=2))
def test_days_added_one_by_one_make_the_same_roll_ups_as_all_at_once(
    first: dict[int, dict[int, int]],
    then: list[tuple[int, dict[int, int]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = tmp_path_factory.mktemp("mart")
    whole = dict(first)
    marts.make(home, attendance=rows_of(first))
    for number, kinds in then:
        whole[number] = kinds
        file = home / "day.parquet"
        pq.write_table(marts.arrow("attendance", rows_of({number: kinds})), file)
        keep.add_day(home, MONDAY + timedelta(number), file)
    with (
        opened(store.current(home), ONE) as kept,
        opened(marts.make(home / "again", attendance=rows_of(whole)), ONE) as fresh,
    ):
        for fact in ("months", "years", "taught"):
            assert told(kept, fact) == told(fresh, fact)
            assert told(kept, fact) == told(kept.from_days(), fact)


def rows_of(marked: dict[int, dict[int, int]]) -> list[dict[str, object]]:
    return [
        row
        for number, kinds in marked.items()
        for row in a_day(MONDAY + timedelta(number), *kinds.items())
    ]
