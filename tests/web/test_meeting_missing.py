"""What partners could not meet, on the agenda of the team: by name for the team alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hearth.partners.actions import consent, outward
from hearth.partners.models import ReferralOut
from hearth.partners.models.words import OutState
from hearth.partners.reading.missing import open_needs
from hearth.partners.rules.missing import STILL_OPEN, standing_of
from hearth.supports.models import Meeting
from tests.cast import Cast
from tests.partners.helping import Helping, helping
from tests.supports.teams import open_now, set_up


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    set_up(cast)
    return helping(cast)


@pytest.fixture
def half_met(help_there: Helping) -> ReferralOut:
    """Minh Anh went once, and Linh says that it helped in part."""
    sent = help_there.sent(need="talking")
    outward.answer(out=sent, to=OutState.SERVED, first_service_on=timezone.localdate(),
                   contact=help_there.ines)  # fmt: skip
    return outward.say_met(out=sent, met="partly", still_needed="A bus that goes there.")


def agenda(client: Client, cast: Cast, meeting: Meeting) -> str:
    client.force_login(cast.rosa)
    answer = client.get(meeting.get_absolute_url())
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_what_linh_says_stands_in_the_next_agenda(
    client: Client, cast: Cast, half_met: ReferralOut
) -> None:
    shown = agenda(client, cast, open_now(cast))
    gap = shown[shown.index('id="missing"') :]
    assert "Somebody to talk to" in gap
    assert cast.minh_anh.person.called in gap
    assert "met in part, the family says" in gap
    assert half_met.get_absolute_url() in gap


def test_where_names_are_put_away_hers_is(
    client: Client, cast: Cast, half_met: ReferralOut
) -> None:
    meeting = open_now(cast)
    client.force_login(cast.rosa)
    client.post(f"{meeting.get_absolute_url()}names/")
    shown = agenda(client, cast, meeting)
    assert "Somebody to talk to" in shown
    assert cast.minh_anh.person.called not in shown


def test_when_she_takes_her_word_back_or_says_yes_it_is_gone(
    client: Client, cast: Cast, half_met: ReferralOut
) -> None:
    meeting = open_now(cast)
    consent.take_back(consent=half_met.consent, by=None)
    assert "Somebody to talk to" in agenda(client, cast, meeting), "the need is still there"
    outward.say_met(out=half_met, met="yes")
    assert "Somebody to talk to" not in agenda(client, cast, meeting)


def test_the_list_and_the_rule_say_the_same(cast: Cast, help_there: Helping) -> None:
    """Each way a referral can end: open to the one exactly where it is open to the other."""
    today = timezone.localdate()
    ends: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({}, {}), ({}, {"due_on": today - timedelta(days=1)}),
        ({"to": OutState.ACCEPTED}, {"due_on": today - timedelta(days=1)}),
        ({"to": OutState.WAITING, "wait_until": today + timedelta(days=9)}, {}),
        *(({"to": OutState.DECLINED, "declined_because": why}, {})
          for why in ("no_place", "not_for_them", "family_said_no")),
        ({"to": OutState.SERVED, "first_service_on": today}, {}),
        *(({"to": OutState.SERVED, "first_service_on": today}, {"met": met}) for met in
          ("yes", "partly", "no")),
    ]  # fmt: skip
    allowed = help_there.allowed()
    for said, changed in ends:
        out = help_there.sent(consent=allowed)
        if said:
            outward.answer(out=out, contact=help_there.ines, **said)
        if "met" in changed:
            outward.say_met(out=out, **changed)
        else:
            ReferralOut.objects.filter(pk=out.pk).update(**changed)
    listed = {one.referral.pk for one in open_needs(cast.rosa, cast.cottonwood.pk, today)}
    assert listed == {
        out.pk
        for out in ReferralOut.objects.all()
        if standing_of(state=out.state, declined_because=out.declined_because, met=out.met,
                       due_on=out.due_on, today=today) in STILL_OPEN
    }  # fmt: skip
    assert len(listed) == 5


def test_a_second_partner_that_takes_it_closes_the_first(help_there: Helping, cast: Cast) -> None:
    today, allowed = timezone.localdate(), help_there.allowed()
    first = help_there.sent(consent=allowed, need="talking")
    outward.answer(out=first, to=OutState.DECLINED, declined_because="no_place",
                   contact=help_there.ines)  # fmt: skip
    assert [one.referral for one in open_needs(cast.rosa, cast.cottonwood.pk, today)] == [first]
    help_there.sent(consent=allowed, need="talking")
    assert open_needs(cast.rosa, cast.cottonwood.pk, today) == []
