"""Which column is which, and what the codes mean: asked once on a page, with a look at the file."""

import gzip
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import polars as pl
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.imports import vault
from hearth.imports.extracts import Field, Reading, What, attendance, programs, staff
from hearth.imports.extracts.fields import guess
from hearth.imports.extracts.separated import DAYS, separator_of
from hearth.imports.kinds import kind_of
from hearth.imports.models import ImportRun
from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.records import RecordReader
from hearth.kit.forms import KitForm
from hearth.people.models import Program
from hearth.people.words import RACES
from hearth.records.models import AttendanceDay

SHOWN = 5
MOST_CODES = 40
DAYS_IN_WORDS = {
    "%Y-%m-%d": "2026-09-01", "%m/%d/%Y": "9/1/2026", "%Y%m%d": "20260901",
    "%m/%d/%y": "9/1/26", "%m-%d-%Y": "9-1-2026", "%d.%m.%Y": "1.9.2026", "%Y/%m/%d": "2026/9/1",
}  # fmt: skip
LEFT_OUT = ""
MEANINGS: dict[str, list[tuple[str, Any]]] = {
    "attendance": list(AttendanceDay.Kind.choices),
    "programs": list(Program.choices),
    "staff": [
        *RACES.items(), ("filipino", gettext_lazy("Filipino")),
        ("hispanic", gettext_lazy("Hispanic or Latino")),
        ("not_reported", gettext_lazy("Not reported")),
    ],
}  # fmt: skip
PLAIN = {"attendance": attendance.PLAIN, "programs": programs.PLAIN, "staff": staff.PLAIN}


@dataclass(frozen=True)
class Peek:
    """The beginning of a file: its column names and its first rows."""

    header: list[str]
    rows: pl.DataFrame

    def column(self, name: str) -> list[str]:
        """The first different texts of a column."""
        if name not in self.header:
            return []
        texts = self.rows[str(self.header.index(name))].fill_null("").str.strip_chars()
        return texts.unique(maintain_order=True).head(MOST_CODES).to_list()

    def beginning(self) -> list[tuple[str, list[str]]]:
        """Each column with its first cells."""
        return [
            (name, self.rows[str(place)].head(SHOWN).fill_null("").to_list())
            for place, name in enumerate(self.header)
        ]


NOTHING = Peek([], pl.DataFrame(schema={"line": pl.Int64}))


def peek(run: ImportRun) -> Peek:
    """Read the first part of the stored file; the rest stays sealed."""
    head = _unpacked(vault.read(run.vault_key))
    whole, newline, _rest = head.rpartition(b"\n")
    head = whole if newline else head
    reader = RecordReader("", BytesIO(head), Findings(), separator=separator_of(head))
    if not reader.open():
        return NOTHING
    header = [cell.strip() for cell in reader.header]
    places = {str(place): place for place in range(len(header))}
    pieces = list(reader.pieces(places))
    empty = pl.DataFrame(schema={**dict.fromkeys(places, pl.String), "line": pl.Int64})
    return Peek(header, pl.concat(pieces) if pieces else empty)


def _unpacked(chunks: Iterator[bytes]) -> bytes:
    head = next(chunks, b"")
    if head.startswith(b"\x1f\x8b"):
        found = b""
        with suppress(EOFError, OSError), gzip.open(BytesIO(head)) as stream:
            found = stream.read(vault.CHUNK)
        return found
    if not head.startswith(b"PK\x03\x04"):
        return head
    whole = BytesIO(head + b"".join(chunks))
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(whole) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith("/"):
                with archive.open(name) as stream:
                    return stream.read(vault.CHUNK)
    return b""


class ColumnsForm(KitForm):
    """For each thing a row says, the column that says it."""

    def __init__(
        self, *args: Any, fields: Sequence[Field], header: Sequence[str], reading: Reading,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        known = {**guess(header, fields), **{k: v for k, v in reading.columns.items() if v}}
        columns = [(name, name) for name in dict.fromkeys(header) if name]
        for wanted in fields:
            self.fields[wanted.name] = forms.ChoiceField(
                label=_(wanted.title).capitalize(),
                choices=[("", _("Not in this file")), *columns],
                required=wanted.needed,
                initial=known.get(wanted.name, ""),
            )
        if any(wanted.what is What.DAY for wanted in fields):
            self.fields["days"] = forms.ChoiceField(
                label=_("How are days written?"),
                choices=[("", _("Find out")), *((way, DAYS_IN_WORDS[way]) for way in DAYS)],
                required=False,
                initial=reading.days,
            )

    def clean(self) -> dict[str, Any]:
        chosen = [
            (name, column)
            for name, column in self.cleaned_data.items()
            if column and name != "days"
        ]
        seen: dict[str, str] = {}
        for name, column in chosen:
            if column in seen:
                self.add_error(name, _("This column is chosen already. Choose each one once."))
            seen[column] = name
        return self.cleaned_data

    def reading(self, before: Reading) -> Reading:
        told = {name: column for name, column in self.cleaned_data.items() if name != "days"}
        columns = {name: column for name, column in told.items() if column}
        return Reading(columns, before.values, self.cleaned_data.get("days", ""))


class CodesForm(KitForm):
    """For each code of the file, what it means here."""

    def __init__(
        self, *args: Any, codes: Sequence[str], run: ImportRun, reading: Reading, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(codes)
        known = {code.strip().lower(): to for code, to in reading.values.items()}
        words = {**PLAIN.get(run.kind, {}), **known}
        for place, code in enumerate(self.codes):
            self.fields[f"code{place}"] = forms.ChoiceField(
                label=_("“%(code)s” means") % {"code": code} if code else _("A blank cell means"),
                choices=[("", _("Please choose")), *MEANINGS.get(run.kind, [])],
                initial=words.get(code.strip().lower(), ""),
            )

    def reading(self, before: Reading) -> Reading:
        told = {code: self.cleaned_data[f"code{n}"] for n, code in enumerate(self.codes)}
        return Reading(before.columns, {**before.values, **told}, before.days)


def coded(run: ImportRun) -> Field | None:
    """The field of this kind of file that holds a code, if one does."""
    return next((field for field in kind_of(run).fields if field.what is What.CODE), None)


def codes_of(run: ImportRun, reading: Reading, seen: Peek) -> list[str]:
    """The codes of the file, as far as they were read: those at its head, and those a check met."""
    wanted = coded(run)
    column = reading.columns.get(wanted.name, "") if wanted else ""
    if not column:
        return []
    met = run.faults.filter(kind="code_unknown").values_list("params__value", flat=True)
    texts = [*seen.column(column), *(text.strip("“”") for text in met if text and text != "…")]
    once = {text.strip().lower(): text.strip() for text in reversed(texts)}
    return sorted(once.values(), key=str.lower)[:MOST_CODES]


def may_be_mapped(run: ImportRun) -> bool:
    """Whether somebody may say how the columns of this file are read."""
    before_the_load = run.state in (
        ImportRun.State.RECEIVED, ImportRun.State.FAULTY, ImportRun.State.READY,
    )  # fmt: skip
    return bool(kind_of(run).fields) and before_the_load and bool(run.vault_key)


KINDS_IN_WORDS: dict[str, Promise] = {
    "roster": gettext_lazy("A roster: students, families, staff and classes (OneRoster)"),
    "attendance": gettext_lazy("Attendance by day (CSV of any columns)"),
    "edfi-attendance": gettext_lazy("Attendance by day (Ed-Fi XML)"),
    "stas": gettext_lazy("Attendance by year (CALPADS STAS)"),
    "enrollment": gettext_lazy("Enrollment: who was at which school (CSV or CALPADS SENR)"),
    "programs": gettext_lazy("Programs, such as English learner (CSV, CALPADS SPRG or SELA)"),
    "incidents": gettext_lazy("Incidents (CALPADS SINC, SIRS and SOFF together)"),
    "staff": gettext_lazy("Staff by race, language, role and school (CSV)"),
    "directory": gettext_lazy("A directory of services (HSDS, Open Referral or CSV)"),
    "figures": gettext_lazy("Public figures of the state, to compare with (CSV or CUPC)"),
}
