"""What is wrong with a file, kept with the run that found it."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TextIO

from django.utils.translation import gettext

from hearth.imports import words
from hearth.imports.models import Fault, ImportRun
from hearth.imports.oneroster import Fault as Finding
from hearth.imports.oneroster import Frames
from hearth.imports.staging import texts_without_room

FILES = {
    "orgs": "orgs.csv",
    "sessions": "academicSessions.csv",
    "sections": "classes.csv",
    "people": "users.csv",
}


def of_refusal(run: ImportRun, kind: str, params: dict[str, str]) -> Finding:
    """The whole bundle could not be opened."""
    return Finding(run.file_name, None, None, kind, dict(params), blocking=True)


def of_unknown(rows: list[tuple[str, int, str, str, str]]) -> list[Finding]:
    """References that neither the file nor the database knows."""
    return [
        Finding(
            file,
            line,
            column,
            "reference_unknown",
            {"column": column, "value": shown(value), "target": FILES[target]},
            blocking=True,
        )
        for file, line, column, target, value in rows
    ]


def too_long(frames: Frames) -> list[Finding]:
    return [
        Finding(file, line, column, "too_long", {"column": column, "limit": limit}, blocking=True)
        for file, line, column, limit in texts_without_room(frames)
    ]


def shown(value: str) -> str:
    """An id as it may be shown: one with a blank in it may be a name."""
    return value if len(value) <= 80 and not any(c.isspace() for c in value) else "…"


class Found(Protocol):
    """Something that has notes and knows how many findings of each kind there are."""

    @property
    def notes(self) -> list[Finding]: ...
    @property
    def totals(self) -> dict[tuple[str, str], int]: ...


def keep_faults(run: ImportRun, findings: list[Finding], *sources: Found | None) -> None:
    """Keep faults and notes with the run, in place of those of an earlier check."""
    run.faults.all().delete()
    there = [source for source in sources if source is not None]
    notes = [note for source in there for note in source.notes]
    Fault.objects.bulk_create(
        [
            Fault(
                district_id=run.district_id,
                run=run,
                blocking=found.blocking,
                file=found.file[:100],
                line=found.line,
                column=(found.column or "")[:100],
                kind=found.kind,
                params=found.params,
            )
            for found in (*findings, *notes)
        ],
        batch_size=5_000,
    )
    totals: dict[str, dict[str, int]] = {}
    for source in there:
        for (file, kind), total in source.totals.items():
            totals.setdefault(file, {})[kind] = total
    run.totals = totals
    run.save(update_fields=["totals"])


COLUMNS = ("file", "line", "column", "what", "mend")


def as_rows(found: Iterable[Fault]) -> Iterator[dict[str, Any]]:
    """Faults in words, for a list, a file or a program."""
    for fault in found:
        yield {
            "file": fault.file,
            "line": fault.line,
            "column": fault.column,
            "kind": fault.kind,
            "what": words.what(fault),
            "mend": words.mend(fault),
        }


def write_csv(found: Iterable[Fault], out: TextIO) -> None:
    """The faults as a file that a spreadsheet can open without running anything in it."""
    writer = csv.writer(out)
    writer.writerow(
        [gettext("File"), gettext("Line"), gettext("Column"), gettext("What is wrong"),
         gettext("How to mend it")]
    )  # fmt: skip
    for row in as_rows(found):
        writer.writerow([harmless(row[column]) for column in COLUMNS])


def harmless(cell: Any) -> str:
    """A cell that a spreadsheet would read as a formula, read as text instead."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
