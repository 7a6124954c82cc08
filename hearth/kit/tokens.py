"""The tokens of the stylesheet, for what is not drawn by a browser: charts and documents."""

import re
from functools import cache
from pathlib import Path

STYLESHEET = Path(__file__).parent / "static" / "kit" / "tokens.css"
_TOKEN = re.compile(r"--k-([a-z0-9-]+):\s*([^;]+);")
SERIES = ("series-1", "series-2", "series-3", "series-4", "series-5", "series-6")


@cache
def tokens() -> dict[str, str]:
    """Every token by its name without the prefix: `tokens()["teal"]`."""
    return dict(_TOKEN.findall(STYLESHEET.read_text(encoding="utf-8")))


@cache
def colors() -> dict[str, str]:
    """The tokens that are plain colours."""
    return {name: value for name, value in tokens().items() if value.startswith("#")}
