"""Linh decides what the clinic may know of Minh Anh; nobody else does, and she may change it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.access.visible import people_who_may_see, why
from hearth.audit.models import Event
from hearth.partners.actions import consent, outward
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.actions.listing import renew_listings
from hearth.partners.models import Consent, Listing, OutStep
from hearth.partners.models.words import Element, OutState
from hearth.partners.reading import facts
from hearth.partners.rules.consent import Given, covers
from hearth.people.models import Guardian, Guardianship, Student
from tests import makers
from tests.cast import Cast
from tests.partners.helping import SHARED, Helping, helping

Way = Consent.Way


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    return helping(cast)


class TestWhatAYesCovers:
    YES = Given("support", frozenset({"name", "school_grade"}), date(2026, 9, 1), date(2027, 6, 1))

    @pytest.mark.parametrize(
        ("day", "holds"),
        [
            (date(2026, 8, 31), False),
            (date(2026, 9, 1), True),
            (date(2027, 6, 1), True),
            (date(2027, 6, 2), False),
        ],
    )
    def test_from_its_day_to_its_last_day(self, day: date, holds: bool) -> None:
        assert covers(self.YES, purpose="support", elements=["name"], on=day) is holds

    def test_not_one_fact_more(self) -> None:
        more = ["name", "birthdate"]
        assert not covers(self.YES, purpose="support", elements=more, on=date(2026, 9, 2))

    def test_for_no_other_purpose(self) -> None:
        assert not covers(self.YES, purpose="together", elements=["name"], on=date(2026, 9, 2))

    def test_nothing_at_all_is_no_question_to_say_yes_to(self) -> None:
        assert not covers(self.YES, purpose="support", elements=[], on=date(2026, 9, 2))

    def test_not_once_it_is_taken_back(self) -> None:
        back = Given("support", self.YES.elements, date(2026, 9, 1), date(2027, 6, 1),
                     withdrawn_on=date(2026, 9, 2))  # fmt: skip
        assert not covers(back, purpose="support", elements=["name"], on=date(2026, 9, 2))


class TestAsking:
    def test_rosa_asks_and_nothing_is_allowed_by_asking(self, help_there: Helping) -> None:
        asked = help_there.asked()

        assert asked.is_waiting
        assert not asked.is_live(timezone.localdate())
        event = Event.objects.get(verb="consent_asked", about_id=asked.pk)
        assert event.student_id == help_there.cast.minh_anh.pk

    def test_pressed_twice_it_is_one_question(self, help_there: Helping) -> None:
        nonce = uuid4()
        first, second = help_there.asked(nonce=nonce), help_there.asked(nonce=nonce)

        assert first.pk == second.pk
        assert Consent.objects.count() == 1
        # Grace was sent the address of Rosa's own form.
        with pytest.raises(NotAllowed, match="Open the page anew"):
            help_there.asked(nonce=nonce, by=help_there.cast.grace)

    @pytest.mark.parametrize("service", ["²", "9" * 5000, "-1", "x"])
    def test_an_address_that_names_no_service_is_a_page_all_the_same(
        self, help_there: Helping, service: str
    ) -> None:
        rosa = Client()
        rosa.force_login(help_there.cast.rosa)
        page = rosa.get(f"/out/consents/{help_there.asked().pk}/", {"service": service})
        assert page.status_code == 200

    def test_an_adult_without_the_right_to_decide_is_not_asked(self, help_there: Helping) -> None:
        Guardianship.objects.filter(student=help_there.cast.minh_anh).update(may_decide=False)

        with pytest.raises(NotAllowed, match="may decide"):
            help_there.asked()

    def test_nor_one_who_may_not_see_records(self, help_there: Helping) -> None:
        Guardianship.objects.filter(student=help_there.cast.minh_anh).update(may_see_records=False)

        with pytest.raises(NotAllowed, match="may decide"):
            help_there.asked()

    def test_nor_an_adult_of_another_family(self, help_there: Helping) -> None:
        cast = help_there.cast
        other = makers.make_person(cast.alder, "Luis", "Ruiz")
        makers.make_guardian(cast.diego, other, "father")

        with pytest.raises(NotAllowed, match="may decide"):
            help_there.asked(adult=Guardian.objects.get(person=other))

    def test_toms_class_is_not_the_team(self, help_there: Helping) -> None:
        with pytest.raises(NotAllowed, match="support team"):
            help_there.asked(by=help_there.cast.tom)

    def test_a_day_that_is_past_is_no_day(self, help_there: Helping) -> None:
        with pytest.raises(NotAllowed, match="still to come"):
            help_there.asked(expires_on=timezone.localdate())


class TestAnswering:
    def test_linh_says_yes_and_the_first_answer_stands(self, help_there: Helping) -> None:
        given = help_there.allowed()

        assert given.is_live(timezone.localdate())
        assert given.written_by is None
        with pytest.raises(NotAllowed, match="already"):
            consent.answer(consent=given, yes=False, way=Way.LINK)

    def test_no_is_an_answer_too(self, help_there: Helping) -> None:
        said = consent.answer(consent=help_there.asked(), yes=False, way=Way.LINK)

        assert not said.is_live(timezone.localdate())
        with pytest.raises(NotAllowed, match="has not allowed"):
            help_there.sent(consent=said)

    def test_a_no_before_anything_was_sent_is_told_to_the_numbers(
        self, help_there: Helping
    ) -> None:
        """Of the need for which Linh was asked; what nobody sorted is told of nobody."""
        assert list(facts.needs()) == []
        for need in ("talking", ""):
            asked = help_there.asked(need=need)
            consent.answer(consent=asked, yes=False, way=Way.LINK)
        no = Consent.objects.get(need="talking")
        minh_anh = help_there.cast.minh_anh
        assert list(facts.needs()) == [
            (minh_anh.pk, minh_anh.school_id, -no.pk, "talking", timezone.localdate(), "declined",
             "family_said_no", "", None, None),
        ]  # fmt: skip
        sent = help_there.sent(need="talking")
        assert {row[2] for row in facts.needs()} == {-no.pk, sent.pk}
        # She moves to another school; her mother's no stays where it was said.
        Student.objects.filter(pk=minh_anh.pk).update(school=help_there.cast.larkspur)
        assert {row[1] for row in facts.needs()} == {minh_anh.school_id}

    def test_rosa_asks_about_what_the_service_is_sorted_under(self, help_there: Helping) -> None:
        renew_listings(district_id=help_there.cast.alder.pk)
        Listing.objects.filter(service=help_there.service).update(needs=["talking"])
        student, service = help_there.cast.minh_anh, help_there.service
        form = reverse("out:ask", args=[student.pk, service.pk])
        client = Client()
        client.force_login(help_there.cast.rosa)
        client.post(f"{form}?form={uuid4()}", {
            "adult": help_there.linh.pk, "elements": ["name"], "language": "vi",
            "expires_on": timezone.localdate() + timedelta(days=200),
        })  # fmt: skip
        assert Consent.objects.get().need == "talking"

    def test_with_an_interpreter_somebody_names_them(self, help_there: Helping) -> None:
        asked, amina = help_there.asked(), help_there.cast.amina
        with pytest.raises(NotAllowed, match="who interpreted"):
            consent.answer(consent=asked, yes=True, way=Way.INTERPRETER, written_by=amina)

        with pytest.raises(NotAllowed, match="how you knew"):
            consent.answer(consent=asked, yes=True, way=Way.INTERPRETER, written_by=amina,
                           interpreted_by="district")  # fmt: skip

        said = consent.answer(consent=asked, yes=True, way=Way.INTERPRETER, written_by=amina,
                              interpreted_by="district", understood="said_back")  # fmt: skip
        assert said.get_interpreted_by_display() == "an interpreter of the district"
        assert said.written_by == amina

    def test_paper_without_a_name_beside_it_is_refused_by_the_database(
        self, help_there: Helping
    ) -> None:
        with pytest.raises(IntegrityError, match="consent_written_down"), transaction.atomic():
            consent.answer(consent=help_there.asked(), yes=True, way=Way.PAPER)

    def test_a_question_that_is_too_old_is_asked_anew(self, help_there: Helping) -> None:
        asked = help_there.asked()
        Consent.objects.filter(pk=asked.pk).update(
            expires_on=timezone.localdate() - timedelta(days=1)
        )
        with pytest.raises(NotAllowed, match="too old"):
            consent.answer(consent=asked, yes=True, way=Way.LINK)


class TestTakingBack:
    def test_everything_open_with_the_clinic_ends_and_its_link_is_dead(
        self, help_there: Helping
    ) -> None:
        out = help_there.sent()

        consent.take_back(consent=out.consent, by=None)

        out.refresh_from_db()
        assert out.state == OutState.WITHDRAWN
        assert out.link.revoked_at is not None
        last = OutStep.objects.filter(referral=out).latest("pk")
        assert (last.came_from, last.went_to) == ("sent", "withdrawn")

    def test_said_twice_the_first_time_stands(self, help_there: Helping) -> None:
        given = help_there.allowed()
        first = consent.take_back(consent=given, by=None).withdrawn_at

        assert consent.take_back(consent=given, by=help_there.cast.rosa).withdrawn_at == first

    def test_what_was_answered_is_not_unsaid(self, help_there: Helping) -> None:
        """A service that has ended stays as it was: what they read they read."""
        out = help_there.sent()
        today = timezone.localdate()
        outward.answer(out=out, to="served", first_service_on=today, contact=help_there.ines)
        outward.answer(out=out, to="ended", contact=help_there.ines)

        consent.take_back(consent=out.consent, by=None)

        out.refresh_from_db()
        assert out.state == OutState.ENDED


class TestTheBirthday:
    def test_linh_knows_it(self, help_there: Helping) -> None:
        asked = _born(help_there, date(2016, 3, 4))

        assert consent.knows_birthday(consent=asked, said=date(2016, 3, 4))

    def test_five_wrong_ones_shut_the_link_also_to_the_right_one(self, help_there: Helping) -> None:
        asked = _born(help_there, date(2016, 3, 4))
        for _ in range(5):
            assert not consent.knows_birthday(consent=asked, said=date(2016, 4, 3))

        asked.refresh_from_db()
        assert asked.is_shut
        assert not consent.knows_birthday(consent=asked, said=date(2016, 3, 4))

    def test_where_the_school_knows_none_nothing_opens(self, help_there: Helping) -> None:
        asked = _born(help_there, None)

        assert not consent.knows_birthday(consent=asked, said=date(2016, 3, 4))


class TestWhoMayReadIt:
    def test_the_team_the_mother_and_nobody_else(self, help_there: Helping) -> None:
        asked = help_there.asked()

        told = {watcher.user.name for watcher in people_who_may_see(asked)}
        cast = help_there.cast
        for key in ("rosa", "amina", "grace", "linh", "tom", "priya", "helen", "omar"):
            user = getattr(cast, key) if key != "omar" else None
            if user:
                seen = Consent.objects.visible_to(user).filter(pk=asked.pk).exists()
                assert seen == (user.name in told) == bool(why(user, asked)), key
        assert cast.linh.name in told
        assert cast.tom.name not in told

    def test_every_fact_has_its_words(self, help_there: Helping) -> None:
        asked = help_there.asked()

        assert len(asked.elements_in_words) == len(SHARED)
        assert str(Element.NAME.label) in asked.elements_in_words


def _born(help_there: Helping, day: date | None) -> Consent:
    person = help_there.cast.minh_anh.person
    person.birth_date = day
    person.save(update_fields=["birth_date"])
    asked = help_there.asked()
    return Consent.objects.select_related("student__person").get(pk=asked.pk)
