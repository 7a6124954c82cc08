"""Public figures of the state: rates by school and group, and its counts of pupils by need."""

from collections.abc import Iterator

import polars as pl

from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.fields import Field, What
from hearth.imports.extracts.members import Member, members
from hearth.imports.extracts.once import once
from hearth.imports.extracts.separated import Columns
from hearth.imports.oneroster.cells import as_year
from hearth.imports.oneroster.findings import BundleRefused
from hearth.imports.oneroster.words import gettext_noop as _

FIELDS = (
    Field("level", _("level"), needed=True),
    Field("cds_code", _("CDS code"), needed=True, spelled=("cds", "cdscode")),
    Field("end_year", _("year"), needed=True, spelled=("academicyear", "year")),
    Field("metric", _("measure"), needed=True, spelled=("measure",)),
    Field("subgroup", _("group"), needed=True, spelled=("group", "reportingcategory")),
    Field("value", _("value"), What.AMOUNT, spelled=("rate",)),
    Field("numerator", _("numerator"), What.COUNT),
    Field("denominator", _("denominator"), What.COUNT),
    Field("snapshot", _("source"), spelled=("source",)),
)
STATE = "California Department of Education"
LEVELS = ("S", "D", "C", "T")
SHAPE = {
    "file": pl.Categorical, "line": pl.Int32, "level": pl.String, "cds_code": pl.String,
    "name": pl.String, "year": pl.Int16, "measure": pl.String, "group": pl.String,
    "value": pl.Float64, "numerator": pl.Int32, "denominator": pl.Int32, "source": pl.String,
}  # fmt: skip
# The columns of the state's count of pupils (CUPC), by what stands in its own first line.
COUNTED = {
    "academicyear": "end_year", "countycode": "county", "districtcode": "district",
    "schoolcode": "school", "schoolname": "name", "totalenrollment": "denominator",
    "calpadsunduplicatedpupilcountupc": "numerator",
}  # fmt: skip
ALL, UNDUPLICATED = "all", "unduplicated_share"


def read(asked: Asked) -> Extract:
    """Every figure in the file; which of them are near enough to keep is decided later."""
    found = []
    for member in members(asked.path, asked.name, ".csv", ".gz", ".xlsx"):
        if is_spreadsheet(member):
            found += list(_counts(member, asked))
        else:
            found += [_rates(frame) for frame in Columns(asked, FIELDS).frames(member)]
    frame = pl.concat(found) if found else pl.DataFrame(schema=SHAPE)
    keys = ("measure", "year", "cds_code", "group")
    values = ("value", "numerator", "denominator")
    return Extract.of(asked, figures=once(frame, keys, values, asked.findings))


def is_spreadsheet(member: Member) -> bool:
    return member.name.lower().split(",")[0].endswith(".xlsx")


def _rates(frame: pl.DataFrame) -> pl.DataFrame:
    frame = frame.with_columns(
        year=as_year("end_year").cast(pl.Int16),
        level=pl.col("level").str.to_uppercase(),
        name=pl.lit(""),
        measure=pl.col("metric").str.slice(0, 60),
        group=pl.col("subgroup").str.slice(0, 60),
        cds_code=pl.col("cds_code").str.zfill(14),
        source=pl.concat_str(pl.lit(f"{STATE}, "), pl.col("snapshot").fill_null("")).str.slice(
            0, 200
        ),
    )
    sound = pl.col("level").is_in(LEVELS) & pl.col("year").is_not_null()
    return frame.filter(sound & pl.col("cds_code").str.contains(r"^\d{14}$")).select(
        pl.col(name).cast(kind) for name, kind in SHAPE.items()
    )


def _counts(member: Member, asked: Asked) -> Iterator[pl.DataFrame]:
    """The sheet of schools, and the sheet of districts, of the state's count of pupils."""
    with member.open() as stream:
        book = stream.read()
    try:
        sheets = pl.read_excel(
            book, sheet_id=0, has_header=False, infer_schema_length=0, raise_if_empty=False
        )
    except Exception as damage:  # the reader of spreadsheets has no error of its own
        raise BundleRefused("zip_damaged") from damage
    read: list[pl.DataFrame] = []
    for sheet in sheets.values():
        head = [_letters(cell) for cell in (sheet.row(0) if sheet.height else ())]
        places = {COUNTED[name]: at for at, name in enumerate(head) if name in COUNTED}
        if set(places) != set(COUNTED.values()):
            continue
        rows = sheet.with_row_index("line", offset=1).slice(1)
        told = rows.select(
            "line", *(pl.nth(place + 1).alias(name) for name, place in places.items())
        )
        read.append(_counted(told, member.name))
    if not read:
        asked.findings.add("layout_unknown", member.name)
        return
    # A charter school stands on both sheets, with one count.
    yield pl.concat(read).unique(["year", "cds_code"], keep="last", maintain_order=True)


def _letters(cell: object) -> str:
    return "".join(c for c in str(cell or "").lower() if c.isalnum())


def _counted(told: pl.DataFrame, file: str) -> pl.DataFrame:
    code = pl.concat_str(
        pl.col("county").str.zfill(2), pl.col("district").str.zfill(5),
        pl.col("school").str.zfill(7),
    )  # fmt: skip
    return (
        told.with_columns(
            file=pl.lit(file).cast(pl.Categorical),
            level=pl.when(pl.col("school").str.strip_chars("0") == "").then(pl.lit("D"))
            .otherwise(pl.lit("S")),
            cds_code=code,
            year=as_year("end_year"),
            measure=pl.lit(UNDUPLICATED),
            group=pl.lit(ALL),
            name=pl.col("name").fill_null("").str.slice(0, 200),
            numerator=pl.col("numerator").cast(pl.Int32, strict=False),
            denominator=pl.col("denominator").cast(pl.Int32, strict=False),
            source=pl.lit(f"{STATE}, CALPADS unduplicated pupil count"),
        )
        .with_columns(
            value=pl.when(pl.col("denominator") > 0).then(
                (pl.col("numerator") * 100 / pl.col("denominator")).round(1)
            )
        )
        .filter(pl.col("cds_code").str.contains(r"^\d{14}$") & pl.col("year").is_not_null())
        .select(pl.col(name).cast(kind) for name, kind in SHAPE.items())
    )  # fmt: skip
