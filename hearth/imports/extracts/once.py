"""The same thing said twice in one file: once is enough, and where it differs the later counts."""

from collections.abc import Sequence

import polars as pl

from hearth.imports.oneroster.findings import Findings

FIRST = "first_line"


def once(
    frame: pl.DataFrame, keys: Sequence[str], values: Sequence[str], findings: Findings
) -> pl.DataFrame:
    """One row for each key. The keys of a large file are compared as one number each."""
    if frame.height < 2:
        return frame
    doubled = as_number(frame, keys).is_duplicated()
    if not doubled.any():
        return frame
    some = frame.with_columns(row=pl.int_range(pl.len())).filter(doubled)
    first = pl.col("line").first().over(keys)
    before = [pl.col(value).shift(1).over(keys) for value in values]
    differs = pl.any_horizontal(
        pl.col(value).ne_missing(was) for value, was in zip(values, before, strict=True)
    )
    nth = pl.int_range(pl.len()).over(keys)
    later = some.with_columns(first_line=first, differs=differs, nth=nth).filter(pl.col("nth") > 0)
    for (file, is_other), rows in later.group_by("file", "differs"):
        kind = "row_contradicts" if is_other else "row_twice"
        findings.add_rows(kind, str(file), None, rows.select("line", FIRST))
    last = some.group_by(keys, maintain_order=True).agg(pl.col("row").last())["row"]
    stays = (~doubled).to_frame("stays").with_row_index("row")
    kept = stays.select(stays=pl.col("stays") | pl.col("row").is_in(last.implode()))["stays"]
    return frame.filter(kept)


def as_number(frame: pl.DataFrame, keys: Sequence[str]) -> pl.Series:
    """Each row's keys as one number: the places of their values, one after another."""
    number = pl.Series("key", [0], dtype=pl.Int64).new_from_index(0, frame.height)
    room = 1
    for key in keys:
        place = frame[key].rank("dense").fill_null(0).cast(pl.Int64)
        size = int(place.max() or 0) + 1  # type: ignore[arg-type]
        room *= size
        if room > 2**62:
            return frame.select(pl.struct(keys).alias("key"))["key"]
        number = number * size + place
    return number
