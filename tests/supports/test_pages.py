"""Each page as each person meets it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hearth.access.models import Membership
from hearth.audit.models import Look
from hearth.schools.acting import acting_for
from hearth.supports import actions
from hearth.supports.models import Referral
from tests.cast import Cast
from tests.makers import SOME_DAY, make_referral, make_student
from tests.supports.conftest import Asked

Page = Callable[..., str]
Walk = Callable[[Referral, str], Referral]
SECRET = "Something told in confidence"
TEAM = ("rosa", "amina", "grace")
PLAIN = "Likes to sit near the window."

# Who opens what: Tom asked, for Diego. A page one may not open at all is 403, a row that is
# not theirs 404.
OPENS = {
    "board": dict.fromkeys(TEAM, 200) | {"omar": 200},
    "mine": dict.fromkeys((*TEAM, "tom", "joy", "omar", "priya"), 200),
    "new": dict.fromkeys((*TEAM, "tom", "joy", "omar", "priya"), 200),
    "referral": dict.fromkeys((*TEAM, "tom"), 200) | dict.fromkeys(("joy", "omar", "priya"), 404),
    "who_can_see": dict.fromkeys((*TEAM, "tom"), 200)
    | dict.fromkeys(("joy", "omar", "priya"), 404),
    "asked": {"tom": 200} | dict.fromkeys((*TEAM, "joy", "omar", "priya"), 404),
    "step": dict.fromkeys(TEAM, 200) | {"omar": 404},
    "answer": dict.fromkeys(TEAM, 200) | {"omar": 404},
    "note": dict.fromkeys(TEAM, 200) | {"omar": 404},
    "restricted": {"amina": 200},
}
EVERYBODY = ("rosa", "tom", "amina", "grace", "linh", "joy", "omar", "priya", "marcus")


def address(name: str, referral: Referral) -> str:
    if name in ("board", "mine", "new"):
        return reverse(f"supports:{name}")
    return reverse(f"supports:{name}", args=[referral.pk, *(["triage"] if name == "step" else [])])


@pytest.mark.parametrize("name", list(OPENS))
def test_who_opens_what(client: Client, cast: Cast, asked: Referral, name: str) -> None:
    answers = {}
    for key in EVERYBODY:
        client.force_login(getattr(cast, key))
        answers[key] = client.get(address(name, asked)).status_code
    assert answers == dict.fromkeys(EVERYBODY, 403) | OPENS[name]


def test_nobody_enters_without_signing_in(client: Client, asked: Referral) -> None:
    for name in OPENS:
        assert client.get(address(name, asked)).status_code == 302, name


def test_restricted_words_are_in_no_page_but_their_own(
    client: Client, cast: Cast, asked: Referral
) -> None:
    actions.write_note(referral=asked, body=SECRET, restricted=True, by=cast.rosa)
    actions.write_note(referral=asked, body=PLAIN, restricted=False, by=cast.rosa)
    for key in EVERYBODY:
        client.force_login(getattr(cast, key))
        for name in OPENS:
            words = client.get(address(name, asked)).content.decode()
            assert (SECRET in words) == (key == "amina" and name == "restricted"), (key, name)
            assert (PLAIN in words) == (key in TEAM and name == "referral"), (key, name)


def test_the_team_sees_that_a_restricted_note_is_there(
    cast: Cast, asked: Referral, page: Page
) -> None:
    actions.write_note(referral=asked, body=SECRET, restricted=True, by=cast.rosa)
    door = reverse("supports:restricted", args=[asked.pk])
    assert "1 restricted note" in page(cast.grace, "referral", asked.pk)
    assert door not in page(cast.grace, "referral", asked.pk)
    assert door in page(cast.amina, "referral", asked.pk)


def test_each_look_of_the_team_is_kept_with_its_reason(
    cast: Cast, asked: Referral, page: Page
) -> None:
    page(cast.grace, "referral", asked.pk)
    page(cast.amina, "restricted", asked.pk)
    page(cast.tom, "referral", asked.pk)
    looks = Look.objects.filter(about_id=asked.pk).order_by("pk")
    assert [(look.by, look.page, look.student_id) for look in looks] == [
        (cast.grace.pk, "referral", cast.diego.pk),
        (cast.amina.pk, "restricted notes", cast.diego.pk),
    ]
    assert looks[0].why == "You are on this school's support team."


def test_tom_reads_plain_words_and_nothing_of_the_teams(
    cast: Cast, asked: Referral, at: Walk, page: Page
) -> None:
    at(asked, "linked")
    actions.answer_referrer(referral=asked, answer="Reading began.", by=cast.rosa)
    words = page(cast.tom, "referral", asked.pk)
    assert "Support is in place" in words
    assert "Reading began." in words
    for of_the_team in ("Tutoring", "Amina Yusuf", "Reading pair", "How it came here"):
        assert of_the_team not in words, of_the_team
    assert words.index("Builds bridges") < words.index("Reading aloud")


def test_tom_asks_without_javascript(client: Client, cast: Cast, page: Page) -> None:
    chooser = page(cast.tom, "new")
    assert f"?student={cast.diego.pk}" in chooser
    assert f"?student={cast.sam.pk}" not in chooser
    opened = client.get(reverse("supports:new"), {"student": cast.diego.pk})
    where = opened.url
    form = client.get(where)
    assert "988" in form.content.decode()
    assert "555-0100" in form.content.decode()
    typed = {
        "strength": "Builds bridges.", "concern": "Comes tired.", "domain": "attendance",
        "urgency": "soon", "tried": "",
    }  # fmt: skip
    sent = client.post(where, typed)
    assert sent.status_code == 302
    assert "You will hear back by" in client.get(sent.url).content.decode()
    assert client.post(where, typed).url == sent.url
    assert client.get(where).url == sent.url, "Back leads to what was sent"
    assert Referral.objects.filter(referrer=cast.tom).count() == 1


def test_a_form_opened_anew_asks_anew(client: Client, cast: Cast) -> None:
    typed = {
        "strength": "Builds bridges.", "concern": "Comes tired.", "domain": "attendance",
        "urgency": "soon",
    }  # fmt: skip
    client.force_login(cast.tom)
    for _time in range(2):
        form = client.get(reverse("supports:new"), {"student": cast.diego.pk}).url
        assert client.post(form, typed).status_code == 302
    assert Referral.objects.filter(referrer=cast.tom).count() == 2


def test_one_persons_form_key_says_nothing_to_another(client: Client, cast: Cast) -> None:
    asked = make_referral(cast.diego, cast.tom)
    where = f"{reverse('supports:new')}?student={cast.diego.pk}&form={asked.nonce}"
    client.force_login(cast.rosa)
    assert client.get(where).status_code == 200


def test_a_form_half_filled_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    client.force_login(cast.tom)
    where = f"{reverse('supports:new')}?student={cast.diego.pk}"
    words = client.post(where, {"concern": "Comes tired."}).content.decode()
    assert "Comes tired." in words
    assert "Please fill this in." in words
    assert not Referral.objects.exists()


@pytest.mark.parametrize("student", ["sam", "nobody", "", "9999999999999999999999"])
def test_tom_asks_only_for_students_he_works_with(client: Client, cast: Cast, student: str) -> None:
    client.force_login(cast.tom)
    pk = cast.sam.pk if student == "sam" else student
    assert client.get(reverse("supports:new"), {"student": pk}).status_code == 404


def test_the_search_finds_a_student_as_anyone_types_the_name(cast: Cast, page: Page) -> None:
    for typed in ("nguyen", "Nguyễn minh", "MINH"):
        assert f"?student={cast.minh_anh.pk}" in page(cast.rosa, "new", q=typed), typed
    assert "Nobody of that name" in page(cast.rosa, "new", q="zzzz")


def test_the_search_with_htmx_brings_only_the_list(client: Client, cast: Cast) -> None:
    client.force_login(cast.rosa)
    part = client.get(reverse("supports:new"), {"q": "diego"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert f"?student={cast.diego.pk}" in part.content.decode()


def test_an_open_referral_is_shown_to_whoever_may_see_it(
    cast: Cast, asked: Referral, page: Page
) -> None:
    said = "Somebody has asked for this student already"
    assert said in page(cast.tom, "new", student=cast.diego.pk)
    assert said in page(cast.rosa, "new", student=cast.diego.pk)
    assert said not in page(cast.priya, "new", student=cast.diego.pk)


def test_the_whole_path_by_forms_alone(client: Client, cast: Cast, asked: Referral) -> None:
    client.force_login(cast.rosa)
    today = str(asked.since)
    for key, typed in (
        ("triage", {"why": "Read together."}),
        ("assign", {"owner": cast.amina.pk}),
        ("assess", {}),
        ("plan", {"why": "Reading pair with an older student."}),
        ("refer", {"service": "Tutoring", "provider": "Valley Tutoring Collective"}),
        ("wait", {"until": today}),
        ("link", {"on": today}),
        ("check-in", {"why": "Every second Friday."}),
        ("close", {"because": "goal_met", "why": "Reads to the class."}),
        ("reopen", {"owner": cast.grace.pk, "why": "After the break."}),
    ):
        where = reverse("supports:step", args=[asked.pk, key])
        assert client.get(where).status_code == 200
        done = client.post(where, typed)
        assert done.status_code == 302, (key, done.content.decode())
    asked.refresh_from_db()
    assert (asked.state, asked.owner, asked.first_service_on) == (
        "assigned", cast.grace, asked.since,
    )  # fmt: skip
    history = client.get(asked.get_absolute_url()).content.decode()
    assert "Reading pair with an older student." in history
    assert "Every second Friday." in history


def test_of_what_a_student_may_consent_to_alone_two_words_are_kept(
    client: Client, cast: Cast, asked: Referral
) -> None:
    client.force_login(cast.rosa)
    client.post(reverse("supports:step", args=[asked.pk, "triage"]), {"why": "Read together."})
    where = reverse("supports:step", args=[asked.pk, "close"])
    told = client.post(where, {"because": "confidential", "why": "The clinic on Elm Street."})
    assert "is the student&#x27;s alone" in told.content.decode()
    asked.refresh_from_db()
    assert asked.state != "closed"
    assert client.post(where, {"because": "confidential", "why": ""}).status_code == 302
    assert "Linked, confidential" in client.get(asked.get_absolute_url()).content.decode()


def test_a_step_that_is_not_open_says_so_and_changes_nothing(
    client: Client, cast: Cast, asked: Referral
) -> None:
    client.force_login(cast.rosa)
    where = reverse("supports:step", args=[asked.pk, "link"])
    for answer in (client.get(where), client.post(where, {"on": "2026-11-02"})):
        assert "so this step is not open" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == "submitted"


def test_a_step_of_no_name_is_not_found(client: Client, cast: Cast, asked: Referral) -> None:
    client.force_login(cast.rosa)
    assert client.get(f"/referrals/{asked.pk}/steps/fly/").status_code == 404


def test_a_first_service_of_next_year_is_refused_in_words(
    client: Client, cast: Cast, asked: Referral, at: Walk
) -> None:
    at(asked, "referred")
    client.force_login(cast.rosa)
    where = reverse("supports:step", args=[asked.pk, "link"])
    assert "still ahead" in client.post(where, {"on": "2050-01-01"}).content.decode()
    where = reverse("supports:step", args=[asked.pk, "wait"])
    assert "today or a later day" in client.post(where, {"until": "2020-01-01"}).content.decode()


def test_with_htmx_a_step_comes_as_a_part_of_the_page(
    client: Client, cast: Cast, asked: Referral
) -> None:
    client.force_login(cast.rosa)
    where = reverse("supports:step", args=[asked.pk, "triage"])
    part = client.get(where, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f'action="{where}"' in part


def test_rosa_answers_and_tom_says_he_read_it(
    client: Client, cast: Cast, asked: Referral, page: Page
) -> None:
    client.force_login(cast.rosa)
    where = reverse("supports:answer", args=[asked.pk])
    assert client.post(where, {"answer": "Amina begins on Monday."}).status_code == 302
    assert "Not read yet." in page(cast.rosa, "referral", asked.pk)
    assert "New answer" in page(cast.tom, "mine")
    assert "Thank you, I have read it" in page(cast.tom, "referral", asked.pk)
    assert (
        Referral.objects.get(pk=asked.pk).answer_read_at is None
    )  # a page that is read writes nothing
    assert client.post(reverse("supports:read", args=[asked.pk])).status_code == 302
    assert "Thank you, I have read it" not in page(cast.tom, "referral", asked.pk)
    assert "Not read yet." not in page(cast.rosa, "referral", asked.pk)


def test_notes_are_written_by_form(client: Client, cast: Cast, asked: Referral, page: Page) -> None:
    client.force_login(cast.grace)
    where = reverse("supports:note", args=[asked.pk])
    client.post(where, {"body": PLAIN})
    client.post(where, {"body": SECRET, "restricted": "on"})
    assert PLAIN in page(cast.grace, "referral", asked.pk)
    assert SECRET in page(cast.amina, "restricted", asked.pk)


def test_amina_who_counsels_elsewhere_is_here_only_the_one_who_asked(
    client: Client, cast: Cast
) -> None:
    """Her verbs hold at Cottonwood. At Larkspur she asked, and reads what whoever asked reads."""
    referral = make_referral(cast.sam, cast.amina)
    actions.write_note(referral=referral, body=PLAIN, restricted=False, by=cast.amina)
    client.force_login(cast.amina)
    words = client.get(referral.get_absolute_url())
    assert words.status_code == 200
    assert PLAIN not in words.content.decode()
    for name in ("answer", "note", "restricted"):
        assert client.get(reverse(f"supports:{name}", args=[referral.pk])).status_code == 404
    triage = reverse("supports:step", args=[referral.pk, "triage"])
    assert client.post(triage, {"why": "My own."}).status_code == 404


def test_the_board_puts_late_ones_first_and_filters_by_the_address(
    cast: Cast, asked: Referral, at: Walk, page: Page
) -> None:
    at(make_referral(cast.minh_anh, cast.tom, domain="attendance"), "planned")
    Referral.objects.filter(pk=asked.pk).update(next_on="2026-01-05")
    words = page(cast.rosa, "board")
    assert words.index("Past their day") < words.index("Planned")
    assert "Minh Anh" not in page(cast.rosa, "board", late="on")
    assert "Diego" not in page(cast.rosa, "board", domain="attendance")
    assert "Diego" not in page(cast.amina, "board", owner="me")
    assert "Minh Anh" not in page(cast.rosa, "board", owner="nobody")
    assert "Nothing here matches" in page(cast.rosa, "board", state="closed")
    assert "Diego" in page(cast.rosa, "board", state="no-such-state", owner="x", page="77")


def test_an_empty_board_says_what_will_be_here(cast: Cast, page: Page) -> None:
    assert "Nobody is waiting" in page(cast.rosa, "board")
    assert "You have not asked yet" in page(cast.joy, "mine")


def test_the_board_of_another_school_is_its_own(cast: Cast, asked: Referral, page: Page) -> None:
    Membership.objects.create(
        district=cast.alder, user=cast.joy, role="coordinator", school=cast.larkspur,
        starts=SOME_DAY,
    )  # fmt: skip
    assert "Diego" not in page(cast.joy, "board")


@pytest.mark.parametrize("name", ["board", "mine", "referral", "new"])
def test_a_page_asks_no_more_for_fifty_rows_than_for_five(
    client: Client, cast: Cast, asking: Asked, name: str
) -> None:
    who = cast.tom if name == "mine" else cast.rosa
    counts = []
    for _ in range(2):
        for number in range(5 if not counts else 45):
            make_referral(make_student(cast.cottonwood, f"Child{number}", "Grove"), cast.tom)
        first = Referral.objects.order_by("pk").first()
        for number in range(5 if not counts else 45):
            actions.write_note(referral=first, body=str(number), restricted=False, by=cast.rosa)
        client.force_login(who)
        query = {"q": "grove"} if name == "new" else {}
        with asking:
            assert client.get(address(name, first), query).status_code == 200
        counts.append(asking.count)
    assert counts[0] == counts[1], asking.questions
    assert counts[1] <= 12, asking.questions


@pytest.mark.parametrize("name", list(OPENS))
def test_every_page_comes_in_spanish(
    client: Client, cast: Cast, asked: Referral, name: str
) -> None:
    client.force_login(cast.amina if name != "asked" else cast.tom)
    client.cookies["django_language"] = "es"
    answer = client.get(address(name, asked))
    assert answer.status_code == 200
    assert '<html lang="es"' in answer.content.decode()


def test_omar_in_another_district_can_change_nothing_here(
    client: Client, cast: Cast, asked: Referral
) -> None:
    client.force_login(cast.omar)
    where = reverse("supports:step", args=[asked.pk, "triage"])
    assert client.post(where, {"why": "Mine."}).status_code == 404
    with acting_for(cast.alder.pk):
        assert Referral.objects.get(pk=asked.pk).state == "submitted"
