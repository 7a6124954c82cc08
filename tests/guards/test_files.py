"""Files stay small, names stay plain, pages stay clean."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.guards.house import HEARTH, ROOT, python_files, templates

LONGEST, LONGEST_TEST = 400, 1000
DUMPING_GROUNDS = {"utils", "core", "helpers", "common", "services", "managers", "signals", "misc"}
BANNED_WORDS = re.compile(r"\b(stakeholders?|at-risk kids?|subjects?|deficits?)\b", re.IGNORECASE)
# "subjects" is also a column of OneRoster's and a line of an e-mail; both are code, not words.
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\ssrc=)(?![^>]*json)"
)


def too_long(files: list[Path], longest: int) -> list[str]:
    return [f.name for f in files if len(f.read_text(encoding="utf-8").splitlines()) > longest]


def inline_parts(markup: str) -> list[str]:
    return INLINE.findall(markup)


def test_no_file_is_too_long() -> None:
    assert too_long(python_files(), LONGEST) == [], "Make it a package, one file per noun."
    assert too_long(list((ROOT / "tests").rglob("*.py")), LONGEST_TEST) == []


def test_a_long_file_is_found(tmp_path: Path) -> None:
    long = tmp_path / "long.py"
    long.write_text("pass\n" * 401)
    assert too_long([long], LONGEST) == ["long.py"]


def test_no_file_is_a_dumping_ground() -> None:
    found = [str(f.relative_to(ROOT)) for f in HEARTH.rglob("*")
             if f.stem in DUMPING_GROUNDS or f.name in DUMPING_GROUNDS]  # fmt: skip
    assert found == [], "Name it for what it holds, in the room that uses it."


def test_pages_carry_nothing_inline() -> None:
    found = {str(f.relative_to(ROOT)): inline_parts(f.read_text()) for f in templates()}
    assert {name: parts for name, parts in found.items() if parts} == {}


@pytest.mark.parametrize("markup", ['<p style="x">', "<script>1</script>", '<a onclick="x()">'])
def test_an_inline_part_is_found(markup: str) -> None:
    assert inline_parts(markup)


def test_pages_speak_of_people_with_respect() -> None:
    found = {f.name: BANNED_WORDS.findall(_words(f)) for f in templates()}
    assert {name: words for name, words in found.items() if words} == {}
    po = (HEARTH / "locale/es/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    english = " ".join(re.findall(r'^msgid "(.*)"$', po, flags=re.MULTILINE))
    assert BANNED_WORDS.findall(english) == []


def _words(template: Path) -> str:
    return re.sub(r"{[%#].*?[%#]}|{{.*?}}|<[^>]*>", " ", template.read_text(encoding="utf-8"))


def test_nothing_speaks_of_one_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    outside = re.compile(r"/(?:work|farm|root)/[A-Za-z.]")
    found = []
    for name in listed.stdout.splitlines():
        file = ROOT / name
        if (
            file.suffix in (".lock", ".png", ".json")
            or not file.is_file()
            or file == Path(__file__)
        ):
            continue
        if outside.search(file.read_text(encoding="utf-8", errors="ignore")):
            found.append(name)
    assert found == []
