"""The documents say what the house does, and their links lead somewhere."""

import re
from pathlib import Path

import pytest

from hearth.imports.oneroster.shape import TABLES
from hearth.imports.words import ALL

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TOP = ("README", "ARCHITECTURE", "CONTRIBUTING", "SECURITY", "CHANGELOG")
PAGES = [*sorted(DOCS.rglob("*.md")), *(ROOT / f"{name}.md" for name in TOP)]
ROSTER = (DOCS / "reference" / "roster-files.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_in_the_house_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}; mend the link"


def test_every_decision_is_in_the_index_and_short() -> None:
    index = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")
    for decision in sorted((DOCS / "adr").glob("0*.md")):
        assert decision.name in index, f"add {decision.name} to docs/adr/README.md"
        assert len(decision.read_text(encoding="utf-8").split()) <= 400, f"shorten {decision.name}"


def test_every_column_that_is_read_is_written_down() -> None:
    said = set(re.findall(r"[A-Za-z.]+", ROSTER))
    for tables in TABLES.values():
        for column in (column for table in tables for column in table.all_columns):
            for header in column.headers:
                assert header in said, f"say {header} in docs/reference/roster-files.md"


def test_every_fault_note_and_refusal_is_written_down() -> None:
    said = set(re.findall(r"[a-z_0-9]+", ROSTER))
    unsaid = set(ALL) - said
    assert not unsaid, f"say {sorted(unsaid)} in docs/reference/roster-files.md"
