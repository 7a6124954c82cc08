"""Rosa and Helen keep what was signed with partners; nothing is told without it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.audit.models import Event
from hearth.partners.actions import agreement as actions
from hearth.partners.actions import contact as contacts
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.front.today import waiting_with_partners
from hearth.partners.models import Agreement, Contact, Organization, Reminder
from hearth.partners.reading.sharing import may_share, under
from hearth.partners.tasks import send_reminders
from hearth.partners.tasks.reminders import call_to_mind
from tests.cast import Cast
from tests.partners.test_pages import browser
from tests.partners.world import days, open_door, postman, signed, teo, terms

Deliver = Callable[[], list[EmailMessage]]


@pytest.fixture
def door(cast: Cast) -> Organization:
    return open_door(cast)


@pytest.fixture
def deliver() -> Deliver:
    return postman()


def refused(organization: Organization, *elements: str, purpose: str = "support") -> str:
    found = may_share(organization, elements, purpose, timezone.localdate())
    return found.words if found else ""


# What may be told


def test_without_an_agreement_nothing_is_told(cast: Cast, door: Organization) -> None:
    assert refused(door, "name") == "There is no agreement with them yet."


def test_under_a_live_one_what_it_names_may_be_told_and_no_more(
    cast: Cast, door: Organization
) -> None:
    agreement = signed(door, cast.rosa)
    assert refused(door, "name", "asked_for") == ""
    assert under(door, ["name"], "support", timezone.localdate()) == agreement
    assert refused(door, "name", "iep_504") == (
        "The agreement with them does not allow: Whether there is an IEP or a 504 plan: yes or no."
    )
    assert refused(door, "name", purpose="figures") == (
        "The agreement with them is not for this purpose."
    )


def test_an_expired_insurance_says_no_for_those_who_come_to_school(
    cast: Cast, door: Organization
) -> None:
    agreement = signed(door, cast.rosa, at_school=True, insured_until=days(-1),
                       cleared_until=days(90))  # fmt: skip
    assert "their insurance ended on" in refused(door, "name")
    actions.change(
        agreement=agreement, by=cast.helen,
        said=terms(at_school=True, insured_until=days(200), cleared_until=days(90)),
    )  # fmt: skip
    assert refused(door, "name") == ""


def test_a_memorandum_beside_a_sharing_one_takes_nothing_away(
    cast: Cast, door: Organization
) -> None:
    signed(door, cast.rosa, kind="memorandum")
    assert "a memorandum" in refused(door, "name")
    signed(door, cast.rosa, kind="data_sharing")
    assert refused(door, "name") == ""


def test_ended_early_nothing_is_told_from_that_day(cast: Cast, door: Organization) -> None:
    agreement = signed(door, cast.rosa)
    with pytest.raises(NotAllowed):
        actions.end(agreement=agreement, on=days(0), why="  ", by=cast.helen)
    actions.end(agreement=agreement, on=days(0), why="The clinic closed.", by=cast.helen)
    assert "was ended on" in refused(door, "name")
    assert not Agreement.objects.live(days(0)).exists()
    assert Agreement.objects.live(days(-1)).get() == agreement
    with pytest.raises(NotAllowed):
        actions.end(agreement=agreement, on=days(0), why="Again.", by=cast.helen)
    assert Event.objects.filter(verb="agreement ended", by=cast.helen.pk).count() == 1


def test_renewed_another_follows_and_the_first_stays_as_it_was_signed(
    cast: Cast, door: Organization
) -> None:
    first = signed(door, cast.rosa, expires=days(20))
    told = terms(starts=days(21), expires=days(380), elements=["name"])
    second = actions.renew(agreement=first, said=told, by=cast.rosa)
    assert (second.follows, first.elements) == (first, ["name", "school_grade", "asked_for"])
    with pytest.raises(NotAllowed, match="renewed already"):
        actions.renew(agreement=first, said=told, by=cast.rosa)
    with pytest.raises(NotAllowed, match="renewed already"):
        actions.change(agreement=first, said=told, by=cast.rosa)
    with pytest.raises(NotAllowed, match="begins after"):
        actions.renew(agreement=second, said=terms(starts=days(21)), by=cast.rosa)


def test_how_it_was_before_a_change_stays_in_its_history(cast: Cast, door: Organization) -> None:
    agreement = signed(door, cast.rosa)
    actions.change(agreement=agreement, said=terms(elements=["name"]), by=cast.helen)
    kept = Agreement.pgh_event_model.objects.filter(pgh_obj_id=agreement.pk)  # type: ignore[attr-defined]
    assert [row.elements for row in kept] == [["name", "school_grade", "asked_for"]]
    last = Event.objects.filter(verb="agreement changed").latest("at")
    assert last.facts == {"fields": ["elements"]} or "elements" in last.facts["fields"]


# What the database refuses


@pytest.mark.parametrize(
    ("said", "constraint"),
    [
        ({"expires": days(-100)}, "agreement_expires_after_start"),
        ({"elements": []}, "agreement_says_what_is_told"),
        ({"purposes": []}, "agreement_says_what_is_told"),
        ({"basis": ""}, "agreement_says_what_is_told"),
        ({"kind": "memorandum"}, "agreement_says_what_is_told"),
        ({"elements": ["grades"]}, "agreement_words_known"),
        ({"purpose": ""}, "agreement_has_purpose"),
        ({"ended_on": days(0)}, "agreement_ended_says_why"),
        ({"ended_why": "Because"}, "agreement_ended_says_why"),
    ],
)
def test_the_database_refuses_half_an_agreement(
    cast: Cast, door: Organization, said: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Agreement.objects.create(
            district=cast.alder, organization=door, made_by=cast.rosa, **terms(**said)
        )


def test_an_address_stands_once_for_those_who_work_there(cast: Cast, door: Organization) -> None:
    first = teo(door, cast.rosa)
    assert first.email == "teo@opendoor.example"
    with pytest.raises(NotAllowed, match="already"):
        teo(door, cast.rosa, name="Teodoro")
    contacts.change_contact(contact=first, said={**vars(first), "ends": days(-1)}, by=cast.rosa)
    assert teo(door, cast.rosa, name="Teodoro").pk
    assert [c.name for c in Contact.objects.current(days(0))] == ["Teodoro"]
    with pytest.raises(IntegrityError, match="contact_ends"), transaction.atomic():
        Contact.objects.filter(pk=first.pk).update(ends="2019-01-01")


def test_a_contact_of_somebody_else_answers_for_no_agreement(
    cast: Cast, door: Organization
) -> None:
    other = Organization.objects.create(district=cast.alder, name="Harvest")
    with pytest.raises(NotAllowed, match="somewhere else"):
        signed(door, cast.rosa, contact=teo(other, cast.rosa))


# Reminders


def test_keepers_hear_of_a_day_once_and_the_letter_names_no_child(
    cast: Cast, door: Organization, deliver: Deliver
) -> None:
    signed(door, cast.rosa, expires=days(50))
    assert call_to_mind(cast.alder.pk) == 1
    letters = deliver()
    assert {letter.to[0] for letter in letters} >= {cast.rosa.email, cast.helen.email}
    assert cast.tom.email not in {letter.to[0] for letter in letters}
    body = letters[0].body
    assert "Open Door: the agreement expires" in body
    assert "50 days left" in body
    assert "Diego" not in body
    assert call_to_mind(cast.alder.pk) == 0
    assert deliver() == []


def test_written_late_two_reminders_are_one_line(
    cast: Cast, door: Organization, deliver: Deliver
) -> None:
    signed(door, cast.rosa, expires=days(10))
    assert call_to_mind(cast.alder.pk) == 2
    assert deliver()[0].body.count("Open Door") == 1


def test_what_was_renewed_before_the_letter_left_is_not_in_it(
    cast: Cast, door: Organization, deliver: Deliver
) -> None:
    first = signed(door, cast.rosa, expires=days(50))
    call_to_mind(cast.alder.pk)
    actions.renew(agreement=first, said=terms(starts=days(51), expires=days(400)), by=cast.rosa)
    assert deliver() == []
    assert call_to_mind(cast.alder.pk) == 0


def test_a_new_day_of_insurance_is_a_new_reminder(cast: Cast, door: Organization) -> None:
    at_school = {"at_school": True, "cleared_until": days(200)}
    agreement = signed(door, cast.rosa, insured_until=days(30), **at_school)
    assert call_to_mind(cast.alder.pk) == 1
    actions.change(
        agreement=agreement, said=terms(insured_until=days(45), **at_school), by=cast.rosa
    )
    assert call_to_mind(cast.alder.pk) == 1
    assert list(Reminder.objects.values_list("what", flat=True)) == ["insurance", "insurance"]


def test_the_bell_rings_in_the_morning_only(
    cast: Cast, door: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(door, cast.rosa, expires=days(50))
    for hour, told in ((3, 0), (15, 1)):  # in Greenwich; in the valley it is 7 or 8 at 15
        when = datetime(2026, 1, 20, hour, 20, tzinfo=UTC)
        send_reminders(timestamp=int(when.timestamp()))
        assert Reminder.objects.count() == told


def test_nobody_takes_a_reminder_back(cast: Cast, door: Organization) -> None:
    signed(door, cast.rosa, expires=days(50))
    call_to_mind(cast.alder.pk)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Reminder.objects.all().delete()


# Pages


def test_today_shows_the_keepers_what_ends_soon(cast: Cast, door: Organization) -> None:
    signed(door, cast.rosa, expires=days(50))
    signed(door, cast.rosa, at_school=True, insured_until=days(-3), cleared_until=days(200))
    signed(door, cast.rosa)
    lines = waiting_with_partners(cast.rosa, days(0)).endings
    assert [(line.what, line.day) for line in lines] == [
        ("the insurance ends", days(-3)), ("the agreement expires", days(50)),
    ]  # fmt: skip
    page = browser(cast.rosa).get(reverse("today")).content.decode()
    assert "Agreements with partners" in page
    assert (
        "Agreements with partners" not in browser(cast.tom).get(reverse("today")).content.decode()
    )
    # Helen keeps agreements and is on no team; Amina is on the team and keeps none.
    assert waiting_with_partners(cast.helen, days(0)).endings == lines
    assert not waiting_with_partners(cast.amina, days(0))
    for nobody in (cast.tom, cast.omar):
        assert not waiting_with_partners(nobody, days(0))


def test_the_list_stands_by_what_ends_next(
    cast: Cast, door: Organization, django_assert_max_num_queries: Any
) -> None:
    over = signed(door, cast.rosa, expires=days(-2))
    late = signed(door, cast.rosa)
    soon = signed(door, cast.rosa, at_school=True, insured_until=days(5), cleared_until=days(99))
    client = browser(cast.rosa)
    client.get(reverse("partners:agreements"))
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("partners:agreements"))
    assert [row for row, _, _ in answer.context["lines"]] == [soon, late, over]
    with django_assert_max_num_queries(12):
        client.get(late.get_absolute_url())
    with django_assert_max_num_queries(14):
        client.get(reverse("partners:partner", args=[door.pk]))


def posted(said: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in said.items() if v is not None}


def test_rosa_writes_one_down_renews_it_and_helen_ends_it(cast: Cast, door: Organization) -> None:
    client = browser(cast.rosa)
    found = client.get(reverse("partners:new_agreement"), {"q": "open"})
    assert list(found.context["found"]) == [door]
    address = reverse("partners:write_agreement", args=[door.pk])
    wrong = client.post(address, posted(terms(elements=[], expires=days(-200))))
    assert {"elements", "expires"} <= set(wrong.context["form"].errors)
    assert not Agreement.objects.exists()
    sent = client.post(address, posted(terms()), follow=True)
    agreement = Agreement.objects.get()
    page = sent.content.decode()
    for words in ("Counseling at their house.", "School and grade", "Written consent",
                  "Education Code 49075", "Each family is asked first."):  # fmt: skip
        assert words in page, words
    renewing = client.get(reverse("partners:renew_agreement", args=[agreement.pk]))
    assert renewing.context["form"]["starts"].value() == agreement.expires + timedelta(days=1)
    following = posted(terms(starts=days(266), expires=days(600)))
    client.post(reverse("partners:renew_agreement", args=[agreement.pk]), following)
    second = Agreement.objects.get(follows=agreement)
    assert "It was renewed" in client.get(agreement.get_absolute_url()).content.decode()
    [line] = client.get(reverse("partners:agreements")).context["lines"]
    assert line[0] == second
    helen = browser(cast.helen)
    helen.post(
        reverse("partners:end_agreement", args=[second.pk]), {"on": days(0), "why": "They moved."}
    )
    assert "They moved." in helen.get(second.get_absolute_url()).content.decode()


def test_a_memorandum_lets_nothing_be_told_whatever_was_ticked(
    cast: Cast, door: Organization
) -> None:
    address = reverse("partners:write_agreement", args=[door.pk])
    browser(cast.rosa).post(address, posted(terms(kind="memorandum")))
    made = Agreement.objects.get()
    assert (made.elements, made.purposes, made.basis) == ([], [], "")


def test_rosa_writes_down_whom_she_may_write_to(cast: Cast, door: Organization) -> None:
    client = browser(cast.rosa)
    said = {"name": "Teo", "email": "TEO@opendoor.example", "language": "es", "does": "Intake",
            "starts": "2026-01-01"}  # fmt: skip
    address = reverse("partners:new_contact", args=[door.pk])
    client.post(address, said)
    made = Contact.objects.get()
    assert (made.email, made.kept_by) == ("teo@opendoor.example", cast.rosa)
    twice = client.post(address, said)
    assert "already" in twice.context["form"].errors["email"][0]
    client.post(made.get_absolute_url(), {**said, "ends": "2026-02-01"})
    assert (
        "not there now" in client.get(reverse("partners:partner", args=[door.pk])).content.decode()
    )


def test_who_keeps_agreements_and_who_does_not(cast: Cast, door: Organization) -> None:
    agreement = signed(door, cast.rosa)
    pages = [
        reverse("partners:agreements"), agreement.get_absolute_url(),
        reverse("partners:partner", args=[door.pk]),
        reverse("partners:change_agreement", args=[agreement.pk]),
    ]  # fmt: skip
    for keeper in (cast.rosa, cast.helen):
        assert [browser(keeper).get(page).status_code for page in pages] == [200] * 4
    for other in (cast.tom, cast.amina, cast.grace, cast.linh, cast.marcus, cast.priya):
        assert [browser(other).get(page).status_code for page in pages] == [403] * 4
    assert [browser(cast.omar).get(page).status_code for page in pages[1:]] == [404] * 3
    assert not browser(cast.omar).get(pages[0]).context["lines"]
    assert Client().get(pages[0]).status_code == 302


def test_the_pages_speak_spanish(cast: Cast, door: Organization) -> None:
    agreement = signed(door, cast.rosa)
    client = Client(headers={"accept-language": "es"})
    client.force_login(cast.rosa)
    client.cookies["django_language"] = "es"
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert "¿Qué firmamos con ellos?" in page
    assert "Consentimiento escrito" in page
