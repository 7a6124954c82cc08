"""Long tables from CSV files: one row for each cell, `Total` where a dimension is added up."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hearth.disclosure.table import TOTAL, Cell, TableFault

NO = {"", "0", "no", "false", "f", "n"}


@dataclass
class LongTable:
    """What a file says: counts of cells, cells withheld, and columns kept beside."""

    dims: tuple[str, ...]
    counts: dict[Cell, int] = field(default_factory=dict)
    withheld: list[Cell] = field(default_factory=list)
    beside: dict[str, dict[Cell, str]] = field(default_factory=dict)
    lines: dict[Cell, int] = field(default_factory=dict)

    def numbers(self, column: str) -> dict[Cell, int]:
        """A column kept beside, as counts."""
        return {
            cell: whole_number(text, column, self.lines[cell])
            for cell, text in self.beside[column].items()
        }

    def flagged(self, column: str) -> list[Cell]:
        return [c for c, text in self.beside[column].items() if text.casefold() not in NO]


def read_long_table(
    path: Path,
    dims: Sequence[str],
    count: str,
    *,
    mark: str | None = None,
    keep: Sequence[str] = (),
) -> LongTable:
    """`mark` is what stands in place of a withheld count; `keep` names more columns to read."""
    table = LongTable(tuple(dims), beside={name: {} for name in keep})
    if len(set(dims)) != len(dims) or not all(dims):
        raise TableFault("each dimension is named once, with commas between: --dims school,race")
    for line, row in _rows(path, [*dims, count, *keep]):
        cell = tuple((row[name] or "").strip() for name in dims)
        for name, code in zip(dims, cell, strict=True):
            if not code:
                raise TableFault(f"line {line}: {name} is empty; write its code, or {TOTAL}")
        if cell in table.lines:
            raise TableFault(
                f"line {line}: the cell {', '.join(cell)} stands on line "
                f"{table.lines[cell]} already; "
                "add the two rows up, or name the dimension that tells them apart"
            )
        table.lines[cell] = line
        text = (row[count] or "").strip()
        if mark is not None and text == mark:
            table.withheld.append(cell)
        else:
            table.counts[cell] = whole_number(text, count, line)
        for name in keep:
            table.beside[name][cell] = (row[name] or "").strip()
    if not table.lines:
        raise TableFault(f"{path.name} has a heading and no rows")
    return table


def _rows(path: Path, wanted: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as broken:
        line = path.read_bytes()[: broken.start].count(b"\n") + 1
        raise TableFault(f"line {line} is not UTF-8; save {path.name} as “CSV UTF-8”") from broken
    reader = csv.DictReader(text.splitlines(), strict=True)
    names = [name.strip() for name in reader.fieldnames or []]
    if not names:
        raise TableFault(f"{path.name} is empty")
    missing = [name for name in wanted if name not in names]
    if missing:
        hint = "; put commas between columns" if len(names) == 1 else ""
        raise TableFault(
            f"{path.name} has no column “{missing[0]}”; it has {', '.join(names)}{hint}"
        )
    reader.fieldnames = names
    try:
        for row in reader:
            if None in row or None in row.values():
                raise TableFault(f"line {reader.line_num}: {len(names)} columns are expected")
            yield reader.line_num, row
    except csv.Error as broken:
        raise TableFault(f"line {reader.line_num}: {broken}; check the quotes") from broken


def whole_number(text: str, column: str, line: int) -> int:
    digits = text.replace(",", "")
    whole, _, rest = digits.partition(".")
    if whole.removeprefix("-").isdecimal() and whole.isascii() and not rest.strip("0"):
        number = int(whole)
        if number < 0:
            raise TableFault(
                f"line {line}: {column} is {text}; a count of people is never negative"
            )
        return number
    raise TableFault(f"line {line}: {column} is “{text}”; it must be a whole number")


def read_hierarchy(
    path: Path, dims: Sequence[str], cells: Sequence[Cell]
) -> dict[str, dict[str, str]]:
    """Rows of child and parent, with the dimension where the file names it."""
    found: dict[str, dict[str, str]] = {name: {} for name in dims}
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = [name.strip() for name in next(csv.reader(file), [])]
    wanted = ["dimension", "child", "parent"] if "dimension" in names else ["child", "parent"]
    for line, row in _rows(path, wanted):
        child, parent = row["child"].strip(), row["parent"].strip()
        for name in _dims_of(row.get("dimension", ""), child, parent, dims, cells, line):
            if found[name].setdefault(child, parent) != parent:
                raise TableFault(
                    f"line {line}: “{child}” stands under “{found[name][child]}” and “{parent}”; "
                    "a code has one parent"
                )
    return found


def _dims_of(
    named: str, child: str, parent: str, dims: Sequence[str], cells: Sequence[Cell], line: int
) -> list[str]:
    if named.strip():
        if named.strip() not in dims:
            raise TableFault(f"line {line}: there is no dimension “{named.strip()}” among --dims")
        return [named.strip()]
    at = [n for n, name in enumerate(dims) if any(child == cell[n] for cell in cells)]
    if len(at) > 1:
        raise TableFault(
            f"line {line}: “{child}” is a code of {dims[at[0]]} and of {dims[at[1]]}; "
            "add a column “dimension” to the hierarchy"
        )
    return [dims[at[0]]] if at else list(dims)


def inner_cells(
    table: LongTable, hierarchies: Mapping[str, Mapping[str, str]]
) -> tuple[dict[Cell, int], dict[Cell, int]]:
    """Inner cells, and margins that the file gives besides."""
    groups = [set(hierarchies.get(name, {}).values()) | {TOTAL} for name in table.dims]
    inner: dict[Cell, int] = {}
    margins: dict[Cell, int] = {}
    for cell, number in table.counts.items():
        above = any(code in group for code, group in zip(cell, groups, strict=True))
        (margins if above else inner)[cell] = number
    if not inner:
        raise TableFault(
            "the file holds margins only; add a row for each inner cell, "
            "with a code in every dimension"
        )
    return inner, margins


def check_margins(table: LongTable, margins: Mapping[Cell, int], sums: Mapping[Cell, int]) -> None:
    for cell, number in margins.items():
        added = sums.get(cell, 0)
        if added != number:
            raise TableFault(
                f"line {table.lines[cell]}: {', '.join(cell)} says {number}, but its cells add up "
                f"to {added}; correct one, or leave the {TOTAL} rows out and they are computed"
            )
