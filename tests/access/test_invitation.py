"""Who may invite whom, and what becomes of an invitation."""

import pytest
import time_machine
from django.core import mail

from hearth.access import actions, rules
from hearth.access.mail import invitation
from hearth.access.models import Membership, User
from hearth.access.roles import ROLES, Reach
from hearth.access.rules import NotAllowed
from hearth.access.standing import Post
from hearth.audit.models import Event
from tests.access.doors import LONG, follow_the_link, is_in

HERE, ELSEWHERE = 1, 2
DISTRICT_ROLES = [key for key, role in ROLES.items() if role.reach == Reach.DISTRICT]
NEVER_BY_A_COORDINATOR = {"principal", "counselor", *DISTRICT_ROLES}


@pytest.mark.parametrize("role", ROLES)
def test_a_coordinator_invites_into_her_own_school_only_and_nobody_wider(role):
    rosa = [Post("coordinator", HERE)]
    allowed = role not in NEVER_BY_A_COORDINATOR
    assert rules.may_invite(rosa, role=role, school_id=HERE) == allowed
    assert not rules.may_invite(rosa, role=role, school_id=ELSEWHERE)
    assert not rules.may_invite(rosa, role=role, school_id=None)


@pytest.mark.parametrize("role", ROLES)
def test_a_principal_also_chooses_counselors_and_principals_of_her_school(role):
    grace = [Post("principal", HERE)]
    assert rules.may_invite(grace, role=role, school_id=HERE) == (role not in DISTRICT_ROLES)
    assert not rules.may_invite(grace, role=role, school_id=ELSEWHERE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("place", [HERE, None])
def test_a_district_lead_invites_anybody_where_the_role_belongs(role, place):
    helen = [Post("district_lead", None)]
    assert rules.may_invite(helen, role=role, school_id=place) == rules.place_fits(role, place)


@pytest.mark.parametrize(
    "role", [key for key in ROLES if key not in ("district_lead", "principal", "coordinator")]
)
def test_nobody_else_invites_anybody(role):
    for given in ROLES:
        for place in (HERE, None):
            assert not rules.may_invite([Post(role, HERE)], role=given, school_id=place)


def invite_lena(cast, by=None, **changes):
    wish = {"email": "Lena.Ortiz@example.org", "name": "Lena Ortiz", "role": "teacher",
            "school": cast.cottonwood, "language": "en"}  # fmt: skip
    return actions.invite(**{**wish, "by": by or cast.rosa, **changes})


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_lena_is_invited_chooses_a_password_and_is_in(client, cast, letters):
    with letters():
        membership = invite_lena(cast)
    lena = membership.user
    assert not lena.has_usable_password()
    assert lena.email == "lena.ortiz@example.org"
    letter = mail.outbox[-1]
    assert letter.to == ["lena.ortiz@example.org"]
    assert "Rosa Delgado" in letter.subject
    assert "Teacher" in letter.body

    follow_the_link(client, letter.body, LONG)
    assert is_in(client)
    assert Event.objects.filter(verb="joined", about_id=lena.pk).exists()

    again = follow_the_link(client, letter.body, "another long enough password")
    assert "used up" in again.content.decode()


def test_an_invitation_lives_seven_days(client, cast, letters):
    with time_machine.travel("2027-01-11 08:00", tick=False), letters():
        invite_lena(cast)
    with time_machine.travel("2027-01-18 07:00", tick=False):
        page = client.get(path_in(mail.outbox[-1].body), follow=True).content.decode()
        assert "Welcome, Lena Ortiz" in page
    with time_machine.travel("2027-01-18 08:01", tick=False):
        page = client.get(path_in(mail.outbox[-1].body), follow=True).content.decode()
        assert "used up" in page


def path_in(letter):
    return next(line for line in letter.splitlines() if "/password/reset/key/" in line).partition(
        "8000"
    )[2]


def test_a_new_link_makes_the_older_one_useless(client, cast, letters):
    with letters():
        membership = invite_lena(cast)
    with letters():
        actions.resend_invitation(membership=membership, by=cast.grace)
    first, second = [path_in(letter.body) for letter in mail.outbox[-2:]]
    assert "used up" in client.get(first, follow=True).content.decode()
    assert "Welcome" in client.get(second, follow=True).content.decode()


def test_the_letter_is_in_the_language_of_the_person(cast, letters, settings):
    with letters():
        invite_lena(cast, language="es")
    assert User.objects.get(email="lena.ortiz@example.org").language == "es"


@pytest.mark.parametrize(
    ("who", "role", "where"),
    [("rosa", "principal", "cottonwood"), ("rosa", "teacher", "larkspur"),
     ("rosa", "district_lead", None), ("tom", "teacher", "cottonwood"),
     ("priya", "teacher", "cottonwood")],
)  # fmt: skip
def test_the_action_itself_refuses_what_the_rule_forbids(cast, who, role, where):
    with pytest.raises(NotAllowed):
        invite_lena(cast, by=getattr(cast, who), role=role, school=where and getattr(cast, where))
    assert not User.objects.filter(email="lena.ortiz@example.org").exists()


def test_an_address_of_another_district_is_refused_without_saying_why(cast):
    with pytest.raises(NotAllowed, match="another one"):
        invite_lena(cast, email=cast.omar.email)


def test_somebody_known_gets_a_second_role_and_no_second_user(cast, letters):
    with letters():
        invite_lena(cast, by=cast.grace, email=cast.tom.email, role="afterschool_lead")
    assert User.objects.filter(email=cast.tom.email).count() == 1
    assert set(cast.tom.memberships.values_list("role", flat=True)) == {
        "teacher", "afterschool_lead",
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="already"):
        invite_lena(cast, email=cast.tom.email)


def test_ending_a_role_works_at_once_and_can_be_taken_back(client, cast):
    client.force_login(cast.tom)
    assert is_in(client)
    toms = Membership.objects.get(user=cast.tom)
    actions.end_membership(membership=toms, by=cast.rosa)
    assert not is_in(client)
    actions.restore_membership(membership=toms, by=cast.rosa)
    assert is_in(client)
    verbs = Event.objects.filter(about="access.membership", about_id=toms.pk)
    assert set(verbs.values_list("verb", flat=True)) == {
        "membership_ended", "membership_restored",
    }  # fmt: skip


def test_nobody_ends_their_own_role_nor_one_above_them(cast):
    with pytest.raises(NotAllowed, match="own role away"):
        actions.end_membership(membership=Membership.objects.get(user=cast.rosa), by=cast.rosa)
    with pytest.raises(NotAllowed):
        actions.end_membership(membership=Membership.objects.get(user=cast.grace), by=cast.rosa)


def test_rosas_page_lists_her_school_and_invites(client, cast, letters):
    client.force_login(cast.rosa)
    page = client.get("/me/members/").content.decode()
    assert "Tom Becker" in page
    assert "Joy Castellanos" not in page
    wish = {"name": "Lena Ortiz", "email": "lena@example.org", "role": "teacher",
            "school": cast.cottonwood.pk, "language": "es"}  # fmt: skip
    with letters():
        answer = client.post("/me/members/invite/", wish, follow=True)
    assert "Lena Ortiz" in answer.content.decode()
    assert mail.outbox[-1].to == ["lena@example.org"]
    made = Membership.objects.get(user__email="lena@example.org")
    client.post(f"/me/members/{made.pk}/end/")
    assert "Lena Ortiz" not in client.get("/me/members/").content.decode().partition("<table")[2]
    client.post(f"/me/members/{made.pk}/restore/")
    assert "Lena Ortiz" in client.get("/me/members/").content.decode()


def test_the_form_offers_rosa_only_what_she_may_give(client, cast):
    client.force_login(cast.rosa)
    page = client.get("/me/members/invite/").content.decode()
    assert 'value="teacher"' in page
    assert 'value="principal"' not in page
    assert "Larkspur" not in page
    tricked = client.post(
        "/me/members/invite/",
        {"name": "L", "email": "l@example.org", "role": "district_lead", "language": "en",
         "school": cast.larkspur.pk},
    )  # fmt: skip
    assert tricked.status_code == 200
    assert not User.objects.filter(email="l@example.org").exists()


def test_a_membership_of_another_school_does_not_exist_for_rosa(client, cast):
    client.force_login(cast.rosa)
    joys = Membership.objects.get(user=cast.joy)
    for verb in ("end", "resend", "restore"):
        assert client.post(f"/me/members/{joys.pk}/{verb}/").status_code == 404


def test_a_schools_name_that_breaks_its_line_stops_no_letter(cast):
    membership = Membership.objects.select_related("school", "district").get(user=cast.tom)
    membership.school.name = "Cottonwood\nElementary"
    letter = invitation(cast.tom, membership, cast.grace).message()
    assert letter["Subject"].endswith("invites you to Hearth at Cottonwood Elementary")
