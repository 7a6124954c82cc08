"""The Open Referral CSV of before (version 1, as Ohana writes it), told in the words of HSDS 3.

What the newer schema has no field for stays in its column and travels on.
"""

from collections.abc import Callable

import polars as pl

from hearth.imports.hsds.raw import Raw, blank
from hearth.imports.oneroster.cells import sane

ONLY_OLDER = {"regular_schedules.csv", "holiday_schedules.csv", "mail_addresses.csv",
              "taxonomy.csv"}  # fmt: skip
LIST = r"\s*[,;|]\s*"
ONE_YEAR = ("%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%B %d, %Y")
DAYS = {
    "monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR",
    "saturday": "SA", "sunday": "SU", "1": "MO", "2": "TU", "3": "WE", "4": "TH", "5": "FR",
    "6": "SA", "7": "SU",
}  # fmt: skip
Files = dict[str, pl.DataFrame]


def is_older(files: Files) -> bool:
    """Known by files, or by columns, that only the older shape has."""
    services = files.get("services.csv")
    placed = services is not None and "location_id" in services.columns
    return bool(ONLY_OLDER & files.keys()) or (
        placed and services is not None and "organization_id" not in services.columns
    )


def as_hsds(files: Files) -> Raw:
    found: Raw = {}
    for table, told in _tables(files):
        found[table] = pl.concat([found[table], told], how="diagonal") if table in found else told
    return found


def _tables(files: Files) -> list[tuple[str, pl.DataFrame]]:
    told: list[tuple[str, pl.DataFrame]] = []
    for name, (table, newer) in ALONE.items():
        if (frame := files.get(name)) is not None:
            told.append((table, newer(frame)))
    if (frame := files.get("locations.csv")) is not None:
        told += _locations(frame)
    if (frame := files.get("services.csv")) is not None:
        told += _services(frame, files.get("locations.csv"))
    return told


def _described(frame: pl.DataFrame) -> pl.DataFrame:
    """The newer schema wants words about each organization; its name is better than none."""
    return blank(frame, ["description", "name"]).with_columns(pl.coalesce("description", "name"))


def _addresses(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(address_type=pl.lit("physical"))


def _mail(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(id=pl.format("mail-{}", "id"), address_type=pl.lit("postal"))


def _phones(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.rename({"number_type": "type"}, strict=False)


def _categories(frame: pl.DataFrame) -> pl.DataFrame:
    frame = blank(frame, ["parent_name"]).rename({"taxonomy_id": "id"}, strict=False)
    return frame.with_columns(description=pl.col("name")).drop("parent_name")


def _locations(frame: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    frame = blank(frame, ["virtual", "website", "languages", "accessibility"])
    virtual = pl.col("virtual").str.to_lowercase() == "true"
    kind = pl.when(virtual).then(pl.lit("virtual")).otherwise(pl.lit("physical"))
    return [
        ("location", frame.with_columns(location_type=kind).rename({"website": "url"})
                     .drop("virtual", "languages", "accessibility")),
        ("language", _each(frame, "languages", "location_id", "name")),
        ("accessibility", _each(frame, "accessibility", "location_id", "description")),
    ]  # fmt: skip


def _services(
    frame: pl.DataFrame, locations: pl.DataFrame | None
) -> list[tuple[str, pl.DataFrame]]:
    frame = blank(frame, ["location_id", "languages", "required_documents", "service_areas",
                          "taxonomy_ids", "status"])  # fmt: skip
    if locations is not None and "organization_id" not in frame.columns:
        whose = locations.select(location_id="id", organization_id="organization_id")
        frame = frame.join(whose, on="location_id", how="left", maintain_order="left")
    renamed = {"website": "url", "eligibility": "eligibility_description",
               "fees": "fees_description"}  # fmt: skip
    status = pl.col("status").str.to_lowercase().fill_null("active")
    lists = ["languages", "required_documents", "service_areas", "taxonomy_ids"]
    service = frame.rename(renamed, strict=False).with_columns(status).drop("location_id", *lists)
    at = frame.filter(pl.col("location_id").is_not_null()).select(
        id=pl.format("{}-{}", "id", "location_id"), service_id="id", location_id="location_id",
        file="file", line="line",
    )  # fmt: skip
    under = _each(frame, "taxonomy_ids", "link_id", "taxonomy_term_id")
    return [
        ("service", service),
        ("service_at_location", at),
        ("language", _each(frame, "languages", "service_id", "name")),
        ("required_document", _each(frame, "required_documents", "service_id", "document")),
        ("service_area", _each(frame, "service_areas", "service_id", "name")),
        ("attribute", under.with_columns(link_entity=pl.lit("service"))),
    ]


def _each(frame: pl.DataFrame, column: str, owner: str, as_name: str) -> pl.DataFrame:
    """A list in one cell becomes a row for each of its words."""
    rows = frame.filter(pl.col(column).is_not_null()).select(
        pl.col("id").alias(owner),
        pl.col(column).str.replace_all(LIST, "\n").str.split("\n").alias(as_name),
        "file",
        "line",
    )
    rows = rows.explode(as_name).filter(pl.col(as_name).str.strip_chars() != "")
    number = pl.int_range(pl.len()).over(owner).cast(pl.String)
    whose = owner.removesuffix("_id")
    return rows.with_columns(
        id=pl.format("{}-{}-{}-{}", pl.lit(whose), pl.col(owner), pl.lit(column), number)
    )


def _weeks(frame: pl.DataFrame) -> pl.DataFrame:
    frame = blank(frame, ["weekday", "opens_at", "closes_at"])
    day = pl.col("weekday").str.strip_chars().str.to_lowercase()
    return frame.with_columns(
        id=pl.format("week-{}", "id"),
        byday=day.replace_strict(DAYS, default=pl.col("weekday"), return_dtype=pl.String),
        freq=pl.lit("WEEKLY"),
        opens_at=_time("opens_at"),
        closes_at=_time("closes_at"),
    ).drop("weekday")  # fmt: skip


def _holidays(frame: pl.DataFrame) -> pl.DataFrame:
    """Closed, or with other hours, from a day to a day. A holiday of no year is told in words."""
    frame = blank(frame, ["closed", "start_date", "end_date", "opens_at", "closes_at"])
    said = pl.format("{} – {}", pl.col("start_date"), pl.col("end_date"))
    is_closed = pl.col("closed").str.to_lowercase() == "true"
    words = pl.when(is_closed).then(pl.format("Closed {}", said)).otherwise(said)
    return frame.with_columns(
        id=pl.format("holiday-{}", "id"),
        valid_from=_day("start_date"),
        valid_to=_day("end_date"),
        description=words,
        opens_at=_time("opens_at"),
        closes_at=_time("closes_at"),
    ).drop("closed", "start_date", "end_date")  # fmt: skip


def _time(column: str) -> pl.Expr:
    """Hours as people write them, "3pm" and "4:00 PM" too; what is none of these stays as it is."""
    bare = pl.col(column).str.strip_chars().str.to_lowercase().str.replace_all(r"[ .]", "")
    # An hour alone has no minutes to be read by.
    whole = bare.str.replace(r"^(\d{1,2})(am|pm)$", "$1:00$2")
    ways = [whole.str.to_time(way, strict=False) for way in ("%I:%M%p", "%H:%M", "%H:%M:%S")]
    return pl.coalesce(*(way.cast(pl.String) for way in ways), pl.col(column)).alias(column)


def _day(column: str) -> pl.Expr:
    ways = [pl.col(column).str.strip_chars().str.to_date(way, strict=False) for way in ONE_YEAR]
    return pl.coalesce(sane(day) for day in ways).cast(pl.String)


ALONE: dict[str, tuple[str, Callable[[pl.DataFrame], pl.DataFrame]]] = {
    "organizations.csv": ("organization", _described),
    "programs.csv": ("program", _described),
    "taxonomy.csv": ("taxonomy_term", _categories),
    "addresses.csv": ("address", _addresses),
    "mail_addresses.csv": ("address", _mail),
    "phones.csv": ("phone", _phones),
    "contacts.csv": ("contact", lambda frame: frame),
    "regular_schedules.csv": ("schedule", _weeks),
    "holiday_schedules.csv": ("schedule", _holidays),
}
"""Files that tell one table each, and how."""
