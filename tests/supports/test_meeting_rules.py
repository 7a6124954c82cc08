"""The agenda, the minutes, the rhythm and the names put away, as plain values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.demo.school_days import SchoolYear, days_off
from hearth.supports.rules.meeting import (
    STUDENT_PARTS,
    Gap,
    Line,
    Open,
    Wanted,
    agenda,
    gaps,
    part_of,
    setting_on,
    settings,
    share_out,
)
from hearth.supports.rules.names import initials, without_names
from hearth.supports.rules.rhythm import next_meeting

TUESDAY = date(2026, 11, 17)
SETTING = setting_on(TUESDAY)
CLOSED = frozenset(days_off(SchoolYear(2026)))
YEARS = [(SchoolYear(y).first_day, SchoolYear(y).last_day) for y in (2026, 2027)]


def asked(key: int, state: str = "assigned", *, quiet: int = 1, due_in: int = 5,
          urgency: str = "soon") -> Open:  # fmt: skip
    since = TUESDAY - timedelta(days=quiet)
    return Open(key, state, urgency, since, since, TUESDAY + timedelta(days=due_in))


def build(*found: Open, carried: tuple[tuple[int, str], ...] = ()) -> list[Line]:
    return agenda(found, today=TUESDAY, closed=CLOSED, setting=SETTING, carried=carried)


def test_an_empty_school_still_has_an_agenda() -> None:
    assert [line.part for line in build()] == ["norms", "picture", "gaps", "read_back"]


def test_each_referral_stands_under_its_heading() -> None:
    found = build(
        asked(1, "submitted"),
        asked(2, due_in=0),
        asked(3, quiet=40),
        asked(4, "monitoring", due_in=-1),
        asked(5),
        asked(6, "safety", due_in=-1),
    )
    assert [(line.part, line.referral) for line in found if line.referral] == [
        ("new", 1), ("due", 2), ("stale", 3), ("close", 4),
    ]  # fmt: skip


def test_the_most_urgent_new_one_is_read_first() -> None:
    found = build(
        asked(1, "submitted", urgency="when_you_can", quiet=9),
        asked(2, "submitted", urgency="this_week"),
        asked(3, "triaged", urgency="this_week", quiet=3),
    )
    assert [line.referral for line in found if line.referral] == [3, 2, 1]


def test_what_was_not_taken_last_time_stands_first() -> None:
    found = build(asked(1, "submitted"), asked(2), asked(3, due_in=0),
                  carried=((3, "stale"), (2, "stale")))  # fmt: skip
    students = [(line.part, line.referral, line.carried) for line in found if line.referral]
    assert students == [("due", 3, True), ("stale", 2, True), ("new", 1, False)]


def test_what_was_closed_since_then_is_not_carried() -> None:
    assert not any(line.referral for line in build(carried=((9, "new"),)))


def test_quiet_is_counted_in_school_days_so_a_break_is_not_quiet() -> None:
    before_break, back = date(2026, 12, 18), date(2027, 1, 12)
    row = Open(1, "planned", "soon", before_break, before_break, date(2027, 2, 1))
    assert part_of(row, back, CLOSED, 15) is None
    assert part_of(row, back, frozenset(), 15) == "stale"


def test_one_that_is_checked_in_on_is_quiet_on_purpose() -> None:
    assert part_of(asked(1, "monitoring", quiet=60, due_in=3), TUESDAY, CLOSED, 15) is None


def test_no_agenda_is_longer_than_anybody_can_hold() -> None:
    found = build(*[asked(n, "submitted") for n in range(1, 100)])
    assert sum(line.part in STUDENT_PARTS for line in found) == SETTING.most_students


def test_an_hour_is_shared_out_over_six_students() -> None:
    parts = ["norms", "picture", *["new"] * 6, "gaps", "read_back"]
    assert share_out(60, parts, SETTING) == [2, 10, *[6] * 6, 5, 5]


def test_in_a_short_meeting_the_first_students_have_time_and_the_rest_if_some_is_left() -> None:
    parts = ["norms", "picture", *["due"] * 9, "gaps", "read_back"]
    shared = share_out(30, parts, SETTING)
    assert shared[2:-2] == [3, 3, 3, 3, 3, 0, 0, 0, 0]
    assert sum(shared) <= 30


@given(st.integers(5, 240), st.lists(st.sampled_from(STUDENT_PARTS), max_size=30))
def test_the_minutes_given_are_never_more_than_the_meeting_has(minutes: int, ps: list[str]) -> None:
    shared = share_out(minutes, ["norms", "picture", *ps, "gaps", "read_back"], SETTING)
    assert sum(shared) <= minutes
    assert all(given >= 0 for given in shared)
    students = shared[2:-2]
    assert students == sorted(students, reverse=True)


@given(
    st.lists(
        st.builds(
            Open,
            st.integers(1, 60),
            st.sampled_from(["submitted", "triaged", "safety", "assigned", "referred",
                             "monitoring", "closed"]),
            st.sampled_from(["now", "this_week", "soon", "when_you_can"]),
            *[st.dates(date(2026, 8, 1), date(2027, 6, 1))] * 3,
        ),
        max_size=40,
        unique_by=lambda row: row.key,
    ),
    st.lists(
        st.tuples(st.integers(1, 60), st.sampled_from(STUDENT_PARTS)), unique_by=lambda c: c[0]
    ),
)  # fmt: skip
def test_nobody_stands_twice_and_nobody_in_danger_stands_at_all(
    found: list[Open], carried: list[tuple[int, str]]
) -> None:
    lines = build(*found, carried=tuple(carried))
    keys = [line.referral for line in lines if line.referral]
    assert len(keys) == len(set(keys))
    waiting = {row.key for row in found if row.state not in ("safety", "closed")}
    assert set(keys) <= waiting
    flags = [line.carried for line in lines if line.referral]
    assert flags == sorted(flags, reverse=True)


def test_each_setting_says_whose_rule_it_is() -> None:
    assert all(row.source for row in settings())


def test_services_that_are_short_are_counted_by_name() -> None:
    old, new = date(2026, 10, 1), date(2026, 11, 16)
    found = gaps(
        [
            Wanted("Lunch group", "waitlisted", new, "academic"),
            Wanted("lunch  Group", "referred", old, "academic"),
            Wanted("Lunch group", "referred", new, "academic"),
            Wanted("Vision test", "closed", new, "academic"),
            Wanted("Tutoring", "linked", old, "academic"),
            Wanted("", "closed", new, "attendance"),
        ],
        today=TUESDAY, closed=CLOSED, referred_too_long=10,
    )  # fmt: skip
    assert found == [
        Gap("Lunch group", 2, 0), Gap("", 0, 1, "attendance"), Gap("Vision test", 0, 1),
    ]  # fmt: skip


def on_tuesdays(after: date, **more: object) -> date:
    return next_meeting(after, weekday=1, closed=CLOSED, years=YEARS, **more)  # type: ignore[arg-type]


def test_a_team_meets_on_its_next_weekday() -> None:
    assert on_tuesdays(date(2026, 9, 14)) == date(2026, 9, 15)
    assert on_tuesdays(date(2026, 9, 15)) == date(2026, 9, 22)


def test_every_two_weeks_are_counted_from_the_last_meeting() -> None:
    last = date(2026, 9, 15)
    assert on_tuesdays(last, every_weeks=2, last=last) == date(2026, 9, 29)
    assert on_tuesdays(date(2026, 10, 2), every_weeks=2, last=last) == date(2026, 10, 13)


def test_over_winter_break_the_next_meeting_is_the_first_tuesday_back() -> None:
    last = date(2026, 12, 15)
    assert on_tuesdays(last, last=last) == date(2027, 1, 12)
    assert on_tuesdays(last, every_weeks=2, last=last) == date(2027, 1, 12)


def test_over_the_summer_the_next_meeting_is_in_the_new_school_year() -> None:
    last = date(2027, 6, 8)
    found = on_tuesdays(last, last=last)
    assert found >= SchoolYear(2027).first_day
    assert found.weekday() == 1


@given(st.dates(date(2026, 8, 12), date(2027, 6, 1)), st.integers(0, 4), st.integers(1, 4))
def test_a_next_meeting_is_ahead_on_the_teams_weekday_and_on_a_school_day(
    after: date, weekday: int, every: int
) -> None:
    found = next_meeting(
        after, weekday=weekday, every_weeks=every, last=after, closed=CLOSED, years=YEARS
    )
    assert found > after
    assert found.weekday() == weekday
    assert found not in CLOSED


def test_a_name_becomes_its_initials() -> None:
    assert initials("Minh Anh Nguyễn") == "M. A. N."
    assert initials("Diego O'Brien-Ruiz") == "D. O. B. R."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Diego builds. DIEGO'S bridges hold.", "D. builds. D.'s bridges hold."),
        ("The O\u2019Brien-Ruiz family came.", "The O\u2019B.-R. family came."),
        ("diego and an egg", "D. and an egg"),
    ],
)
def test_a_name_inside_what_somebody_wrote_is_put_away(text: str, left: str) -> None:
    assert without_names(text, ["Diego", "O'Brien-Ruiz"]).lower() == left.lower()


def test_a_vietnamese_name_is_found_without_its_marks() -> None:
    names = ["Minh Anh", "Nguyễn"]
    said = without_names("Minh Anh Nguyen ate an apple; Nguyễn family.", names)
    assert said == "M. A. N. ate an apple; N. family."
    assert without_names("Đặng Thị", ["Đặng"]) == without_names("Dang Thị", ["Đặng"]) == "Đ. Thị"
