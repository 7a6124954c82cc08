"""When a job that looks each hour has its hour: in the morning, where the district is."""

from datetime import UTC, date, datetime

from django.utils import timezone

MORNING = 7


def this_morning(timestamp: int) -> date | None:
    """The day, if the bell rings in its morning hour. A worker knows Greenwich alone; one of its
    hours is morning in the district, in summer and in winter."""
    here = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    return here.date() if here.hour == MORNING else None
