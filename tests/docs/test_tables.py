"""Tables of the documents are whole, no row stands twice, and what ARCHITECTURE names is there."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from tests.docs.test_docs import PAGES, ROOT

HOUSE = ROOT / "hearth"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
CELL = re.compile(r"(?<!\\)\|")
DASHES = re.compile(r"[\s|:-]+")
# A path names a folder or ends like a file. Addresses begin with a slash; <…> stands for anything.
PATH = re.compile(r"`([a-z_.]+(?:/[a-z_.*]+)+/?|[a-z_*]+\.(?:py|toml|md|json|svg|js|typ))`")
CALLED = {"front/framework.said", "insight/elements.released"}  # a function, by its module


def tables(text: str) -> Iterator[list[list[str]]]:
    lines = text.splitlines()
    for is_table, rows in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            yield [[cell.strip() for cell in CELL.split(row)[1:-1]] for row in rows]


def faults(text: str) -> list[str]:
    found = []
    for head, *rows in tables(text):
        if not rows or not all(DASHES.fullmatch(cell) for cell in rows[0] if cell):
            found.append(f"the row {head[0]} has lost its table: something stands above it")
            continue
        found += [f"{row[0]} has another number of cells than its table's head"
                  for row in rows if len(row) != len(head)]  # fmt: skip
        first = [row[0] for row in rows[1:] if row and row[0]]
        found += [f"{one} stands twice" for one in sorted(set(first)) if first.count(one) > 1]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_table_is_whole_and_says_nothing_twice(page: Path) -> None:
    assert not faults(page.read_text(encoding="utf-8"))


def test_a_sentence_in_a_table_and_a_row_of_two_merges_are_found() -> None:
    torn = "| a | b |\n|---|---|\n| 1 | 2 |\n\nA sentence.\n| 3 | 4 |\n"
    assert faults(torn) == ["the row 3 has lost its table: something stands above it"]
    assert faults("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 3 |\n") == ["1 stands twice"]
    assert faults("| a | b |\n|---|---|\n| 1 |\n") == [
        "1 has another number of cells than its table's head"
    ]


def test_every_picture_is_shown_somewhere() -> None:
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    kept = [file.name for file in (ROOT / "docs" / "pictures").iterdir()]
    assert not [name for name in kept if f"/{name})" not in shown], "show it, or take it out"


def test_every_path_that_architecture_names_is_there() -> None:
    stand = {"/".join(("", *file.relative_to(ROOT).with_suffix(end).parts))
             for file in HOUSE.rglob("*") if "__pycache__" not in file.parts
             for end in {"", file.suffix}}  # fmt: skip
    named = set(PATH.findall(ARCHITECTURE.read_text(encoding="utf-8"))) - CALLED
    assert len(named) > 100
    lost = [one for one in sorted(named) if not _is_there(one, stand)]
    assert not lost, f"ARCHITECTURE.md names {lost}; mend it"


def _is_there(named: str, stand: set[str]) -> bool:
    """As it is written, or below some room: `rules/life` is `hearth/supports/rules/life.py`."""
    if (ROOT / named).exists():
        return True
    end = re.escape("/" + named.rstrip("/")).replace(r"\*", "[a-z_]+")
    return any(re.search(f"{end}$", one) for one in stand)
