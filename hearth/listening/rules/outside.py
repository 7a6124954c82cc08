"""A table of what another survey told: read, or refused with what is wrong and on which line.

Never of persons, and nothing of few: a line of fewer than the least is left out, and so is what
would give it away. What comes out is plain figures; nothing here knows who brings them.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hearth.listening.rules import outside_cells as cells
from hearth.listening.rules.dated import read as rows_of
from hearth.listening.rules.outside_cells import Unreadable
from hearth.listening.rules.telling import groups_told

MOST_LINES = 2000
NEEDED = ("construct", "answered")


@dataclass(frozen=True, slots=True)
class Said:
    """Something about the table, or about one line of it, by a key."""

    kind: str
    line: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    line: int
    instrument: str
    year: str
    construct: str
    audience: str
    group: str
    answered: int
    percent: Decimal | None
    mean: Decimal | None

    @property
    def same(self) -> tuple[str, ...]:
        """Of what it is a figure: everything but the group."""
        return self.instrument, self.year, cells.words(self.construct), self.audience


@dataclass
class Table:
    """With any fault it is not fit to be kept; notes say what is left out, and how it was read."""

    figures: list[Figure] = field(default_factory=list)
    faults: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Given:
    """What stands beside the table where it has no such column, and the names of the school."""

    instrument: str
    year: str
    school: frozenset[str]
    least: int


def read(text: str, given: Given) -> Table:
    table = Table()
    try:
        header, rows = _split(text)
    except csv.Error:
        table.faults = [Said("not_a_table")]
        return table
    places = cells.columns(header)
    if _is_of_persons(header, rows, places):
        table.faults = [Said("persons")]
        return table
    missing = [name for name in NEEDED if name not in places]
    if "percent" not in places and "mean" not in places:
        missing.append("percent")
    if not rows:
        table.faults = [Said("no_lines")]
    elif not {*NEEDED} & {*places}:
        table.faults = [Said("like_persons")]
    elif missing:
        table.faults = [Said(f"missing_{name}", 1) for name in missing]
    elif len(rows) > MOST_LINES:
        table.faults = [Said("too_long")]
    else:
        _Reading(table, places, given, len(header)).all(rows)
    return table


def instrument_of(called: str) -> dict[str, Any]:
    """What the house knows of a survey, however it is called; nothing of one it does not know."""
    said = cells.words(called)
    rows: list[dict[str, Any]] = rows_of("elsewhere.toml")["instrument"]
    return next((row for row in rows if said in row["called"]), {})


def beside(construct: str) -> str:
    """The mark of our own question that asks near this; nothing, where none does."""
    said = cells.words(construct)
    rows = rows_of("elsewhere.toml")["beside"]
    return next((row["shared"] for row in rows if said in map(cells.words, row["called"])), "")


def _split(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The heading, and each line that says something, with its number."""
    first = text.lstrip().partition("\n")[0]
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text.strip("﻿\r\n ")), delimiter=delimiter)
    found = [
        (reader.line_num, [cell.strip() for cell in row])
        for row in reader
        if any(cell.strip() for cell in row)
    ]
    return (found[0][1], found[1:]) if found else ([], [])


def _is_of_persons(
    header: Sequence[str], rows: Sequence[tuple[int, list[str]]], places: dict[str, int]
) -> bool:
    """One line a person: by its columns, by what stands in a cell, or because each counts one."""
    if cells.names_persons(header):
        return True
    at = places.get("answered", len(header))
    ones = [row for _line, row in rows if at < len(row) and row[at] == "1"]
    if len(rows) > 1 and 2 * len(ones) > len(rows):
        return True
    return any(cells.points_to_somebody(cell) for _line, row in rows for cell in row)


class _Reading:
    """One table while it is read."""

    def __init__(self, table: Table, places: dict[str, int], given: Given, width: int) -> None:
        self.table, self.places, self.given, self.width = table, places, given, width
        self.portions = False
        self.sizes: dict[tuple[str, ...], dict[str, int]] = {}

    def all(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        here = [one for one in rows if self._is_ours(*one)]
        if len(here) < len(rows):
            self.table.notes.append(Said("other_school", about=str(len(rows) - len(here))))
        self._what_no_line_says()
        self._how_percents_are_written(here)
        if self.table.faults:
            return
        for line, row in here:
            try:
                self._one(line, row)
            except Unreadable as fault:
                kind, _, about = str(fault).partition(":")
                self.table.faults.append(Said(kind, line, about))
        self._each_once()
        if not self.table.faults:
            self._keep_what_may_be_told()
        if not self.table.faults and not self.table.figures:
            self.table.faults.append(Said("nothing_left"))

    def _cell(self, row: Sequence[str], name: str) -> str:
        at = self.places.get(name)
        return row[at] if at is not None and at < len(row) else ""

    def _is_ours(self, _line: int, row: Sequence[str]) -> bool:
        said = cells.words(self._cell(row, "school"))
        return not said or said in self.given.school

    def _what_no_line_says(self) -> None:
        """Once, and not on every line."""
        for name in ("instrument", "year"):
            if name not in self.places and not getattr(self.given, name):
                self.table.faults.append(Said(name))

    def _how_percents_are_written(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        told = [self._cell(row, "percent") for _line, row in rows]
        readable = []
        for cell in told:
            try:
                cells.number(cell)
            except Unreadable:
                continue  # said with its line, later
            readable.append(cell)
        try:
            self.portions = cells.are_portions(readable)
        except Unreadable as fault:
            self.table.faults.append(Said(str(fault)))
        if self.portions:
            self.table.notes.append(Said("portions"))

    def _one(self, line: int, row: Sequence[str]) -> None:
        if len(row) > self.width and any(row[self.width :]):
            raise Unreadable("too_many_cells")
        told = [self._cell(row, name) for name in ("answered", "percent", "mean")]
        instrument = self._cell(row, "instrument") or self.given.instrument
        known = instrument_of(instrument)
        figure = Figure(
            line, str(known.get("name", instrument))[:120], self._year(row), self._needed(row),
            self._audience(row, str(known.get("audience", ""))), self._group(row),
            0, None, None,
        )  # fmt: skip
        if not figure.instrument:
            raise Unreadable("instrument")
        if any(cells.is_withheld(cell) for cell in told):
            self._size(figure, 1)  # how many, nobody says: as few as can be
            self.table.notes.append(Said("withheld_there", line))
            return
        answered = cells.whole(told[0])
        if answered < 1:
            raise Unreadable("number")
        if not told[1] and not told[2]:
            raise Unreadable("no_figure")
        percent = cells.percent(told[1], portions=self.portions) if told[1] else None
        mean = cells.number(told[2]).quantize(Decimal("0.01")) if told[2] else None
        self._size(figure, answered)
        self.table.figures.append(replace(figure, answered=answered, percent=percent, mean=mean))

    def _needed(self, row: Sequence[str]) -> str:
        said = self._cell(row, "construct")
        if not said:
            raise Unreadable("no_construct")
        return said[:300]

    def _year(self, row: Sequence[str]) -> str:
        return cells.year_of(self._cell(row, "year") or self.given.year)

    def _audience(self, row: Sequence[str], otherwise: str) -> str:
        said = self._cell(row, "audience")
        found = cells.audience_of(said) if said else otherwise
        if not found:
            raise Unreadable("audience")
        return found

    def _group(self, row: Sequence[str]) -> str:
        said = self._cell(row, "group")
        return "" if cells.is_everybody(said) else said[:120]

    def _size(self, figure: Figure, answered: int) -> None:
        self.sizes.setdefault(figure.same, {}).setdefault(figure.group, answered)

    def _each_once(self) -> None:
        first: dict[tuple[str, ...], int] = {}
        for one in self.table.figures:
            key = (*one.same, cells.words(one.group))
            if key in first:
                self.table.faults.append(Said("twice", one.line, str(first[key])))
            first.setdefault(key, one.line)

    def _keep_what_may_be_told(self) -> None:
        least, kept = self.given.least, []
        for one in self.table.figures:
            told = told_of(self.sizes[one.same], least)
            if one.answered < least:
                self.table.notes.append(Said("few", one.line, str(one.answered)))
            elif one.group not in told:
                self.table.notes.append(Said("gives_away", one.line))
            else:
                kept.append(one)
        self.table.figures = kept


def told_of(sizes: dict[str, int], least: int) -> frozenset[str]:
    """The groups of one question that may stand beside its whole, and the whole ("").

    A group of few is not told, and then neither is what it could be worked out from. Groups of one
    kind, such as "Grade: 7", are looked at together.
    """
    everybody = sizes.get("", 0)
    told = {""} if everybody >= least else set()
    kinds: dict[str, dict[str, int]] = {}
    for group, size in sizes.items():
        if group:
            kind = group.partition(":")[0] if ":" in group else ""
            kinds.setdefault(kind, {})[group] = size
    for groups in kinds.values():
        big = {group for group, size in groups.items() if size >= least}
        if not everybody:
            told |= big
        elif sum(groups.values()) <= everybody:
            told |= groups_told(groups, everybody, least)
        elif len(big) == len(groups):
            # They overlap, so none is what the others leave over; but each leaves the rest.
            rests = {group: everybody - groups[group] for group in big}
            told |= {group for group, rest in rests.items() if rest == 0 or rest >= least}
    return frozenset(told)
