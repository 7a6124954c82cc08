"""The pages of the two clocks of the law, as each person meets them."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from hearth.audit.models import Look
from hearth.supports.actions import instead as instead_actions
from hearth.supports.actions import legal
from hearth.supports.models import AssessmentRequest, InsteadOfDiscipline, Referral
from tests.cast import Cast
from tests.makers import make_guardian, make_student, make_user
from tests.supports.conftest import Asked

Page = Callable[..., str]
EVERYBODY = ("rosa", "tom", "amina", "grace", "linh", "joy", "omar", "priya", "helen", "marcus")
TEAM = ("rosa", "amina", "grace")
WORDS = "Please have him assessed."
DECIDED = "He reads with a plan of his own now."
ASKED_ON = date(2026, 9, 14)


@pytest.fixture(autouse=True)
def a_tuesday() -> None:
    with time_machine.travel("2026-09-15 09:00-07:00"):
        yield


@pytest.fixture
def request_(cast: Cast) -> AssessmentRequest:
    """Tom wrote down that Minh Anh's mother Linh asked for an assessment; Grace looks after it."""
    return legal.open_assessment(
        student=cast.minh_anh, kind="special_education", asked_on=ASKED_ON, words=WORDS,
        by=cast.tom,
    )  # fmt: skip


@pytest.fixture
def instead(cast: Cast) -> InsteadOfDiscipline:
    return instead_actions.ask_instead(
        student=cast.minh_anh, strength="Draws whole worlds.", happened="She tore the paper.",
        nonce=uuid4(), by=cast.tom,
    )  # fmt: skip


def status(client: Client, user: object, name: str, *args: object) -> int:
    client.force_login(user)
    return client.get(reverse(f"supports:{name}", args=args)).status_code


def opens(client: Client, cast: Cast, name: str, *args: object) -> dict[str, int]:
    return {key: status(client, getattr(cast, key), name, *args) for key in EVERYBODY}


def test_who_opens_a_request_for_an_assessment(
    client: Client, cast: Cast, request_: AssessmentRequest
) -> None:
    seen = dict.fromkeys(EVERYBODY, 404) | dict.fromkeys((*TEAM, "tom", "linh"), 200)
    assert opens(client, cast, "assessment", request_.pk) == seen
    assert opens(client, cast, "assessment_who", request_.pk) == seen
    acts = dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(TEAM, 200)
    acts |= dict.fromkeys(("linh", "marcus"), 403)
    assert opens(client, cast, "assessment_step", request_.pk, "plan") == acts


def test_who_opens_what_was_asked_instead_of_discipline(
    client: Client, cast: Cast, instead: InsteadOfDiscipline
) -> None:
    seen = dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(("grace", "tom", "linh"), 200)
    assert opens(client, cast, "instead", instead.pk) == seen
    acts = dict.fromkeys(EVERYBODY, 403) | {"grace": 200, "omar": 403}
    assert opens(client, cast, "document_instead", instead.pk) == acts


def test_the_lists_name_only_whom_one_may_see(
    cast: Cast, page: Page, request_: AssessmentRequest, instead: InsteadOfDiscipline
) -> None:
    for key in EVERYBODY:
        listed = page(getattr(cast, key), "assessments")
        assert ("Minh Anh" in listed) == (key in (*TEAM, "tom", "linh")), key
        if key not in ("linh", "marcus"):
            listed = page(getattr(cast, key), "insteads")
            assert ("Minh Anh" in listed) == (key in ("tom", "grace")), key


def test_from_a_day_to_its_law_is_one_tap(
    cast: Cast, page: Page, request_: AssessmentRequest
) -> None:
    words = page(cast.grace, "assessment", request_.pk)
    assert "Assessment plan to the family by" in words
    assert "29 September" in words
    assert "15 calendar days after" in words
    assert "Education Code 56321(a)" in words
    assert "sectionNum=56321" in words


def test_what_is_late_stands_on_top_and_says_how_late(cast: Cast, page: Page) -> None:
    for name, asked_on in (("Ada", date(2026, 9, 10)), ("Bo", date(2026, 8, 20))):
        student = make_student(cast.cottonwood, name, "Example")
        legal.open_assessment(
            student=student, kind="section_504", asked_on=asked_on, words=WORDS, by=cast.tom
        )
    words = page(cast.rosa, "assessments")
    assert words.index("Bo Example") < words.index("Ada Example")
    assert "11 days late" in words


def test_a_list_asks_the_same_few_questions_for_one_as_for_many(
    client: Client, cast: Cast, request_: AssessmentRequest, instead: InsteadOfDiscipline,
    asking: Asked,
) -> None:  # fmt: skip
    counts = []
    for round_ in range(2):
        for number in range(round_ * 9):
            student = make_student(cast.cottonwood, f"N{number}", "Example")
            legal.open_assessment(
                student=student, kind="section_504", asked_on=ASKED_ON, words=WORDS, by=cast.tom
            )
            instead_actions.ask_instead(
                student=student, strength="Kind.", happened="A push.", nonce=uuid4(), by=cast.tom
            )
        for name in ("assessments", "insteads"):
            client.force_login(cast.grace)
            client.get(reverse(f"supports:{name}"))
            with asking:
                client.get(reverse(f"supports:{name}"))
            counts.append(asking.count)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12


def test_grace_walks_a_request_to_its_end_and_linh_reads_it(
    client: Client, cast: Cast, page: Page, request_: AssessmentRequest
) -> None:
    client.force_login(cast.grace)

    def step(key: str, **said: str) -> None:
        sent = client.post(
            reverse("supports:assessment_step", args=[request_.pk, key]), said, follow=True
        )
        assert "Done. It is kept" in sent.content.decode(), key

    step("plan", on="2026-09-15")
    assert "takes its time" in page(cast.linh, "assessment", request_.pk)
    client.force_login(cast.grace)
    step("consent", on="2026-09-15")
    assert "14 November" in page(cast.linh, "assessment", request_.pk)
    client.force_login(cast.grace)
    step("hand-over", owner=str(cast.amina.pk))
    step("finish", outcome="eligible", words=DECIDED)
    assert DECIDED in page(cast.linh, "assessment", request_.pk)
    assert DECIDED in page(cast.amina, "assessment", request_.pk)
    told = page(cast.tom, "assessment", request_.pk)
    assert DECIDED not in told
    assert "It is decided." in told


def test_a_step_too_early_says_so_and_keeps_what_was_typed(
    client: Client, cast: Cast, request_: AssessmentRequest
) -> None:
    client.force_login(cast.grace)
    address = reverse("supports:assessment_step", args=[request_.pk, "consent"])
    words = client.post(address, {"on": "2026-09-15"}).content.decode()
    assert "Give the family the assessment plan first" in words
    assert 'value="2026-09-15"' in words
    assert client.get(reverse("supports:assessment_step", args=[1, "no"])).status_code == 404


def test_a_case_manager_sees_and_works_on_what_they_look_after_and_no_more(
    client: Client, cast: Cast, page: Page, request_: AssessmentRequest
) -> None:
    ines = make_user(cast.alder, "Inés Vega", "case_manager", school=cast.cottonwood)
    assert status(client, ines, "assessment", request_.pk) == 404
    legal.hand_over(assessment=request_, owner=ines, by=cast.grace)
    assert "The family has the plan" in page(ines, "assessment", request_.pk)
    assert status(client, ines, "assessment_step", request_.pk, "plan") == 200
    assert status(client, ines, "referral", 1) == 404


def test_tom_writes_down_what_was_said_at_the_gate(client: Client, cast: Cast) -> None:
    client.force_login(cast.tom)
    address = reverse("supports:new_assessment") + f"?student={cast.diego.pk}"
    said = {"kind": "section_504", "asked_on": "2026-09-14", "words": WORDS}
    for _ in range(2):
        assert WORDS in client.post(address, said, follow=True).content.decode()
    assert AssessmentRequest.objects.count() == 1
    assert "One is open already" in client.get(address).content.decode()
    ahead = client.post(address, {**said, "asked_on": "2026-09-16"})
    assert "cannot lie ahead" in ahead.content.decode()


@pytest.mark.parametrize("name", ["new_assessment", "new_instead"])
def test_nobody_asks_for_a_student_they_do_not_work_with(
    client: Client, cast: Cast, name: str
) -> None:
    for key in ("joy", "omar"):
        client.force_login(getattr(cast, key))
        for query in (f"?student={cast.diego.pk}", "?student=x"):
            assert client.get(reverse(f"supports:{name}") + query).status_code == 404
        assert "Diego" not in client.get(reverse(f"supports:{name}")).content.decode()
    client.force_login(cast.tom)
    words = client.get(reverse(f"supports:{name}")).content.decode()
    assert reverse(f"supports:{name}") + f"?student={cast.diego.pk}" in words


def test_a_tick_on_the_referrals_form_starts_the_clock(client: Client, cast: Cast) -> None:
    client.force_login(cast.tom)
    address = reverse("supports:new") + f"?student={cast.diego.pk}&form={uuid4()}"
    said = {
        "strength": "Builds.", "concern": "Tired.", "domain": "academic", "urgency": "soon",
        "assessment": "special_education",
    }  # fmt: skip
    told = client.post(address, said, follow=True).content.decode()
    assert "Its own clock has started (special education assessment)" in told
    row = AssessmentRequest.objects.get()
    assert row.referral == Referral.objects.get()
    assert (row.kind, row.plan_due_on) == ("special_education", date(2026, 9, 30))


def test_tom_asks_instead_grace_writes_and_tom_reads(
    client: Client, cast: Cast, page: Page
) -> None:
    client.force_login(cast.tom)
    address = reverse("supports:new_instead") + f"?student={cast.diego.pk}"
    form = client.get(address)["Location"]
    assert "22 September" in client.get(form).content.decode()
    said = {"strength": "Makes everybody laugh.", "happened": "He threw a chair.", "hoped": ""}
    for _ in range(2):
        sent = client.post(form, said, follow=True).content.decode()
        assert "Nothing is written down yet." in sent
    row = InsteadOfDiscipline.objects.get()
    client.force_login(cast.grace)
    done = reverse("supports:document_instead", args=[row.pk])
    client.post(done, {"action": "A talk and a walk."})
    assert "A talk and a walk." in page(cast.tom, "instead", row.pk)
    assert "Written down and told" in page(cast.tom, "insteads")
    client.post(reverse("supports:bring_instead", args=[row.pk]))
    assert Referral.objects.get().referrer == cast.tom


def test_each_look_is_written_down(
    cast: Cast, page: Page, request_: AssessmentRequest, instead: InsteadOfDiscipline
) -> None:
    page(cast.rosa, "assessment", request_.pk)
    page(cast.grace, "instead", instead.pk)
    looks = {(look.page, look.by, look.student_id) for look in Look.objects.all()}
    assert ("assessment request", cast.rosa.pk, cast.minh_anh.pk) in looks
    assert ("instead of discipline", cast.grace.pk, cast.minh_anh.pk) in looks


def test_rosa_hands_diegos_referral_to_his_new_school(
    client: Client, cast: Cast, page: Page, asked: Referral
) -> None:
    door = reverse("supports:hand_over", args=[asked.pk])
    assert door not in page(cast.rosa, "referral", asked.pk)
    assert status(client, cast.rosa, "hand_over", asked.pk) == 404
    cast.diego.school = cast.larkspur
    cast.diego.save()
    make_user(cast.alder, "Wen Li", "coordinator", school=cast.larkspur)
    assert door in page(cast.rosa, "referral", asked.pk)
    assert "goes to Larkspur High now" in page(cast.rosa, "referral", asked.pk)
    assert status(client, cast.tom, "hand_over", asked.pk) == 403
    client.force_login(cast.rosa)
    client.post(door, {"why": "He loves the workshop there."})
    assert status(client, cast.rosa, "referral", asked.pk) == 404
    assert status(client, cast.tom, "referral", asked.pk) == 200
    asked.refresh_from_db()
    assert asked.school == cast.larkspur


def test_a_referral_of_a_student_who_left_the_district_says_so(
    cast: Cast, page: Page, asked: Referral
) -> None:
    cast.diego.gone_on = date(2026, 9, 1)
    cast.diego.save()
    assert "This student left the district" in page(cast.rosa, "referral", asked.pk)


def test_the_students_page_shows_what_runs_to_whom_it_concerns(
    client: Client, cast: Cast, request_: AssessmentRequest, instead: InsteadOfDiscipline
) -> None:
    sees = {}
    for key in ("rosa", "tom", "grace", "linh", "priya", "helen"):
        client.force_login(getattr(cast, key))
        words = client.get(reverse("student", args=[cast.minh_anh.pk])).content.decode()
        assert ("Ask for support instead of discipline" in words) == (key != "linh"), key
        sees[key] = (request_.get_absolute_url() in words, instead.get_absolute_url() in words)
    assert sees == {
        "rosa": (True, False),
        "tom": (True, True),
        "grace": (True, True),
        "linh": (True, True),
        "priya": (False, False),
        "helen": (False, False),
    }


def test_a_parent_without_the_right_to_see_records_sees_neither(
    client: Client, cast: Cast, request_: AssessmentRequest, instead: InsteadOfDiscipline
) -> None:
    cast.minh_anh.guardianships.update(may_see_records=False)
    assert status(client, cast.linh, "assessment", request_.pk) == 404
    assert status(client, cast.linh, "instead", instead.pk) == 404


def test_a_team_member_who_is_the_childs_parent_is_family_here(
    client: Client, cast: Cast, request_: AssessmentRequest, instead: InsteadOfDiscipline
) -> None:
    """Amina and Grace care for Minh Anh at home: they see as family, and decide nothing."""
    for key in ("amina", "grace"):
        make_guardian(cast.minh_anh, cast.person(key), "aunt")
    legal.hand_over(assessment=request_, owner=cast.rosa, by=cast.rosa)
    assert status(client, cast.amina, "assessment", request_.pk) == 404
    assert status(client, cast.amina, "assessment_step", request_.pk, "plan") == 404
    assert status(client, cast.grace, "document_instead", instead.pk) == 404


def test_the_page_asks_for_a_new_owner_when_the_student_moved(
    cast: Cast, page: Page, request_: AssessmentRequest
) -> None:
    cast.minh_anh.school = cast.larkspur
    cast.minh_anh.save()
    assert "goes to Larkspur High now" in page(cast.grace, "assessment", request_.pk)
