"""By which rule a tier usually begins and ends: words to start from, never a decision."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

RULES = Path(__file__).parents[1] / "tiers.toml"


@lru_cache
def agreed() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(RULES.read_text(encoding="utf-8"))["rule"])


def rules_for(domain: str, on: date, language: str) -> tuple[str, str]:
    """The usual words for beginning and end; a domain without its own has those of all."""
    held = sorted((r for r in agreed() if r["from"] <= on), key=lambda rule: rule["from"])
    own = [rule for rule in held if rule["domain"] == domain]
    shared = [rule for rule in held if not rule["domain"]]
    if not (own or shared):
        return "", ""
    rule = (own or shared)[-1]
    return _said(rule["entry"], language), _said(rule["exit"], language)


def _said(words: dict[str, str], language: str) -> str:
    return words.get(language, words["en"])
