"""Tell a story as of an earlier day, so that the demo's board has ages like a real one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest import mock

from django.utils import timezone

MID_MORNING = time(10, 20)


@contextmanager
def on(day: date) -> Iterator[None]:
    """Within the block, Django's clock stands at mid-morning of that day."""
    then = datetime.combine(day, MID_MORNING, timezone.get_default_timezone())
    with mock.patch.object(timezone, "now", return_value=then):
        yield
