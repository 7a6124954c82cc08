"""Where a district's mart lies on this machine, and by which engine it is read here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from hearth.insight.mart import store
from hearth.insight.mart.engine import Engine, Mart, opened


def home_of(district_id: int) -> Path:
    return Path(settings.HEARTH.data) / "mart" / str(district_id)


def engine_here() -> Engine:
    told = settings.HEARTH
    return Engine(told.engine, told.engine_memory, told.engine_threads)


@contextmanager
def open_mart(district_id: int) -> Iterator[Mart]:
    """A district's current mart, for the length of a block. Raises NoMart before the first."""
    with opened(store.current(home_of(district_id)), engine_here()) as mart:
        yield mart
