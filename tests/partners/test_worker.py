"""Ines of the clinic signs in: she reads what was sent to her, while both sides allow it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.access.actions import end_membership
from hearth.access.models import Membership, User
from hearth.access.visible import people_who_may_see, why
from hearth.audit.models import Look
from hearth.partners.actions import agreement, consent, contact, outward, worker
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Capacity, Consent, Contact, Organization, ReferralOut
from hearth.partners.models.words import OutState
from hearth.partners.reading.sharing import may_share
from hearth.people.models import PartnerWorker, Person
from tests.cast import Cast
from tests.partners.asking import browser
from tests.partners.helping import WORDS, Helping, helping
from tests.partners.world import signed, teo

YESTERDAY = timedelta(days=-1)


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    return helping(cast)


@pytest.fixture
def ines(help_there: Helping) -> User:
    """Rosa lets her in; she has chosen a password."""
    worker.let_in(contact=help_there.ines, by=help_there.cast.rosa)
    return User.objects.get(email="ines@willow.example")


def opened(user: User, out: ReferralOut) -> Any:
    return browser(user).get(reverse("worker:referral", args=[out.pk]))


def listed(user: User) -> str:
    return browser(user).get(reverse("worker:asked")).content.decode()


def say(client: Client, out: ReferralOut, **said: Any) -> Any:
    return client.post(reverse("worker:referral", args=[out.pk]), said)


class TestWhatSheReads:
    def test_exactly_what_linh_allowed_and_the_family_sees_that_she_looked(
        self, help_there: Helping, ines: User
    ) -> None:
        out = help_there.sent()
        assert "Minh Anh" in listed(ines)
        page = opened(ines, out).content.decode()
        assert WORDS in page
        assert "2016" not in page  # the birthday was not allowed
        looks = Look.objects.filter(student_id=out.student_id, by=ines.pk)
        assert looks.count() == 2  # the list shows the name, too

    def test_a_name_that_was_not_allowed_stands_on_no_list(
        self, help_there: Helping, ines: User
    ) -> None:
        asked = help_there.asked(elements=["asked_for"])
        yes = consent.answer(consent=asked, yes=True, way=Consent.Way.LINK)
        out = help_there.sent(consent=yes)
        assert "Minh Anh" not in listed(ines) + opened(ines, out).content.decode()

    def test_nothing_else_of_the_house_opens(self, help_there: Helping, ines: User) -> None:
        out = help_there.sent()
        client = browser(ines)
        for address in (
            reverse("student", args=[out.student_id]), "/search?q=minh", "/directory/", "/out/",
            reverse("out:referral", args=[out.pk]), "/people/students/", "/referrals/",
        ):  # fmt: skip
            assert client.get(address).status_code in (403, 404), address
        assert "Minh Anh" not in client.get("/").content.decode()

    def test_the_list_asks_as_often_for_one_as_for_many(
        self, help_there: Helping, ines: User, django_assert_max_num_queries: Any
    ) -> None:
        yes = help_there.allowed()
        for _one in range(4):
            help_there.sent(consent=yes)
        client = browser(ines)
        client.get(reverse("worker:asked"))
        # Four of its own; ten open the page, and keep that she looked.
        with django_assert_max_num_queries(14):
            client.get(reverse("worker:asked"))

    def test_both_ends_of_the_footing_say_the_same(self, help_there: Helping, ines: User) -> None:
        out = help_there.sent()
        assert [str(one) for one in why(ines, out)] == [
            "It was sent to you, and the family allows it."
        ]
        assert ines in [one.user for one in people_who_may_see(out)]
        consent.take_back(consent=out.consent, by=None)
        assert not why(ines, out)
        assert ines not in [one.user for one in people_who_may_see(out)]


def consent_taken_back(help_there: Helping, out: ReferralOut) -> None:
    consent.take_back(consent=out.consent, by=None)


def consent_over(help_there: Helping, out: ReferralOut) -> None:
    Consent.objects.update(expires_on=timezone.localdate() + YESTERDAY)


def agreement_ended(help_there: Helping, out: ReferralOut) -> None:
    agreement.end(
        agreement=help_there.agreement, on=timezone.localdate(), why="Closed.",
        by=help_there.cast.helen,
    )  # fmt: skip


def agreement_for_less(help_there: Helping, out: ReferralOut) -> None:
    """A new paper was signed, and it does not allow that a family's phone is told."""
    agreement_ended(help_there, out)
    signed(help_there.clinic, help_there.cast.helen)


def team_withdrew(help_there: Helping, out: ReferralOut) -> None:
    outward.withdraw(out=out, by=help_there.cast.rosa)


def worker_ended(help_there: Helping, out: ReferralOut) -> None:
    PartnerWorker.objects.filter(contact=help_there.ines).update(
        starts=timezone.localdate() + 2 * YESTERDAY, ends=timezone.localdate() + YESTERDAY
    )


def contact_ended(help_there: Helping, out: ReferralOut) -> None:
    Contact.objects.filter(pk=help_there.ines.pk).update(ends=timezone.localdate() + YESTERDAY)


def let_go(help_there: Helping, out: ReferralOut) -> None:
    worker.let_go(contact=help_there.ines, by=help_there.cast.rosa)


def role_taken(help_there: Helping, out: ReferralOut) -> None:
    """On the page of people here, by somebody who knows nothing of partners."""
    held = Membership.objects.get(user__email=help_there.ines.email)
    end_membership(membership=held, by=help_there.cast.rosa)


def another_mailbox(help_there: Helping, out: ReferralOut) -> None:
    """Somebody else does her work now, and Rosa writes over the old entry."""
    there = Contact.objects.get(pk=help_there.ines.pk)
    said = {"name": "Ana Ruiz", "email": "ana@willow.example", "language": "en",
            "starts": there.starts, "ends": None}  # fmt: skip
    contact.change_contact(contact=there, said=said, by=help_there.cast.rosa)


class TestTheEnd:
    @pytest.mark.parametrize("ends", [
        consent_taken_back, consent_over, agreement_ended, agreement_for_less, team_withdrew,
        worker_ended, contact_ended, let_go, another_mailbox, role_taken,
    ], ids=lambda one: one.__name__)  # fmt: skip
    def test_between_the_list_and_opening_it_shuts_at_once(
        self, help_there: Helping, ines: User, ends: Callable[..., None]
    ) -> None:
        out = help_there.sent()
        assert "Minh Anh" in listed(ines)
        ends(help_there, out)
        before = Look.objects.filter(student_id=out.student_id).count()
        page = opened(ines, out)
        assert page.status_code in (403, 404)
        answer = say(browser(ines), out, to="accepted")
        assert answer.status_code in (403, 404)
        told = listed(ines) + page.content.decode() + answer.content.decode()
        assert "Minh Anh" not in told
        assert Look.objects.filter(student_id=out.student_id).count() == before

    def test_what_she_sees_is_what_the_rules_allow(self, help_there: Helping, ines: User) -> None:
        """The database's word and the rules' are one, whatever the paper lacks."""
        out, today = help_there.sent(), timezone.localdate()
        papers: list[dict[str, Any]] = [
            {}, {"purposes": ["together"]}, {"elements": ["name"]}, {"expires": today},
            {"starts": today + timedelta(days=1)}, {"expires": today + YESTERDAY},
            {"at_school": True}, {"at_school": True, "insured_until": today},
            {"at_school": True, "insured_until": today, "cleared_until": today},
        ]  # fmt: skip
        kept = help_there.agreement
        stands = {
            name: getattr(kept, name)
            for name in ("purposes", "elements", "starts", "expires", "at_school",
                         "insured_until", "cleared_until")
        }  # fmt: skip
        for paper in papers:
            type(kept).objects.filter(pk=kept.pk).update(**{**stands, **paper})
            allows = may_share(help_there.clinic, out.elements, "support", today) is None
            assert bool(why(ines, out)) is allows, paper

    def test_taken_back_while_she_types_shows_nothing_again(
        self, help_there: Helping, ines: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = help_there.sent()
        answer = outward.answer

        def too_late(**said: Any) -> Any:
            consent.take_back(consent=Consent.objects.get(), by=None)
            return answer(**said)

        monkeypatch.setattr(outward, "answer", too_late)
        page = say(browser(ines), out, to="accepted")
        assert page.status_code == 410
        assert "Minh Anh" not in page.content.decode()

    def test_the_account_goes_with_the_last_of_her_work(
        self, help_there: Helping, ines: User
    ) -> None:
        let_go(help_there, help_there.sent())
        assert not Membership.objects.current().filter(user=ines).exists()


class TestAnswering:
    def test_her_answer_is_a_step_in_her_name(self, help_there: Helping, ines: User) -> None:
        out = help_there.sent()
        assert say(browser(ines), out, to="accepted", words="Thursday at 4.").status_code == 302
        out.refresh_from_db()
        assert out.state == OutState.ACCEPTED
        assert out.steps.latest("pk").contact == help_there.ines

    def test_a_double_click_is_one_answer(self, help_there: Helping, ines: User) -> None:
        out, client = help_there.sent(), browser(ines)
        until = (timezone.localdate() + timedelta(days=30)).isoformat()
        for said in ({"to": "accepted"}, {"to": "waiting", "wait_until": until}):
            for _press in range(2):
                assert say(client, out, **said).status_code == 302
        assert [step.went_to for step in out.steps.order_by("pk")] == [
            "sent",
            "accepted",
            "waiting",
        ]

    def test_of_two_who_answer_at_once_the_second_is_told_where_it_stands(
        self, help_there: Helping, ines: User
    ) -> None:
        out = help_there.sent()
        outward.answer(out=out, to="accepted", by=help_there.cast.rosa)  # heard on the phone
        page = say(browser(ines), out, to="accepted")
        assert page.status_code == 200
        assert "Look again" in page.content.decode()
        assert out.steps.count() == 2

    def test_how_many_places_are_free_with_them_and_nobody_else(
        self, help_there: Helping, ines: User
    ) -> None:
        client, service = browser(ines), help_there.service
        assert service.name in client.get(reverse("worker:places")).content.decode()
        client.post(reverse("worker:places"), {f"s{service.pk}-places": "3"})
        told = Capacity.objects.get()
        assert (told.places, told.contact, told.service) == (3, help_there.ines, service)


class TestWhoIsLetIn:
    def test_another_organizations_worker_sees_none_of_it(
        self, help_there: Helping, ines: User
    ) -> None:
        out = help_there.sent()
        made = Organization.objects.create(district=help_there.cast.alder, name="Open Door")
        signed(made, help_there.cast.helen, elements=["name", "reach_family", "home_language",
                                                      "asked_for"])  # fmt: skip
        worker.let_in(contact=teo(made, help_there.cast.helen), by=help_there.cast.rosa)
        other = User.objects.get(email="teo@opendoor.example")
        for stranger in (other, help_there.cast.marcus):
            assert opened(stranger, out).status_code == 404
            assert "Minh Anh" not in listed(stranger)

    def test_a_colleague_at_the_same_clinic_has_letters_of_their_own(
        self, help_there: Helping, ines: User
    ) -> None:
        out = help_there.sent()
        said = {"name": "Ana Ruiz", "email": "ana@willow.example", "language": "en",
                "starts": timezone.localdate(), "ends": None}  # fmt: skip
        ana = contact.write_contact(
            organization=help_there.clinic, said=said, by=help_there.cast.rosa
        )
        worker.let_in(contact=ana, by=help_there.cast.rosa)
        assert opened(User.objects.get(email="ana@willow.example"), out).status_code == 404

    def test_another_school_has_not_let_her_in(self, help_there: Helping, ines: User) -> None:
        out = help_there.sent()
        Membership.objects.filter(user=ines).update(school=help_there.cast.sycamore)
        assert opened(ines, out).status_code == 404
        assert ines not in [one.user for one in people_who_may_see(out)]

    def test_a_second_school_lets_her_in_for_its_own(self, help_there: Helping, ines: User) -> None:
        Membership.objects.filter(user=ines).update(school=help_there.cast.sycamore)
        out = help_there.sent()
        client = browser(help_there.cast.rosa)
        address = reverse("partners:let_in", args=[help_there.ines.pk])
        page = reverse("partners:partner", args=[help_there.clinic.pk])
        assert address in client.get(page).content.decode()
        client.post(address)
        assert address not in client.get(page).content.decode()
        assert opened(ines, out).status_code == 200

    def test_the_district_lets_her_in_for_all(self, help_there: Helping) -> None:
        worker.let_in(contact=help_there.ines, by=help_there.cast.helen)
        user = User.objects.get(email="ines@willow.example")
        assert opened(user, help_there.sent()).status_code == 200

    def test_letting_in_twice_makes_one_person(self, help_there: Helping, ines: User) -> None:
        worker.let_in(contact=help_there.ines, by=help_there.cast.rosa)
        assert Person.objects.filter(user=ines).count() == 1
        assert PartnerWorker.objects.filter(person__user=ines).count() == 1

    def test_a_mother_who_works_there_keeps_her_own_page(self, help_there: Helping) -> None:
        """One person, two roles: her sign-in as a mother is the one she has."""
        linh = help_there.cast.linh
        Contact.objects.filter(pk=help_there.ines.pk).update(email=linh.email)
        worker.let_in(contact=help_there.ines, by=help_there.cast.rosa)
        assert PartnerWorker.objects.get(contact=help_there.ines).person.user == linh
        roles = Membership.objects.current().filter(user=linh).values_list("role", flat=True)
        assert set(roles) == {"guardian", "partner_worker"}

    def test_a_teacher_lets_nobody_in(self, help_there: Helping) -> None:
        with pytest.raises(NotAllowed):
            worker.let_in(contact=help_there.ines, by=help_there.cast.tom)
        client = browser(help_there.cast.tom)
        assert client.post(reverse("partners:let_in", args=[help_there.ines.pk])).status_code == 403
