"""From checked HSDS tables to the room's own: typed columns, and all the rest in `more`."""

import polars as pl

from hearth.imports.hsds.raw import Raw
from hearth.imports.oneroster.cells import sane
from hearth.partners.rules.calendar import CLOSED_WORDS, EVERY_WEEK
from hearth.partners.rules.hsds import TABLES

# Our column, by the name of its field. What a table has beside these goes into `more`.
RENAMED = {"location_type": "kind", "assured_date": "verified_on"}
TYPED: dict[str, tuple[str, ...]] = {
    "organization": ("name", "alternate_name", "description", "email", "website"),
    "taxonomy_term": ("code", "name", "description", "taxonomy", "language"),
    "service": (
        "name", "alternate_name", "description", "url", "email", "status",
        "interpretation_services", "application_process", "fees_description", "wait_time",
        "eligibility_description", "alert", "minimum_age", "maximum_age", "assured_date",
    ),
    "location": (
        "location_type", "name", "alternate_name", "description", "transportation", "url",
        "latitude", "longitude",
    ),
    "service_at_location": ("description",),
    "schedule": (
        "freq", "byday", "description", "valid_from", "valid_to", "dtstart", "until", "count",
        "interval", "opens_at", "closes_at",
    ),
}  # fmt: skip
KEYS: dict[str, tuple[str, ...]] = {
    "organization": (),
    "taxonomy_term": ("parent_id",),
    "service": ("organization_id",),
    "location": ("organization_id",),
    "service_at_location": ("service_id", "location_id"),
    "schedule": ("service_id", "location_id", "service_at_location_id"),
}
FRAMES = {
    "organization": "organizations", "taxonomy_term": "categories", "service": "services",
    "location": "locations", "service_at_location": "services_at", "schedule": "schedules",
}  # fmt: skip
DETAILS = tuple(name for name in TABLES if name not in FRAMES)
OWNERS = ("organization_id", "service_id", "location_id", "service_at_location_id")
WHEN_OWN = ("valid_from", "valid_to", "dtstart", "until")
ZONED = r"[Zz]$|[+-]\d{2}:?\d{2}$|\.\d+"
LINKED_TO_SERVICE = ("service", "services")


def shaped(whole: Raw) -> dict[str, pl.DataFrame]:
    """A frame for each of the room's tables, with `source_id`, `line`, keys, values and `more`."""
    ids = {name: whole[name].select("id") for name in FRAMES}
    frames = {frame: _typed(name, whole[name], ids) for name, frame in FRAMES.items()}
    attributes, others = _attributes(whole["attribute"], ids)
    frames["service_categories"] = attributes
    rows = [_detail(name, others if name == "attribute" else whole[name], ids) for name in DETAILS]
    frames["details"] = pl.concat(rows)
    return frames


def _typed(name: str, frame: pl.DataFrame, ids: Raw) -> pl.DataFrame:
    typed = TYPED[name]
    lost = _lost(name, frame, ids)
    taken = {"id", *typed, *(key for key in KEYS[name])}
    left = [column for column in frame.columns if column not in {*taken, "file", "line"}]
    odd = [column for column in ("opens_at", "closes_at") if column in typed]
    more = [
        *(pl.col(column) for column in left),
        *(_when(lost[key], key) for key in lost),
        *(_when(pl.col(column).str.contains(ZONED), column) for column in odd),
    ]
    return frame.select(
        pl.col("id").alias("source_id"),
        "line",
        *(pl.when(~lost[key]).then(pl.col(key)).alias(key) if key in lost else pl.col(key)
          for key in KEYS[name]),
        *(_value(column).alias(RENAMED.get(column, column)) for column in typed),
        *(_of_schedule() if name == "schedule" else ()),
        _as_json(more).alias("more"),
    )  # fmt: skip


def _lost(name: str, frame: pl.DataFrame, ids: Raw) -> dict[str, pl.Expr]:
    """Which references lead nowhere; where all of a column are found, it is not named."""
    targets = {key.name: key.points_to for key in TABLES[name].keys}
    found: dict[str, pl.Expr] = {}
    for key in KEYS[name]:
        asked = frame.select(pl.col(key).drop_nulls().unique())
        lost = asked.join(ids[targets[key]], left_on=key, right_on="id", how="anti")
        if lost.height:
            found[key] = pl.col(key).is_in(lost[key].to_list()).fill_null(value=False)
    return found


def _when(condition: pl.Expr, column: str) -> pl.Expr:
    return pl.when(condition).then(pl.col(column)).alias(column)


def _value(column: str) -> pl.Expr:
    cell = pl.col(column)
    bare = cell.str.strip_chars()
    if column in ("valid_from", "valid_to", "dtstart", "until", "assured_date"):
        return sane(bare.str.to_date("%Y-%m-%d", strict=False))
    if column in ("minimum_age", "maximum_age", "latitude", "longitude"):
        return bare.cast(pl.Float64, strict=False)
    if column in ("count", "interval"):
        return bare.cast(pl.Int32, strict=False)
    if column in ("opens_at", "closes_at"):
        return bare.str.extract(r"^(\d{1,2}:\d{2}(?::\d{2})?)")
    return cell.fill_null("")


def _of_schedule() -> list[pl.Expr]:
    """What follows from the rule itself: closed on these days; simply each week."""
    others = ("byweekno", "bymonthday", "byyearday", "count")
    # Every second week is no week: only an interval of one, or none said.
    interval = pl.col("interval").is_null() | (pl.col("interval").str.strip_chars() == "1")
    weekly = (
        (pl.col("freq") == "WEEKLY").fill_null(value=True)
        & pl.col("byday").str.contains(EVERY_WEEK).fill_null(value=False)
        & interval
        & pl.all_horizontal(pl.col(others).is_null())
    )
    says = pl.col("description").str.to_lowercase().str.contains(CLOSED_WORDS)
    closed = pl.col("opens_at").is_null() & says.fill_null(value=False)
    return [weekly.alias("weekly"), closed.alias("closed")]


def _attributes(frame: pl.DataFrame, ids: Raw) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Attributes that put a service under a category, and all others."""
    whose = pl.col("link_entity").str.to_lowercase().is_in(LINKED_TO_SERVICE)
    known = pl.col("link_id").is_in(ids["service"]["id"].implode())
    ours = (whose & known).fill_null(value=False)
    mine = frame.filter(ours)
    left = [c for c in frame.columns
            if c not in ("id", "link_id", "taxonomy_term_id", "file", "line")]  # fmt: skip
    told = mine.select(
        pl.col("id").alias("source_id"),
        "line",
        pl.col("link_id").alias("service_id"),
        pl.col("taxonomy_term_id").alias("category_id"),
        _as_json([pl.col(column) for column in left]).alias("more"),
    )
    return told, frame.filter(~ours)


def _detail(name: str, frame: pl.DataFrame, ids: Raw) -> pl.DataFrame:
    owners = {key.name: key.points_to for key in TABLES[name].keys if key.name in OWNERS}
    cells = [column for column in frame.columns if column not in ("id", "file", "line")]
    return frame.select(
        pl.lit(name).alias("kind"),
        pl.col("id").alias("source_id"),
        "line",
        *(_owner(frame, key, ids[owners[key]]).alias(key) if key in owners
          else pl.lit(None, dtype=pl.String).alias(key) for key in OWNERS),
        _as_json([pl.col(column) for column in cells]).alias("row"),
    )  # fmt: skip


def _owner(frame: pl.DataFrame, key: str, ids: pl.DataFrame) -> pl.Expr:
    lost = frame.select(pl.col(key).drop_nulls().unique()).join(
        ids, left_on=key, right_on="id", how="anti"
    )
    if lost.is_empty():
        return pl.col(key)
    return pl.when(~pl.col(key).is_in(lost[key].to_list())).then(pl.col(key))


def _as_json(cells: list[pl.Expr]) -> pl.Expr:
    """One object of these cells; the blank ones are taken out by PostgreSQL."""
    return pl.struct(cells).struct.json_encode() if cells else pl.lit("{}")
