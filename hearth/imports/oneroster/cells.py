"""Cells: text becomes a date, a year, a yes or no, a word of a list; what cannot is a fault."""

from dataclasses import dataclass

import polars as pl

from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.shape import GRADES, Column, Kind, Table

BOOLS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0"), False),
}
GONE = ("tobedeleted", "inactive")
STATUSES = ("active", *GONE)

ISO_DATE = r"^\d{4}-\d{2}-\d{2}([T ].*)?$"
ONLY_FIGURES = r"^[0-9/.:TZ \-]{1,30}$"
"""A bad date is shown only when nothing in it could be a name."""

DTYPES: dict[Kind, type[pl.DataType]] = {
    Kind.DATE: pl.Date,
    Kind.YEAR: pl.Int64,
    Kind.BOOL: pl.Boolean,
}


def blank_to_null(name: str) -> pl.Expr:
    stripped = pl.col(name).str.strip_chars()
    return pl.when(stripped != "").then(stripped).alias(name)


def as_date(name: str) -> pl.Expr:
    """Year-month-day, with or without a time after it."""
    text = pl.col(name)
    day = pl.when(text.str.contains(ISO_DATE)).then(text.str.slice(0, 10))
    return sane(day.str.to_date("%Y-%m-%d", strict=False))


def as_plain_date(name: str) -> pl.Expr:
    return sane(pl.col(name).str.to_date("%Y-%m-%d", strict=False))


def sane(day: pl.Expr) -> pl.Expr:
    return pl.when(day.dt.year().is_between(1900, 2100)).then(day)


def as_year(name: str) -> pl.Expr:
    """The year in which the school year ends: 2026, or the 2026 of 2025-2026."""
    year = pl.col(name).str.extract(r"^(?:\d{4}[-/])?(\d{4})$").cast(pl.Int64, strict=False)
    return pl.when(year.is_between(1990, 2100)).then(year)


def as_bool(name: str) -> pl.Expr:
    return (
        pl.col(name).str.to_lowercase().replace_strict(BOOLS, default=None, return_dtype=pl.Boolean)
    )


def as_word(column: Column) -> pl.Expr:
    words = {choice.lower(): choice for choice in column.choices}
    return (
        pl.col(column.name)
        .str.to_lowercase()
        .replace_strict(words, default=None, return_dtype=pl.String)
    )


def grade_codes(grades: pl.Expr) -> pl.Expr:
    """Our code for each grade in a list of texts; unknown ones become null."""
    return grades.list.eval(
        pl.element()
        .str.strip_chars()
        .str.to_uppercase()
        .replace_strict(GRADES, default=None, return_dtype=pl.String)
    )


_BAD = {Kind.DATE: "bad_date", Kind.YEAR: "bad_year", Kind.BOOL: "bad_bool", Kind.ENUM: "bad_enum"}


@dataclass(frozen=True)
class Cells:
    """Checks and types the pieces of one file."""

    table: Table
    headers: dict[str, str]
    mode: str
    findings: Findings

    def typed(self, raw: pl.DataFrame) -> pl.DataFrame:
        texts = raw.with_columns(blank_to_null(name) for name in raw.columns if name != "line")
        texts = self._with_gone(texts)
        typed = texts.select(
            *(
                self._value(column, raw.columns)
                for column in self.table.all_columns
                if column.name != "status"
            ),
            pl.col("line"),
            pl.col("gone"),
        )
        typed = self._with_timed_dates(texts, typed)
        for column in self.table.all_columns:
            if column.name in raw.columns and column.name != "status":
                self._check(column, texts, typed)
        return typed.filter(pl.col("source_id").is_not_null())

    def _with_timed_dates(self, texts: pl.DataFrame, typed: pl.DataFrame) -> pl.DataFrame:
        """Only a column where some cell was no plain date is read the slower, wider way."""
        odd = [
            column.name
            for column in self.table.columns
            if column.kind is Kind.DATE
            and column.name in texts.columns
            and texts[column.name].null_count() != typed[column.name].null_count()
        ]
        return typed.with_columns(
            texts.select(as_date(name).alias(name) for name in odd).get_columns()
        )

    def _with_gone(self, texts: pl.DataFrame) -> pl.DataFrame:
        if "status" not in texts.columns:
            return texts.with_columns(gone=pl.lit(value=False))
        if (texts["status"] == "active").all(ignore_nulls=False):
            return texts.with_columns(gone=pl.lit(value=False))
        status = pl.col("status").str.to_lowercase()
        texts = texts.with_columns(gone=status.is_in(GONE).fill_null(value=False))
        known = status.is_in(STATUSES).fill_null(value=True)
        self._fault("bad_status", "status", texts.filter(~known))
        if self.mode == "delta":
            self._fault("status_blank", "status", texts.filter(status.is_null()))
        return texts

    def _value(self, column: Column, here: list[str]) -> pl.Expr:
        name = column.name
        if name not in here:
            text = pl.Categorical if column.repeated else pl.String
            return pl.lit(None, dtype=DTYPES.get(column.kind, text)).alias(name)
        match column.kind:
            case Kind.DATE:
                value = as_plain_date(name)
            case Kind.YEAR:
                value = as_year(name)
            case Kind.BOOL:
                value = as_bool(name)
            case Kind.ENUM:
                value = as_word(column)
            case _ if column.repeated:
                value = pl.col(name).cast(pl.Categorical)
            case _:
                value = pl.col(name)
        return value.alias(name)

    def _check(self, column: Column, texts: pl.DataFrame, typed: pl.DataFrame) -> None:
        text, live = texts[column.name], ~texts["gone"]
        header = self.headers[column.name]
        if column.name == "source_id":
            live = live | True
        if column.required and text.null_count():
            self._fault("cell_blank", header, texts.filter(text.is_null() & live))
        if column.kind in _BAD and text.null_count() != typed[column.name].null_count():
            wrong = texts.filter(text.is_not_null() & typed[column.name].is_null() & live)
            figures = pl.col(column.name).str.contains(ONLY_FIGURES)
            shown = pl.when(figures).then(": " + pl.col(column.name)).otherwise(pl.lit(""))
            rows = wrong.with_columns(shown=shown)
            self._fault(_BAD[column.kind], header, rows, choices=", ".join(column.choices))

    def _fault(self, kind: str, column: str, rows: pl.DataFrame, **params: str) -> None:
        if rows.height:
            rows = rows.select("line", *(["shown"] if "shown" in rows.columns else []))
            self.findings.add_rows(kind, self.table.file, column, rows, **params)
