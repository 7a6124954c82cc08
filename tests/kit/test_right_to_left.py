"""A language that is read from right to left turns the whole page: nothing says left or right."""

import re
from pathlib import Path

import pytest

HEARTH = Path(__file__).resolve().parents[2] / "hearth"
OURS = sorted(HEARTH.glob("*/static/*/*.css"))
SIDES = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-)?(?:left|right)"
    r"(?:-\w+)?\s*:|(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
)
FOUR = re.compile(r"\b(?:margin|padding|inset|border-width)\s*:\s*([^;{}]+)")
SCRIPTS = sorted(HEARTH.glob("*/static/*/*.js"))
ADRIFT = re.compile(r"\.style\.(?:left|right|marginLeft|marginRight|paddingLeft|paddingRight)\b")


def sided(css: str) -> list[str]:
    """Each rule that names a side, or gives the two sides different room in one breath."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = [match.group().strip() for match in SIDES.finditer(bare)]
    for match in FOUR.finditer(bare):
        values = re.findall(r"[^\s(]+(?:\([^)]*\))?", match.group(1))
        if len(values) == 4 and values[1] != values[3]:
            found.append(match.group().strip())
    return found


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_no_rule_names_a_side(file: Path) -> None:
    assert sided(file.read_text()) == [], "Say inline-start and inline-end instead"


def test_the_look_finds_what_names_a_side() -> None:
    assert sided("a { margin-left: 1px; text-align: right; padding: 0 1px 0 2px }") == [
        "margin-left:", "text-align: right", "padding: 0 1px 0 2px",
    ]  # fmt: skip
    assert sided("a { left: 0 } b { border-top-left-radius: 0 } c { float: left }") != []
    assert sided("a { margin-inline-start: 1px; text-align: start; padding: 0 1px 2px 1px }") == []
    assert sided("a { transform: translate(calc(1px * 2), 0) } /* left: 0 */") == []


def test_no_script_moves_anything_to_a_side() -> None:
    assert not [file.name for file in SCRIPTS if ADRIFT.search(file.read_text())]
