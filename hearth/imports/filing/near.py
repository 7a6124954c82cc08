"""Which public figures are near: the state, our county, our district and schools, and some like
them. The rest of California is left out."""

import numpy as np
import polars as pl

from hearth.imports.extracts import Extract
from hearth.schools.models import School

ALIKE = 10
"""So many schools stand beside each of ours."""

OURS = ("state", "county", "district", "school", "similar")
TRAITS = ("socioeconomically_disadvantaged", "english_learners", "grades_tk_8")


def near(extract: Extract) -> Extract:
    """The same extract with the figures of near places only, each with what it is to us."""
    frame = extract.frames["figures"]
    codes = School.objects.exclude(cds_code="").values_list("cds_code", flat=True)
    ours = [code for code in codes if len(code) == 14]
    alike = similar(frame, ours)
    district = pl.col("cds_code").str.slice(0, 7).is_in({code[:7] for code in ours})
    county = pl.col("cds_code").str.slice(0, 2).is_in({code[:2] for code in ours})
    level, place = pl.col("level"), pl.col("cds_code")
    kept = frame.with_columns(
        near=pl.when(level == "T").then(pl.lit("state"))
        .when((level == "C") & county).then(pl.lit("county"))
        .when((level == "D") & district).then(pl.lit("district"))
        .when((level == "S") & (district | place.is_in(ours))).then(pl.lit("school"))
        .when((level == "S") & place.is_in(alike)).then(pl.lit("similar"))
    ).filter(pl.col("near").is_not_null())  # fmt: skip
    figures = kept.rename({"group": "group_key"})
    return Extract({"figures": figures}, extract.faults, extract.notes, extract.totals)


def similar(frame: pl.DataFrame, ours: list[str]) -> list[str]:
    """Schools of about the same size, with about the same shares of students in need, learning
    English and in the younger grades, as far as the state prints who was counted."""
    counted = frame.filter((pl.col("level") == "S") & pl.col("denominator").is_not_null())
    if counted.is_empty() or not ours:
        return []
    latest = counted.filter(pl.col("year") == pl.col("year").max())
    groups = latest.filter(pl.col("group").is_in(["all", *TRAITS]))
    wide = groups.pivot("group", index="cds_code", values="denominator", aggregate_function="first")
    if "all" not in wide.columns:
        return []
    wide = wide.filter(pl.col("all") > 0)
    shares = [
        (pl.col(trait).fill_null(0) / pl.col("all")).alias(trait)
        for trait in TRAITS if trait in wide.columns
    ]  # fmt: skip
    traits = wide.select(pl.col("all").log(), *shares).to_numpy()
    spread = traits.std(axis=0)
    traits = traits / np.where(spread > 0, spread, 1)
    known = wide["cds_code"].to_list()
    own = set(ours)
    strange = np.array([code not in own for code in known])
    found: set[str] = set()
    for row in (place for place, code in enumerate(known) if code in own):
        apart = np.where(strange, ((traits - traits[row]) ** 2).sum(axis=1), np.inf)
        found |= {known[place] for place in np.argsort(apart, kind="stable")[:ALIKE]
                  if np.isfinite(apart[place])}  # fmt: skip
    return sorted(found)
