"""What the guards look at: the house's own models, addresses and files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
HEARTH = ROOT / "hearth"
FLOORS = [
    ["cli"],
    ["web"],
    ["demo"],
    ["imports"],
    ["insight"],
    ["listening", "partners", "supports"],
    ["records"],
    ["people"],
    ["access"],
    ["schools"],
    ["audit", "framework", "disclosure"],
    ["kit"],
]


def our_models() -> list[type[models.Model]]:
    """Hearth's own tables, the history tables of its triggers left out."""
    return [m for m in apps.get_models() if _ours(m) and not hasattr(m, "pgh_tracked_model")]


def our_tables() -> list[type[models.Model]]:
    """Hearth's own tables, history included: both hold rows of people."""
    return [m for m in apps.get_models() if _ours(m)]


def _ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("hearth.")


def package_of(model: type[models.Model]) -> str:
    """The floor or room whose file the model stands in."""
    return model.__module__.split(".")[1]


def floor_of(package: str) -> int:
    return next(n for n, floor in enumerate(FLOORS) if package in floor)


def addresses(
    patterns: list[Any] | None = None, before: str = ""
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address of the house with its view, as deep as includes go."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here, pattern.callback


def python_files() -> list[Path]:
    return [f for f in HEARTH.rglob("*.py") if "migrations" not in f.parts]


def templates() -> list[Path]:
    return list(HEARTH.rglob("*.html"))
