"""A student's days this year, in words for school and home."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from hearth.records.around import DaysAtSchool, days_at_school
from hearth.records.models import AttendanceDay
from tests.cast import Cast

FALL = date(2026, 9, 1)


def mark(cast: Cast, first: date, *kinds: str) -> None:
    for place, kind in enumerate(kinds):
        AttendanceDay.objects.create(
            district=cast.alder, student=cast.minh_anh, school=cast.cottonwood,
            day=first + timedelta(days=place), kind=kind,
        )  # fmt: skip


def test_days_are_counted_by_reason_and_last_year_is_over(cast: Cast) -> None:
    mark(cast, date(2026, 6, 1), "unexcused", "unexcused")
    mark(cast, FALL, "present", "present", "in_school", "excused", "unexcused", "unexcused")
    assert days_at_school([cast.minh_anh.pk], date(2026, 10, 1)) == DaysAtSchool(
        3, 6, ["1 day away with a reason", "2 days away; we do not know why yet"]
    )
    assert days_at_school([cast.diego.pk], date(2026, 10, 1)) is None


def test_in_spring_the_year_began_last_summer(cast: Cast) -> None:
    mark(cast, FALL, "present")
    mark(cast, date(2027, 3, 1), "excused")
    found = days_at_school([cast.minh_anh.pk], date(2027, 3, 2))
    assert found == DaysAtSchool(1, 2, ["1 day away with a reason"])


def test_linh_and_tom_read_the_same_days_and_nobody_is_called_truant(
    cast: Cast, client: Client
) -> None:
    mark(cast, timezone.localdate() - timedelta(days=1), "unexcused", "present")
    for who in (cast.linh, cast.tom):
        client.force_login(who)
        page = client.get(cast.minh_anh.get_absolute_url()).content.decode()
        assert "Here on 1 of 2 school days so far." in page
        assert "1 day away; we do not know why yet" in page
        assert "truan" not in page
