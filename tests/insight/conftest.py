"""A year of figures for Alder Valley, released: what the pages read."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hearth.insight import actions, measures
from hearth.insight.disclose import door
from hearth.insight.mart.engine import Engine, opened
from tests.cast import Cast
from tests.insight import worlds

SOME = ("chronic_absence", "enrolled", "days_lost")
Release = Callable[..., int]


@pytest.fixture
def some_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three measures in place of all, so that a test need not wait for the others."""
    every = measures.all()
    monkeypatch.setattr(door.measures, "all", lambda: {key: every[key] for key in SOME})


@pytest.fixture
def release(cast: Cast, tmp_path: Path, some_measures: None) -> Release:
    """Make a mart of so many students at each school and release its figures."""

    def made(*, today: date = date(2026, 7, 1), seed: int = 4, **sizes: int) -> int:
        schools = {getattr(cast, key).pk: size for key, size in sizes.items()}
        snapshot = worlds.district(tmp_path / f"{seed}-{today}", schools, seed=seed)
        with opened(snapshot, Engine(threads=1)) as mart:
            return actions.release_standing(
                district_id=cast.alder.pk, mart=mart, stamp=snapshot.stamp, today=today
            )

    return made
