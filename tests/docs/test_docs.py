"""The documents say what the house does, and their links lead somewhere."""

import importlib
import re
from pathlib import Path

import click
import pytest

from hearth.cli.entry import Commands
from hearth.imports.models import ImportRun
from hearth.imports.oneroster.shape import TABLES
from hearth.imports.words import ALL

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TOP = ("README", "ARCHITECTURE", "CONTRIBUTING", "SECURITY", "CHANGELOG")
PAGES = [*sorted(DOCS.rglob("*.md")), *(ROOT / f"{name}.md" for name in TOP)]
COMMANDS = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
SETTINGS = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
WORDS = (DOCS / "reference" / "words.md").read_text(encoding="utf-8")
ROSTER = (DOCS / "reference" / "roster-files.md").read_text(encoding="utf-8")
RECORDS = (DOCS / "reference" / "record-files.md").read_text(encoding="utf-8")


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
    said = set(re.findall(r"[a-z_0-9]+", ROSTER + RECORDS))
    unsaid = set(ALL) - said
    assert not unsaid, f"say {sorted(unsaid)} in docs/reference/roster-files.md or record-files.md"


def test_every_command_and_option_is_written_down() -> None:
    for name, (place, _) in Commands.known.items():
        module, attribute = place.split(":")
        for said in _spoken(getattr(importlib.import_module(module), attribute), name):
            assert said in COMMANDS, f"say {said} in docs/reference/command-line.md"


def _spoken(command: click.Command, name: str) -> list[str]:
    """The words one types for a command and, below it, for what it offers."""
    if isinstance(command, click.Group):
        return [said for inner, one in command.commands.items()
                for said in _spoken(one, f"{name} {inner}")]  # fmt: skip
    options = [o for p in command.params if isinstance(p, click.Option) for o in p.opts]
    return [f"hearth {name}", *options]


def test_every_setting_is_written_down() -> None:
    read = set()
    for file in (ROOT / "hearth" / "web").glob("*.py"):
        read |= set(re.findall(r"\"((?:HEARTH|DATABASE)_[A-Z_]+[A-Z])\"", file.read_text()))
    assert "HEARTH_DATA" in read
    for variable in read:
        assert variable in SETTINGS, f"say {variable} in docs/reference/settings.md"


def test_every_setting_that_is_written_down_is_read() -> None:
    code = "".join(f.read_text() for f in (ROOT / "hearth").rglob("*.py"))
    for variable in re.findall(r"`((?:HEARTH|DATABASE)_[A-Z_]+[A-Z])`", SETTINGS):
        assert variable in code, f"nothing reads {variable}; take it out of settings.md"


def test_every_state_of_an_import_has_its_word() -> None:
    for state in ImportRun.State:
        row = f"| {state.value} | {state.label} |"
        assert row in WORDS, f"add the row {row} to docs/reference/words.md"
