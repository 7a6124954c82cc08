"""The life of a referral, without a database."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hearth.supports import rules

STATES = st.sampled_from(list(rules.LEGAL))


@st.composite
def lives(draw: st.DrawFn) -> list[str]:
    """Any legal life of a referral, of up to thirty steps."""
    life = ["submitted"]
    for _ in range(draw(st.integers(0, 30))):
        life.append(draw(st.sampled_from(rules.LEGAL[life[-1]])))
    return life


@given(lives())
def test_nobody_is_linked_who_was_not_referred_since_the_plan(life: list[str]) -> None:
    for n, state in enumerate(life):
        if state == "linked":
            before = life[:n]
            last_plan = max(i for i, s in enumerate(before) if s == "planned")
            assert "referred" in before[last_plan:]


@given(lives())
def test_every_open_referral_past_sorting_is_owned(life: list[str]) -> None:
    for state in life:
        assert (state in rules.OWNED) == (state not in ("submitted", "safety", "triaged", "closed"))


@given(lives())
def test_whatever_happens_it_can_be_closed_or_opened_again(life: list[str]) -> None:
    assert rules.may_follow(life[-1], "closed" if life[-1] != "closed" else "assigned")


@given(STATES, STATES)
def test_a_step_is_legal_exactly_where_the_list_says_so(state: str, following: str) -> None:
    assert rules.may_follow(state, following) == ((state, following) in rules.transitions())


def test_nothing_leads_back_to_new() -> None:
    assert all("submitted" not in steps for steps in rules.LEGAL.values())


def test_an_unknown_state_leads_nowhere() -> None:
    assert not rules.may_follow("draft", "linked")


def test_every_open_state_has_a_clock_with_its_source() -> None:
    for state in rules.OPEN:
        assert rules.school_days_for(rules.clock_after(state), date(2026, 11, 12)), state
    assert all(clock.source for clock in rules.clocks())


def test_of_two_dated_promises_the_newer_that_holds_already_counts() -> None:
    table = [
        rules.Clock("triage", date(2026, 7, 1), 2, "old"),
        rules.Clock("triage", date(2027, 7, 1), 1, "new"),
    ]
    assert rules.school_days_for("triage", date(2027, 6, 30), table) == 2
    assert rules.school_days_for("triage", date(2027, 7, 1), table) == 1
    assert rules.school_days_for("triage", date(2026, 6, 30), table) is None
