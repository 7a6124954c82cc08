"""One place for colours; nothing inline; every pair of tokens can be read."""

import re
from pathlib import Path

import pytest

from hearth.kit import assets, icons
from hearth.kit.tokens import colors

KIT = Path(assets.__file__).parent
HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE)
PAPERS = ("paper", "sheet", "kraft", "kraft-deep")
READ = [
    *((ink, paper) for ink in ("ink", "ink-soft") for paper in PAPERS),
    *((ink, "honey-tint") for ink in ("ink", "ink-soft", "honey")),
    *(("teal", paper) for paper in ("paper", "sheet", "kraft", "teal-tint")),
    *(("teal-deep", paper) for paper in (*PAPERS, "teal-tint")),
    *(("terracotta-deep", paper) for paper in (*PAPERS, "terracotta-tint")),
    ("terracotta", "paper"),
    ("on-teal", "teal"),
    ("on-teal", "teal-deep"),
    ("on-terracotta", "terracotta"),
]
SEEN = [
    *(("line-strong", paper) for paper in ("paper", "sheet", "kraft")),
    *(("focus", paper) for paper in (*PAPERS, "honey-tint", "teal-tint", "terracotta-tint")),
    *((f"series-{number}", "sheet") for number in (1, 2, 3, 4, 6)),
]


def luminance(color):
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "paper"), READ)
def test_words_can_be_read(ink, paper):
    assert contrast(colors()[ink], colors()[paper]) >= 4.5


@pytest.mark.parametrize(("mark", "paper"), SEEN)
def test_edges_focus_and_marks_can_be_seen(mark, paper):
    assert contrast(colors()[mark], colors()[paper]) >= 3


def test_colours_stand_in_the_tokens_file_only():
    files = [
        path
        for pattern in ("*.css", "*.py", "*.js", "*.typ", "*.svg")
        for path in KIT.rglob(pattern)
        if path.name != "tokens.css"
    ]
    found = [f"{path.name}: {hit}" for path in files for hit in HEX.findall(path.read_text())]
    assert not found, f"Move these colours to tokens.css and name them: {found}"


def test_templates_hold_no_inline_script_or_style():
    found = [path.name for path in KIT.rglob("*.html") if INLINE.search(path.read_text())]
    assert not found, f"The page's security policy refuses these; use kit.css or kit.js: {found}"


def test_missing_npm_packages_say_what_to_run(tmp_path):
    with pytest.raises(assets.AssetsMissingError, match="npm ci"):
        assets.build(tmp_path / "node_modules", tmp_path / "vendor")


def test_building_twice_changes_nothing(tmp_path):
    vendor = assets.build(vendor=tmp_path / "vendor")
    before = {path.name: path.stat().st_mtime_ns for path in vendor.iterdir()}
    assets.build(vendor=vendor)
    assert {path.name: path.stat().st_mtime_ns for path in vendor.iterdir()} == before
    sprite = (vendor / "icons.svg").read_text()
    assert all(f'id="{name}"' in sprite for name in icons.ICONS)
