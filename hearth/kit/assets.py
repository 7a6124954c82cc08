"""Copy what the interface uses from npm into `.build/static/vendor`.

Run it with `python -m hearth.kit.assets` after `npm ci`. Nothing comes from a CDN at run time,
and nothing that no page uses is copied.
"""

import re
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

from hearth.kit.icons import ICONS

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / ".build" / "static" / "vendor"

_FONTS = "@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-{subset}-{weight}-normal"
_COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    **{
        f"{_FONTS.format(subset=subset, weight=weight)}.woff2": f"atkinson-{subset}-{weight}.woff2"
        for subset in ("latin", "latin-ext")
        for weight in (400, 700)
    },
}
_STYLES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/css/tabler.rtl.min.css": "tabler.rtl.min.css",
}
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/")
_SVG = "http://www.w3.org/2000/svg"

# Our own mark: a roof with a fire under it.
_BRAND = (
    '<symbol id="hearth" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
    '<path d="M3.5 11.2 12 4l8.5 7.2"/><path d="M5.8 9.6V20h12.4V9.6"/>'
    '<path fill="currentColor" stroke="none" d="M12.4 9.6c.3 1.9 2.9 3 2.9 5.6a3.3 3.3 0 0 1-6.6 0'
    'c0-1.3.6-2 1.2-2.6.1.8.5 1.2 1 1.4-.2-1.9.4-3.5 1.5-4.4z"/></symbol>'
)


class AssetsMissingError(Exception):
    """The npm packages are not installed."""


def symbol(name: str, source: Path) -> str:
    """One icon as a sprite symbol: its shapes, without the size and class of the file."""
    shapes = [
        ElementTree.tostring(shape, encoding="unicode").replace(f' xmlns:ns0="{_SVG}"', "")
        for shape in ElementTree.parse(source).getroot()  # noqa: S314 - a file of a locked package
        if shape.get("stroke") != "none"
    ]
    drawn = "".join(shape.replace("ns0:", "").strip() for shape in shapes)
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{drawn}</symbol>'
    )


def sprite(modules: Path) -> str:
    """All icons of the kit as one SVG, fetched once and kept by the browser."""
    folder = modules / "@tabler" / "icons" / "icons" / "outline"
    symbols = "".join(symbol(name, folder / f"{file}.svg") for name, file in sorted(ICONS.items()))
    return f'<svg xmlns="{_SVG}">{_BRAND}{symbols}</svg>\n'


def _write_if_changed(target: Path, text: str) -> None:
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")


def _copy_if_changed(source: Path, target: Path) -> None:
    if not target.exists() or target.stat().st_mtime_ns != source.stat().st_mtime_ns:
        shutil.copy2(source, target)


def build(modules: Path = MODULES, vendor: Path = VENDOR) -> Path:
    """Bring the vendor folder up to date; running it again changes nothing."""
    missing = [name for name in (*_COPIES, *_STYLES) if not (modules / name).is_file()]
    if missing:
        raise AssetsMissingError(
            f"{modules / missing[0]} is not there. "
            f"Run `npm ci` in {modules.parent}, then this again."
        )
    vendor.mkdir(parents=True, exist_ok=True)
    for name, target in _COPIES.items():
        _copy_if_changed(modules / name, vendor / target)
    for name, target in _STYLES.items():
        # The map is not shipped; naming it would make Django's manifest look for it.
        css = _SOURCE_MAP.sub("", (modules / name).read_text(encoding="utf-8"))
        _write_if_changed(vendor / target, css)
    _write_if_changed(vendor / "icons.svg", sprite(modules))
    return vendor


def main() -> int:
    """Build, and say in one line what happened."""
    try:
        vendor = build()
    except AssetsMissingError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"The interface's files are in {vendor}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
