"""Rosa refers Minh Anh to a clinic: exactly what Linh allowed, and every answer a state."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from hearth.access.permissions import May
from hearth.access.visible import people_who_may_see
from hearth.partners.actions import agreement, consent, outward
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.actions.listing import renew_listings
from hearth.partners.forms.outward import SendForm
from hearth.partners.models import (
    Consent,
    Link,
    Organization,
    OutStep,
    ReferralOut,
    Service,
)
from hearth.partners.models.words import Declined, Element, Met, OutState
from hearth.partners.reading.missing import needs_of
from hearth.partners.rules import outward as rules
from hearth.partners.tasks.outward import ask_whether_met, keep_clocks, tell_withdrawn
from hearth.schools.models import Calendar
from tests import makers
from tests.cast import Cast
from tests.partners.helping import SHARED, Helping, helping

HOME = ZoneInfo("America/Los_Angeles")


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    return helping(cast)


class TestSending:
    def test_the_clinic_is_told_exactly_what_linh_allowed(self, help_there: Helping) -> None:
        out = help_there.sent()

        assert set(out.shared) == set(SHARED) - {Element.ASKED_FOR}
        assert "Minh Anh" in out.shared[Element.NAME]
        assert help_there.cast.person("linh").family_name in out.shared[Element.REACH_FAMILY]
        assert out.state == OutState.SENT
        assert out.due_on == Calendar().after(timezone.localdate(), 5)
        assert out.link.purpose == Link.Purpose.REFERRAL

    def test_what_was_shared_stays_as_it_was_sent(self, help_there: Helping) -> None:
        """A new name at school is not told to the clinic behind the family's back."""
        out = help_there.sent()
        person = help_there.cast.minh_anh.person
        person.family_name = "Somebody-Else"
        person.save()

        out.refresh_from_db()
        assert "Somebody-Else" not in out.shared[Element.NAME]

    def test_without_a_yes_nothing_goes(self, help_there: Helping) -> None:
        with pytest.raises(NotAllowed, match="has not allowed"):
            help_there.sent(consent=help_there.asked())
        assert not ReferralOut.objects.exists()
        assert not Link.objects.exists()

    def test_nor_after_it_is_taken_back(self, help_there: Helping) -> None:
        given_back = consent.take_back(consent=help_there.allowed(), by=None)

        with pytest.raises(NotAllowed, match="has not allowed"):
            help_there.sent(consent=given_back)

    def test_nor_when_it_is_over(self, help_there: Helping) -> None:
        allowed = help_there.allowed()
        Consent.objects.filter(pk=allowed.pk).update(
            expires_on=timezone.localdate() - timedelta(days=1)
        )
        with pytest.raises(NotAllowed, match="has not allowed"):
            help_there.sent(consent=allowed)

    def test_nor_without_an_agreement(self, help_there: Helping) -> None:
        agreement.end(
            agreement=help_there.agreement, on=timezone.localdate(), why="Closed.",
            by=help_there.cast.helen,
        )  # fmt: skip
        with pytest.raises(NotAllowed, match="agreement"):
            help_there.sent()

    def test_nor_a_fact_that_the_agreement_does_not_name(self, help_there: Helping) -> None:
        allowed = consent.answer(
            consent=help_there.asked(elements=[*SHARED, Element.SCHOOL_GRADE]), yes=True, way="link"
        )
        with pytest.raises(NotAllowed, match="School and grade"):
            help_there.sent(consent=allowed)

    def test_nor_to_another_partner_than_the_family_allowed(self, help_there: Helping) -> None:
        other = helping_elsewhere(help_there)

        with pytest.raises(NotAllowed, match="another partner"):
            help_there.sent(service=other)

    def test_nor_by_whoever_only_teaches(self, help_there: Helping) -> None:
        with pytest.raises(NotAllowed, match="support team"):
            help_there.sent(by=help_there.cast.tom)

    def test_pressed_twice_it_is_sent_once(self, help_there: Helping) -> None:
        nonce, allowed = uuid4(), help_there.allowed()

        first = help_there.sent(consent=allowed, nonce=nonce)
        second = help_there.sent(consent=allowed, nonce=nonce)

        assert first.pk == second.pk
        assert Link.objects.count() == 1

    def test_what_it_says_cannot_be_changed_afterwards(self, help_there: Helping) -> None:
        out = help_there.sent()

        with pytest.raises(DatabaseError), transaction.atomic():
            ReferralOut.objects.filter(pk=out.pk).update(words="Something else.")


class TestAnswering:
    def test_taken_then_a_first_visit_then_ended(self, help_there: Helping) -> None:
        out, ines, today = help_there.sent(), help_there.ines, timezone.localdate()

        out = outward.answer(out=out, to="accepted", words="Tuesday at 3.", contact=ines)
        assert (out.state, out.due_on) == ("accepted", Calendar().after(today, 10))
        out = outward.answer(out=out, to="served", first_service_on=today, contact=ines)
        assert out.first_service_on == today
        out = outward.answer(out=out, to="ended", contact=ines)

        steps = OutStep.objects.filter(referral=out).order_by("pk")
        assert [step.went_to for step in steps] == ["sent", "accepted", "served", "ended"]
        assert [step.contact for step in steps] == [None, ines, ines, ines]

    def test_referred_is_not_linked(self, help_there: Helping) -> None:
        out = help_there.sent()
        outward.answer(out=out, to="accepted", contact=help_there.ines)

        out.refresh_from_db()
        assert out.first_service_on is None
        with pytest.raises(NotAllowed, match="still ahead"):
            outward.answer(
                out=out, to="served", contact=help_there.ines,
                first_service_on=timezone.localdate() + timedelta(days=1),
            )  # fmt: skip

    def test_a_waiting_list_has_a_day_and_may_be_said_anew(self, help_there: Helping) -> None:
        out, soon = help_there.sent(), timezone.localdate() + timedelta(days=30)
        with pytest.raises(NotAllowed, match="until which day"):
            outward.answer(out=out, to="waiting", contact=help_there.ines)

        out = outward.answer(out=out, to="waiting", wait_until=soon, contact=help_there.ines)
        later = soon + timedelta(days=30)
        out = outward.answer(out=out, to="waiting", wait_until=later, contact=help_there.ines)

        assert (out.wait_until, out.due_on) == (later, later)

    def test_a_no_says_why(self, help_there: Helping) -> None:
        out = help_there.sent()
        with pytest.raises(NotAllowed, match="why"):
            outward.answer(out=out, to="declined", contact=help_there.ines)

        out = outward.answer(
            out=out, to="declined", declined_because=Declined.NO_PLACE, contact=help_there.ines
        )
        assert ReferralOut.objects.still_needed(timezone.localdate()).get() == out

    def test_of_two_who_answer_the_second_is_told(self, help_there: Helping) -> None:
        out = help_there.sent()
        outward.answer(out=out, to="declined", declined_because="no_place", contact=help_there.ines)
        with pytest.raises(NotAllowed, match="Look again"):
            outward.answer(out=out, to="accepted", by=help_there.cast.rosa)

    def test_withdrawn_between_opening_and_answering_nothing_is_stored(
        self, help_there: Helping
    ) -> None:
        out = help_there.sent()
        consent.take_back(consent=out.consent, by=None)

        with pytest.raises(NotAllowed, match="taken this back"):
            outward.answer(out=out, to="accepted", contact=help_there.ines)
        assert OutStep.objects.filter(referral=out).count() == 2

    @settings(max_examples=60, deadline=None)
    @given(some.lists(some.sampled_from(list(rules.LEGAL)), max_size=8))
    def test_no_order_of_answers_leaves_the_legal_ways(self, tried: list[str]) -> None:
        state = "sent"
        for following in tried:
            if rules.may_follow(state, following):
                assert following in rules.LEGAL[state]
                state = following
        assert state in rules.LEGAL
        assert (state in rules.OPEN) == bool(rules.LEGAL[state])

    def test_the_database_refuses_a_step_that_is_none(self, help_there: Helping) -> None:
        out = help_there.sent()

        with pytest.raises(DatabaseError), transaction.atomic():
            ReferralOut.objects.filter(pk=out.pk).update(
                state="ended", first_service_on=timezone.localdate()
            )


class TestSilence:
    def test_no_answer_is_asked_again_and_then_handed_back(self, help_there: Helping) -> None:
        out = help_there.sent()
        first = out.link
        day = out.due_on + timedelta(days=1)

        assert keep_clocks(day)["reminded"] == 1
        out.refresh_from_db()
        assert (out.reminded_on, out.handed_back_on) == (day, None)
        assert out.link != first
        first.refresh_from_db()
        assert first.revoked_at is not None
        assert keep_clocks(day) == {"reminded": 0, "handed_back": 0, "asked": 0}

        call = Calendar().after(day, 3) + timedelta(days=1)
        assert keep_clocks(call)["handed_back"] == 1
        out.refresh_from_db()
        assert out.handed_back_on == call
        assert out.state == OutState.SENT

    def test_an_answer_starts_the_next_clock_clean(self, help_there: Helping) -> None:
        out = help_there.sent()
        keep_clocks(out.due_on + timedelta(days=1))

        out = outward.answer(out=out, to="accepted", contact=help_there.ines)

        assert (out.reminded_on, out.handed_back_on) == (None, None)

    def test_nothing_is_sent_under_a_consent_that_is_over(self, help_there: Helping) -> None:
        out = help_there.sent()
        Consent.objects.filter(pk=out.consent_id).update(expires_on=out.due_on)
        links = Link.objects.count()

        keep_clocks(out.due_on + timedelta(days=1))

        out.refresh_from_db()
        assert out.handed_back_on is not None
        assert Link.objects.count() == links

    def test_a_partner_that_vanishes_is_handed_back(self, help_there: Helping) -> None:
        out = help_there.sent()
        help_there.ines.ends = timezone.localdate()
        help_there.ines.save()

        keep_clocks(out.due_on + timedelta(days=1))

        out.refresh_from_db()
        assert out.handed_back_on is not None

    def test_on_the_day_itself_nobody_is_late(self, help_there: Helping) -> None:
        out = help_there.sent()

        assert keep_clocks(out.due_on) == {"reminded": 0, "handed_back": 0, "asked": 0}


class TestAChildWhoMoves:
    def test_the_new_team_goes_on_and_the_old_one_has_it_no_more(self, help_there: Helping) -> None:
        out, cast = help_there.sent(), help_there.cast
        lena = makers.make_user(cast.alder, "Lena Park", "coordinator", school=cast.larkspur)
        assert not ReferralOut.objects.where_team_may(lena, May.WORK_REFERRALS).exists()

        cast.minh_anh.school = cast.larkspur
        cast.minh_anh.save(update_fields=["school"])

        assert ReferralOut.objects.where_team_may(lena, May.WORK_REFERRALS).get() == out
        assert not ReferralOut.objects.where_team_may(cast.rosa, May.SEE_REFERRALS).exists()
        assert not ReferralOut.objects.visible_to(cast.rosa).exists()


class TestWasItMet:
    def test_before_anything_took_place_nobody_is_asked(self, help_there: Helping) -> None:
        with pytest.raises(NotAllowed, match="Nothing has taken place"):
            outward.ask_family(out=help_there.sent(), by=help_there.cast.rosa)

    def test_after_a_no_the_family_may_be_asked_too(self, help_there: Helping) -> None:
        out = outward.answer(
            out=help_there.sent(), to="declined", declined_because="no_place",
            contact=help_there.ines,
        )  # fmt: skip

        assert outward.ask_family(out=out, by=help_there.cast.rosa).met_asked_at

    def test_weeks_after_the_first_visit_the_family_is_asked_once(
        self, help_there: Helping
    ) -> None:
        out = _served(help_there)

        assert keep_clocks(out.due_on + timedelta(days=1))["asked"] == 1
        assert keep_clocks(out.due_on + timedelta(days=2))["asked"] == 0

    def test_partly_keeps_the_need_open(self, help_there: Helping) -> None:
        out = _served(help_there)

        outward.say_met(out=out, met=Met.PARTLY, still_needed="Đi lại khó quá.")

        assert list(ReferralOut.objects.still_needed(timezone.localdate())) == [out]
        outward.say_met(out=out, met=Met.YES)
        assert not ReferralOut.objects.still_needed(timezone.localdate()).exists()

    def test_the_letter_names_nobody(self, help_there: Helping) -> None:
        out = _served(help_there)
        person = help_there.cast.person("linh")
        person.email, person.reach_by = "linh@home.example", "email"
        person.save()

        ask_whether_met(out_id=out.pk, district_id=out.district_id)

        [letter] = mail.outbox
        assert letter.to == ["linh@home.example"]
        assert str(out.met_key) in letter.body
        for name in ("Minh", "Willow", "Ines"):
            assert name not in letter.body + letter.subject

    def test_nor_does_the_one_that_says_it_was_taken_back(self, help_there: Helping) -> None:
        out = help_there.sent()
        consent.take_back(consent=out.consent, by=None)
        mail.outbox.clear()

        tell_withdrawn(out_id=out.pk, district_id=out.district_id)

        [letter] = mail.outbox
        assert letter.to == ["ines@willow.example"]
        for name in ("Minh", "Linh", "Nguyen", "Tran"):
            assert name not in letter.body + letter.subject


def test_the_team_and_the_mother_see_it_and_the_teacher_does_not(help_there: Helping) -> None:
    out, cast = help_there.sent(), help_there.cast

    told = {watcher.user.name for watcher in people_who_may_see(out)}
    for key in ("rosa", "amina", "grace", "linh", "tom", "priya", "helen"):
        user = getattr(cast, key)
        assert ReferralOut.objects.visible_to(user).exists() == (user.name in told), key
    assert cast.linh.name in told
    assert cast.tom.name not in told


def test_sent_at_midnight_of_the_30th_of_june_it_is_due_in_the_year_that_begins(
    help_there: Helping,
) -> None:
    """The clock stands at the year's turn; the day that is due is reckoned from the school's own
    day, not from Greenwich's, where July has long begun."""
    midnight = datetime(2027, 6, 30, 23, 59, 59, tzinfo=HOME)
    with time_machine.travel(midnight, tick=False):
        out = help_there.sent()

    assert out.since == date(2027, 6, 30)
    assert out.due_on == Calendar().after(date(2027, 6, 30), 5)


def test_a_name_with_an_apostrophe_and_one_from_right_to_left_go_as_they_are(
    help_there: Helping,
) -> None:
    for first, family in (("D'Arcy", "O'Brien-Ruiz"), ("يوسف", "حدّاد"), ("Zoë 🦕", "Nguyễn")):
        person = help_there.cast.minh_anh.person
        person.given_name, person.family_name = first, family
        person.save()

        assert help_there.sent().shared[Element.NAME] == f"{first} {family}"


def test_each_promise_has_its_day_and_source() -> None:
    for key in ("sent", "accepted", "served", "remind"):
        assert rules.school_days_for(key, date(2026, 11, 30)) > 0
    with pytest.raises(KeyError):
        rules.school_days_for("sent", date(2020, 1, 1))


def helping_elsewhere(help_there: Helping) -> Any:
    """The same kind of service at another organization."""
    other = Organization.objects.create(district=help_there.cast.alder, name="Elm House")
    return Service.objects.create(
        district=help_there.cast.alder, organization=other, name="Evening talks"
    )


def _served(help_there: Helping) -> ReferralOut:
    return outward.answer(
        out=help_there.sent(), to="served", first_service_on=timezone.localdate(),
        contact=help_there.ines,
    )  # fmt: skip


class TestWhatItIsAbout:
    def test_it_is_kept_as_the_service_was_sorted(self, help_there: Helping) -> None:
        """Upstream the service is gone later; what Minh Anh's family asked for is still known."""
        service = help_there.service
        Service.objects.filter(pk=service.pk).update(name="Counseling, and a food pantry")
        renew_listings(district_id=service.district_id)
        allowed = help_there.allowed()

        first, second = (
            help_there.sent(consent=allowed),
            help_there.sent(consent=allowed, need="talking"),
        )
        Service.objects.filter(pk=service.pk).update(status="defunct")
        renew_listings(district_id=service.district_id)

        first.refresh_from_db()
        assert (first.need, second.need) == ("food", "talking"), "the first of the list; as chosen"
        assert needs_of(service.pk) == []

    def test_of_a_service_for_several_things_it_is_asked(self, help_there: Helping) -> None:
        contacts = [help_there.ines]
        form = SendForm(contacts=contacts, needs=["food", "talking"])
        assert [key for key, _label in form.fields["need"].choices] == ["food", "talking"]  # type: ignore[attr-defined]
        assert "need" not in SendForm(contacts=contacts, needs=["food"]).fields
