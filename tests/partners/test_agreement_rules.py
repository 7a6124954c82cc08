"""What an agreement allows on a day, out of plain values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.partners.models import LegalBasis
from hearth.partners.rules.agreement import (
    Lack,
    Lacking,
    State,
    Terms,
    What,
    basis,
    days_of,
    due_reminders,
    live_for,
    nearest,
    reminders,
    state,
)
from hearth.partners.rules.capacity import ask_again, is_fresh
from hearth.partners.rules.dated import holding, read, setting

SIGNED = Terms(
    kind="both", starts=date(2026, 8, 1), expires=date(2027, 6, 30), purposes=["support"],
    elements=["name", "school_grade"],
)  # fmt: skip
IN_FALL = date(2026, 10, 5)


def but(**said: object) -> Terms:
    return Terms(**{**vars(SIGNED), **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "stands"),
    [
        (date(2026, 7, 31), State.NOT_YET),
        (date(2026, 8, 1), State.LIVE),
        (date(2027, 4, 30), State.LIVE),  # 61 days are left
        (date(2027, 5, 1), State.EXPIRING),
        (date(2027, 6, 30), State.EXPIRING),  # the last day counts
        (date(2027, 7, 1), State.EXPIRED),
    ],
)
def test_its_state_is_read_off_its_days(day: date, stands: State) -> None:
    assert state(SIGNED, day) == stands


def test_ended_early_it_is_over_from_that_day() -> None:
    ended = but(ended_on=date(2026, 12, 1))
    assert state(ended, date(2026, 11, 30)) == State.LIVE
    assert state(ended, date(2026, 12, 1)) == State.ENDED
    assert state(ended, date(2028, 1, 1)) == State.ENDED


@pytest.mark.parametrize(
    ("terms", "asked", "lack"),
    [
        (SIGNED, {"name"}, None),
        (SIGNED, {"name", "birthdate", "iep_504"},
         Lack(Lacking.ELEMENTS, elements=("birthdate", "iep_504"))),
        (but(kind="memorandum"), {"name"}, Lack(Lacking.NO_SHARING)),
        (but(purposes=["figures"]), {"name"}, Lack(Lacking.PURPOSE)),
        (but(starts=date(2026, 11, 1)), {"name"}, Lack(Lacking.NOT_YET, date(2026, 11, 1))),
        (but(expires=date(2026, 10, 4)), {"name"}, Lack(Lacking.EXPIRED, date(2026, 10, 4))),
        (but(ended_on=IN_FALL), {"name"}, Lack(Lacking.ENDED, IN_FALL)),
    ],
)  # fmt: skip
def test_it_says_yes_or_why_not(terms: Terms, asked: set[str], lack: Lack | None) -> None:
    assert live_for(terms, IN_FALL, asked, "support") == lack


@pytest.mark.parametrize(
    ("insured", "cleared", "lack"),
    [
        (IN_FALL, IN_FALL, None),
        (IN_FALL - timedelta(1), IN_FALL, Lack(Lacking.INSURANCE, IN_FALL - timedelta(1))),
        (IN_FALL, IN_FALL - timedelta(1), Lack(Lacking.FINGERPRINTS, IN_FALL - timedelta(1))),
        (None, IN_FALL, Lack(Lacking.INSURANCE)),
        (IN_FALL, None, Lack(Lacking.FINGERPRINTS)),
    ],
)
def test_whoever_comes_to_school_is_insured_and_fingerprinted(
    insured: date | None, cleared: date | None, lack: Lack | None
) -> None:
    days = {"insured_until": insured, "cleared_until": cleared}
    assert live_for(but(at_school=True, **days), IN_FALL, {"name"}, "support") == lack
    assert live_for(but(at_school=False, **days), IN_FALL, {"name"}, "support") is None


@given(
    asked=st.sets(st.sampled_from(["name", "birthdate", "iep_504", "school_grade"])),
    allowed=st.sets(st.sampled_from(["name", "birthdate", "iep_504", "school_grade"])),
    day=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)
def test_a_yes_means_that_every_element_is_allowed_on_that_day(
    asked: set[str], allowed: set[str], day: date
) -> None:
    says_yes = live_for(but(elements=allowed), day, asked, "support") is None
    assert says_yes == (asked <= allowed and SIGNED.starts <= day <= SIGNED.expires)


def test_of_several_that_say_no_the_nearest_is_told() -> None:
    expired = Lack(Lacking.EXPIRED, date(2026, 1, 1))
    newer = Lack(Lacking.EXPIRED, date(2026, 9, 1))
    beyond = Lack(Lacking.ELEMENTS, elements=("iep_504",))
    assert nearest([expired, beyond, newer]) == beyond
    assert nearest([expired, newer]) == newer
    assert nearest([]).what == Lacking.NO_AGREEMENT


def test_its_days_come_in_order_and_an_ended_one_has_none() -> None:
    terms = but(at_school=True, insured_until=date(2027, 1, 31), cleared_until=date(2026, 12, 31))
    assert [what for what, _ in days_of(terms)] == [
        What.FINGERPRINTS, What.INSURANCE, What.EXPIRES,
    ]  # fmt: skip
    assert not list(days_of(but(ended_on=IN_FALL)))
    # What outlives the agreement ends with it.
    assert len(list(days_of(but(at_school=True, insured_until=date(2030, 1, 1))))) == 1


def test_it_is_called_to_mind_sixty_and_fourteen_days_before() -> None:
    assert reminders(IN_FALL) == [60, 14]
    last = SIGNED.expires
    assert due_reminders(SIGNED, last - timedelta(61)) == []
    assert due_reminders(SIGNED, last - timedelta(60)) == [(What.EXPIRES, last, 60)]
    assert len(due_reminders(SIGNED, last - timedelta(14))) == 2
    assert due_reminders(SIGNED, last + timedelta(1)) == []


def test_every_basis_that_can_be_chosen_has_its_law() -> None:
    for key in LegalBasis.values:
        found = basis(key, IN_FALL)
        assert found
        assert found.source
        assert found.address.startswith("https://")
    assert basis("parent_consent", date(2020, 1, 1)) is None


def test_of_dated_numbers_the_newest_that_holds_counts() -> None:
    rows = [{"key": "a", "from": date(2026, 1, 1), "value": 1},
            {"key": "a", "from": date(2027, 1, 1), "value": 2}]  # fmt: skip
    assert holding(rows, IN_FALL)["a"]["value"] == 1
    assert holding(rows, date(2027, 1, 1))["a"]["value"] == 2
    assert setting("link_days", IN_FALL) == setting("link_days", date(2020, 1, 1)) == 30
    assert all(row["source"] for row in read("links.toml")["setting"])


def test_an_old_word_is_asked_again_and_nobody_is_pressed() -> None:
    assert is_fresh(IN_FALL - timedelta(30), IN_FALL, 30)
    assert not is_fresh(IN_FALL - timedelta(31), IN_FALL, 30)
    assert not is_fresh(None, IN_FALL, 30)
    old, lately = IN_FALL - timedelta(40), IN_FALL - timedelta(3)
    assert ask_again(old, None, IN_FALL, days=30, pause=14)
    assert not ask_again(old, lately, IN_FALL, days=30, pause=14)
    assert not ask_again(lately, None, IN_FALL, days=30, pause=14)
