"""Plans, tiers and counts as each person meets them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from hearth.access.models import Membership
from hearth.audit.models import Look
from hearth.people.models import Guardianship, SectionMember
from hearth.supports import actions
from hearth.supports.actions import progress, tier
from hearth.supports.models import Entitlement, Measure, Plan, Point, Referral, Tier
from tests.cast import Cast
from tests.makers import (
    SOME_DAY,
    make_guardian,
    make_person,
    make_referral,
    make_section,
    make_student,
    make_user,
)
from tests.supports.conftest import Asked
from tests.supports.plans import BUILDS_ON, DONE, GOAL, make_measure, make_plan, tier_words

Page = Callable[..., str]
SECRET = "Something told in confidence"
MONDAY = date(2026, 9, 7)
PICTURE = '<figure class="k-chart"'


@pytest.fixture(autouse=True)
def november() -> Any:
    """The day after the last of ten weekly counts, so that no date of a story lies ahead."""
    with time_machine.travel("2026-11-16T18:00:00Z"):
        yield


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Rosa wrote Diego's plan; it counts words read aloud."""
    return make_plan(cast.diego, cast.rosa)


@pytest.fixture
def measure(cast: Cast, plan: Plan) -> Measure:
    return make_measure(plan, cast.rosa)


def count(measure: Measure, by: Any, *values: float) -> list[Point]:
    """One count a week, from the first week on."""
    return [
        progress.add_point(
            measure=measure, on=MONDAY + timedelta(weeks=week), value=Decimal(value), by=by
        )
        for week, value in enumerate(values, 1)
    ]


@pytest.fixture
def rows(cast: Cast, plan: Plan, measure: Measure) -> dict[str, tuple[Any, ...]]:
    """The arguments of every address around Diego's plan."""
    [point] = count(measure, cast.tom, 41)
    set_tier = tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    kept = tier.keep_entitlement(
        student=cast.diego, kind="iep", accommodations="More time", case_manager=cast.amina,
        starts_on=MONDAY, by=cast.amina,
    )  # fmt: skip
    goal, strategy = plan.goals.get(), plan.strategies.get()
    return {
        "student_supports": (cast.diego.pk,), "new_plan": (cast.diego.pk,),
        "set_tier": (cast.diego.pk, "academic"), "new_entitlement": (cast.diego.pk,),
        "plan": (plan.pk,), "print_plan": (plan.pk,), "plan_who": (plan.pk,),
        "plan_words": (plan.pk,), "plan_goal": (plan.pk,), "plan_strategy": (plan.pk,),
        "plan_review": (plan.pk,), "new_measure": (goal.pk,), "strategy_change": (strategy.pk,),
        "measure": (measure.pk,), "count": (measure.pk,), "measure_change": (measure.pk,),
        "point": (point.pk,), "end_tier": (set_tier.pk,), "entitlement": (kept.pk,),
        "end_entitlement": (kept.pk,),
        "goal_met": (goal.pk,), "strategy_end": (strategy.pk,), "remove_point": (point.pk,),
        "end_measure": (measure.pk,),
    }  # fmt: skip


READ = ("student_supports", "plan", "print_plan", "plan_who", "measure")
COUNT = ("count", "measure_change", "point", "remove_point")
KEEP = ("new_entitlement", "entitlement", "end_entitlement")
ACTS = ("goal_met", "strategy_end", "end_measure", "remove_point")
TEAM = ("rosa", "amina", "grace")
NOT_THEIRS = 404
NOT_THEIR_ROLE = 403


def expected(who: str, name: str) -> int:
    if who in TEAM:
        return 302 if name in ACTS else 200
    if who == "tom":
        if name in (*READ, *COUNT):
            return 302 if name in ACTS else 200
        return NOT_THEIR_ROLE
    if who == "omar":
        return NOT_THEIRS
    if who in ("joy", "linh", "sam"):
        return NOT_THEIRS if name in (*READ, *COUNT) else NOT_THEIR_ROLE
    return NOT_THEIR_ROLE


@pytest.mark.parametrize(
    "who", [*TEAM, "tom", "joy", "omar", "linh", "sam", "priya", "helen", "marcus"]
)
def test_who_opens_what(
    client: Client, cast: Cast, rows: dict[str, tuple[Any, ...]], who: str
) -> None:
    """Joy teaches elsewhere, Linh is another child's mother, Omar is of another district."""
    client.force_login(cast.login_of("sam") if who == "sam" else getattr(cast, who))
    for name, args in rows.items():
        where = reverse(f"supports:{name}", args=args)
        found = client.post(where) if name in ACTS else client.get(where, follow=who in TEAM)
        assert found.status_code == expected(who, name), (who, name)


def test_nobody_enters_without_signing_in(client: Client, rows: dict[str, tuple[Any, ...]]) -> None:
    for name, args in rows.items():
        where = reverse(f"supports:{name}", args=args)
        assert client.get(where).status_code in (302, 405), name


def home(cast: Cast, *, may_see_records: bool = True) -> Any:
    """Ana, Diego's grandmother, who signs in."""
    ana = make_user(cast.alder, "Ana Ruiz", "guardian")
    care = make_guardian(
        cast.diego, make_person(cast.alder, "Ana", "Ruiz", user=ana), "grandmother"
    )
    Guardianship.objects.filter(pk=care.pk).update(may_see_records=may_see_records)
    return ana


def test_the_family_reads_what_the_team_reads_and_writes_nothing(
    client: Client, cast: Cast, rows: dict[str, tuple[Any, ...]], page: Page
) -> None:
    ana = home(cast)
    for name in ("plan", "student_supports"):
        words = page(ana, name, *rows[name])
        assert "dinosaur book" in words
        for link in ("plan_review", "plan_words", "count", "set_tier", "new_entitlement"):
            assert reverse(f"supports:{link}", args=rows[link]) not in words, link
    for name in (*COUNT, *KEEP, "plan_review", "new_plan"):
        where = reverse(f"supports:{name}", args=rows[name])
        assert client.post(where).status_code in (NOT_THEIRS, NOT_THEIR_ROLE), name


def test_a_guardian_without_rights_finds_nothing(
    client: Client, cast: Cast, rows: dict[str, tuple[Any, ...]]
) -> None:
    client.force_login(home(cast, may_see_records=False))
    for name in READ:
        where = reverse(f"supports:{name}", args=rows[name])
        assert client.get(where).status_code == NOT_THEIRS, name


def test_a_team_member_at_home_is_family_and_no_more(
    client: Client, cast: Cast, rows: dict[str, tuple[Any, ...]]
) -> None:
    """Grace is Diego's aunt, without a right to his records: on her team's list he is not."""
    care = make_guardian(cast.diego, cast.person("grace"), "aunt")
    Guardianship.objects.filter(pk=care.pk).update(may_see_records=False)
    client.force_login(cast.grace)
    for name in (*READ, *KEEP, "plan_review", "new_plan", "set_tier"):
        where = reverse(f"supports:{name}", args=rows[name])
        assert client.get(where).status_code == NOT_THEIRS, name


def test_sam_reads_their_own_plan_and_writes_nothing(
    client: Client, cast: Cast, page: Page
) -> None:
    coordinator = make_user(cast.alder, "Wren Abbott", "coordinator", school=cast.larkspur)
    plan = make_plan(cast.sam, coordinator, student_words="I run better than I write.")
    counted = make_measure(plan, coordinator)
    sam = cast.login_of("sam")
    assert "I run better than I write." in page(sam, "plan", plan.pk)
    assert "I run better" not in page(sam, "student_supports", cast.sam.pk)
    assert "dinosaur book" in page(sam, "student_supports", cast.sam.pk)
    assert "How many today?" not in page(sam, "measure", counted.pk)
    where = reverse("supports:count", args=[counted.pk])
    assert client.post(where, {"value": "50", "on": "2026-11-16"}).status_code == NOT_THEIRS


def test_siblings_do_not_leak_into_each_other(cast: Cast, plan: Plan, page: Page) -> None:
    """Ana cares for Diego and his sister, and may see only his sister's records."""
    sister = make_student(cast.cottonwood, "Luz", "O'Brien-Ruiz")
    hers = make_plan(sister, cast.rosa, builds_on="Sings in two languages.")
    make_measure(hers, cast.rosa, title="Songs sung to the end")
    ana = home(cast, may_see_records=False)
    make_guardian(sister, cast.alder and make_person_of(ana), "grandmother")
    words = page(ana, "student_supports", sister.pk) + page(ana, "plan", hers.pk)
    assert "Songs sung" in words
    assert BUILDS_ON not in words
    assert GOAL not in page(cast.rosa, "student_supports", sister.pk).replace(GOAL, "", 1)
    assert "Songs sung" not in page(cast.rosa, "student_supports", cast.diego.pk)


def make_person_of(user: Any) -> Any:
    return user.person


def test_the_plan_of_a_student_who_moved_is_there_for_the_new_team(
    client: Client, cast: Cast, plan: Plan, page: Page
) -> None:
    """Diego moves to Larkspur: its coordinator goes on, Rosa's list ends."""
    wren = make_user(cast.alder, "Wren Abbott", "coordinator", school=cast.larkspur)
    client.force_login(wren)
    where = reverse("supports:plan", args=[plan.pk])
    assert client.get(where).status_code == NOT_THEIRS
    cast.diego.school = cast.larkspur
    cast.diego.save(update_fields=["school"])
    SectionMember.objects.filter(person=cast.diego.pk).update(gone_on="2026-11-13")
    assert BUILDS_ON in page(wren, "plan", plan.pk)
    done = client.post(
        reverse("supports:plan_review", args=[plan.pk]),
        {"decided": "continue", "as_planned": "", "words": "Welcome!", "next_review_on": ""},
    )
    assert done.status_code == 302
    for former in (cast.rosa, cast.tom):
        client.force_login(former)
        assert client.get(where).status_code == NOT_THEIRS


def test_restricted_words_are_nowhere_around_a_plan(
    client: Client, cast: Cast, rows: dict[str, tuple[Any, ...]]
) -> None:
    asked = make_referral(cast.diego, cast.tom)
    actions.write_note(referral=asked, body=SECRET, restricted=True, by=cast.amina)
    for who in (cast.amina, cast.rosa, cast.tom):
        client.force_login(who)
        opened = 0
        for name, args in rows.items():
            if name not in ACTS:
                answer = client.get(reverse(f"supports:{name}", args=args), follow=True)
                assert SECRET.encode() not in answer.content, name
                opened += answer.status_code == 200
        assert opened >= 3, "a page that does not open hides everything"


def plan_typed(cast: Cast, **said: str) -> dict[str, str]:
    typed = {
        "builds_on": BUILDS_ON, "student_words": "I like it loud.", "family_words": "",
        "family_language": "", "review_on": "2026-12-18",
        "goal-TOTAL_FORMS": "2", "goal-INITIAL_FORMS": "0", "goal-0-words": GOAL,
        "goal-0-whose": "student", "goal-0-domain": "academic",
        "goal-1-whose": "student", "goal-1-domain": "academic", "goal-1-words": "",
        "strategy-TOTAL_FORMS": "1", "strategy-INITIAL_FORMS": "0", "strategy-0-what": DONE,
        "strategy-0-doer": str(cast.tom.pk), "strategy-0-how_often": "daily",
    }  # fmt: skip
    return {**typed, **said}


def test_rosa_writes_a_plan_by_form_alone_and_once(client: Client, cast: Cast, page: Page) -> None:
    client.force_login(cast.rosa)
    where = client.get(reverse("supports:new_plan", args=[cast.diego.pk])).url
    form = client.get(where).content.decode()
    assert "Knows every dinosaur" in form
    assert "Tom Becker" in form
    assert "Joy Castellanos" not in form
    sent = client.post(where, plan_typed(cast))
    assert sent.status_code == 302, sent.content.decode()
    assert client.post(where, plan_typed(cast)).url == sent.url
    assert client.get(where).url == sent.url
    plan = Plan.objects.get()
    assert plan.review_on == date(2026, 12, 18)
    words = page(cast.tom, "plan", plan.pk)
    assert words.index(BUILDS_ON) < words.index("I like it loud.") < words.index(GOAL)
    assert words.index(GOAL) < words.index(DONE)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"goal-0-words": ""}, "Please fill this in."),
        ({"strategy-0-doer": ""}, "Please choose one."),
        ({"strategy-0-doer": "else"}, "Please write the name."),
        ({"builds_on": " "}, "Please fill this in."),
        ({"review_on": "2027-06-01"}, "within eight weeks of school"),
    ],
)
def test_a_plan_half_filled_keeps_what_was_typed(
    client: Client, cast: Cast, said: dict[str, str], told: str
) -> None:
    client.force_login(cast.rosa)
    where = client.get(reverse("supports:new_plan", args=[cast.diego.pk])).url
    words = client.post(where, plan_typed(cast, **said)).content.decode()
    assert told in words
    assert "I like it loud." in words
    assert not Plan.objects.exists()


def test_a_plan_that_comes_from_a_referral_says_so(client: Client, cast: Cast) -> None:
    asked = make_referral(cast.diego, cast.tom)
    client.force_login(cast.rosa)
    start = reverse("supports:new_plan", args=[cast.diego.pk])
    client.post(client.get(start, {"referral": asked.pk}).url, plan_typed(cast))
    assert Plan.objects.get().referral == asked
    other = make_referral(cast.minh_anh, cast.tom)
    client.post(client.get(start, {"referral": other.pk}).url, plan_typed(cast))
    assert Plan.objects.filter(referral=None).count() == 1


def test_tom_adds_todays_count_with_one_number(
    client: Client, cast: Cast, measure: Measure, page: Page
) -> None:
    client.force_login(cast.tom)
    assert 'inputmode="decimal"' in page(cast.tom, "count", measure.pk)
    where = reverse("supports:count", args=[measure.pk])
    assert client.post(where, {"value": "44", "on": "2026-11-16"}).status_code == 302
    assert client.post(where, {"value": "44", "on": "2026-11-16"}).status_code == 302
    assert (
        "has a count already"
        in client.post(where, {"value": "45", "on": "2026-11-16"}).content.decode()
    )
    [point] = Point.objects.all()
    mend = reverse("supports:point", args=[point.pk])
    assert client.post(mend, {"value": "46", "note": "After the fire drill"}).status_code == 302
    assert "After the fire drill" in page(cast.tom, "measure", measure.pk)
    assert client.post(reverse("supports:remove_point", args=[point.pk])).status_code == 302
    assert not Point.objects.exists()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([42, 43, 44, 45], "This looks ready to step down"),
        ([40, 41, 42, 43], "Check first that it was done as planned."),
        ([42, 40, 44, 43], "Go on, and keep counting."),
        ([42, 43], "2 more counts, and the goal line can say something."),
    ],
)
def test_the_prompt_stands_above_the_picture_with_its_reason(
    cast: Cast, plan: Plan, measure: Measure, page: Page, values: list[float], told: str
) -> None:
    count(measure, cast.tom, *values)
    for words in (page(cast.tom, "plan", plan.pk), page(cast.rosa, "measure", measure.pk)):
        assert words.index(told) < words.index(PICTURE)
        assert "The same as a table" in words
    assert not Tier.objects.exists(), "a prompt changes nothing"


def test_late_days_that_fall_fast_look_ready_to_step_down(
    cast: Cast, plan: Plan, page: Page
) -> None:
    late = make_measure(
        plan, cast.rosa, title="Days late", unit="days", should="fall",
        baseline=Decimal(12), target=Decimal(2),
    )  # fmt: skip
    count(late, cast.tom, 10, 9, 8, 7)
    words = page(cast.tom, "measure", late.pk)
    assert "This looks ready to step down" in words
    assert "below the goal line, where they should" in words


def test_the_number_at_the_start_and_the_hope_give_the_direction(
    client: Client, cast: Cast, plan: Plan
) -> None:
    client.force_login(cast.rosa)
    where = reverse("supports:new_measure", args=[plan.goals.get().pk])
    typed = {
        "title": "Days late", "unit": "days", "baseline": "12", "baseline_on": "2026-11-02",
        "target": "2", "target_on": "2026-12-18",
    }  # fmt: skip
    assert client.post(where, typed).status_code == 302
    assert Measure.objects.get().should == "fall"
    wrong = client.post(where, {**typed, "target": "12", "target_on": "2026-10-01"})
    assert "must differ" in wrong.content.decode()
    assert "must come after" in wrong.content.decode()


def test_everything_on_a_plan_is_done_by_forms_alone(
    client: Client, cast: Cast, plan: Plan, measure: Measure, page: Page
) -> None:
    goal, strategy = plan.goals.get(), plan.strategies.get()
    client.force_login(cast.amina)
    more = {"what": "A quiet corner", "doer": cast.tom.pk, "how_often": "daily"}
    other = {"doer": "else", "doer_name": "Marcus Hale", "how_often": "weekly"}
    review = {"as_planned": "yes", "decided": "continue", "next_review_on": "2026-12-18"}
    goal_typed = {"words": "He asks for help", "whose": "family", "domain": "academic"}
    for name, args, typed in (
        ("plan_words", (plan.pk,), {"builds_on": "Builds and explains.", "family_words": ""}),
        ("plan_goal", (plan.pk,), goal_typed),
        ("plan_strategy", (plan.pk,), more),
        ("strategy_change", (strategy.pk,), {"what": "Reads to Luz", **other}),
        ("goal_met", (goal.pk,), {}),
        ("measure_change", (measure.pk,), {"words": "New glasses", "on": "2026-11-10"}),
        ("plan_review", (plan.pk,), {"words": "It helps.", **review}),
    ):
        done = client.post(reverse(f"supports:{name}", args=args), typed)
        assert done.status_code == 302, (name, done.content.decode())
    words = page(cast.grace, "plan", plan.pk)
    for told in (
        "Builds and explains.", "He asks for help", "A quiet corner", "Reads to Luz",
        "Marcus Hale", "met on", "New glasses", "It helps.", "It was done as planned.",
    ):  # fmt: skip
        assert told in words, told
    assert words.index("What was done before") < words.index(DONE)
    for name, args in (("strategy_end", (plan.strategies.filter(ends_on=None).first().pk,)),
                       ("end_measure", (measure.pk,))):  # fmt: skip
        assert client.post(reverse(f"supports:{name}", args=args)).status_code == 302
    ended = {"as_planned": "", "decided": "end", "words": "He reads.", "next_review_on": ""}
    where = reverse("supports:plan_review", args=[plan.pk])
    assert client.post(where, ended).status_code == 302
    assert "This plan has ended" in client.post(where, ended).content.decode()
    assert "This plan ended on" in page(cast.grace, "plan", plan.pk)


def test_stepping_up_leads_to_the_tiers_and_changes_none(
    client: Client, cast: Cast, plan: Plan
) -> None:
    client.force_login(cast.rosa)
    typed = {"as_planned": "yes", "decided": "step_up", "words": "More is needed."}
    done = client.post(reverse("supports:plan_review", args=[plan.pk]), typed, follow=True)
    assert done.redirect_chain[0][0] == reverse("supports:student_supports", args=[cast.diego.pk])
    assert "If the tier changes too, say so here." in done.content.decode()
    assert not Tier.objects.exists()


def test_of_two_forms_for_one_tier_the_older_is_told(
    client: Client, cast: Cast, page: Page
) -> None:
    where = reverse("supports:set_tier", args=[cast.diego.pk, "attendance"])
    client.force_login(cast.rosa)
    assert "Missed a tenth of last year" in client.get(where).content.decode()
    typed = {"level": "2", "reason": "Asthma", "entry_rule": "10 percent", "exit_rule": "Less"}
    assert client.post(where, typed).status_code == 302
    client.force_login(cast.amina)
    older = client.post(where, {**typed, "level": "3"})
    assert "Somebody has changed this just now" in older.content.decode()
    now = Tier.objects.get()
    anew = {**typed, "level": "3", "reason": "It did not help.", "instead_of": str(now.pk)}
    assert client.post(where, anew).status_code == 302
    words = page(cast.tom, "student_supports", cast.diego.pk)
    assert "Tier 3: a few students" in words
    assert "It did not help." in words
    end = reverse("supports:end_tier", args=[Tier.objects.get(ends_on=None).pk])
    client.force_login(cast.amina)
    assert client.post(end, {"because": "Comes every day."}).status_code == 302
    assert client.get(where.replace("attendance", "nonsense")).status_code == NOT_THEIRS


def test_the_teacher_reads_accommodations_and_the_case_manager_keeps_them(
    client: Client, cast: Cast, page: Page
) -> None:
    """Yuki, case manager, teaches Diego in the resource room; Tom reads what he must do."""
    yuki = make_user(cast.alder, "Yuki Abe", "case_manager")
    person = make_person(cast.alder, "Yuki", "Abe", user=yuki)
    section = SectionMember.objects.get(person=cast.diego.pk).section
    SectionMember.objects.create(
        district=cast.alder, section=section, person=person, role="teacher"
    )
    client.force_login(yuki)
    where = reverse("supports:new_entitlement", args=[cast.diego.pk])
    typed = {
        "kind": "section_504", "accommodations": "A seat near the door", "services": "",
        "general_education_percent": "95", "case_manager": yuki.pk, "starts_on": "2026-09-01",
        "review_on": "2027-09-01",
    }  # fmt: skip
    done = client.post(where, typed)
    assert done.status_code == 302, done.content.decode()
    kept = Entitlement.objects.get()
    words = page(cast.tom, "student_supports", cast.diego.pk)
    assert "A seat near the door" in words
    assert reverse("supports:entitlement", args=[kept.pk]) not in words
    client.force_login(yuki)
    again = reverse("supports:entitlement", args=[kept.pk])
    assert "A seat near the door" in client.get(again).content.decode()
    assert client.post(again, {**typed, "accommodations": "More time"}).status_code == 302
    end = reverse("supports:end_entitlement", args=[kept.pk])
    assert "still ahead" in client.post(end, {"on": "2027-01-01"}).content.decode()
    assert client.post(end, {"on": "2026-11-16"}).status_code == 302
    assert reverse("supports:new_plan", args=[cast.diego.pk]) not in page(
        yuki, "student_supports", cast.diego.pk
    )


def test_support_is_drawn_over_the_data(
    cast: Cast, measure: Measure, rows: dict[str, tuple[Any, ...]], page: Page
) -> None:
    words = page(cast.tom, "student_supports", cast.diego.pk)
    picture = words[words.index(PICTURE) :]
    picture = picture[: picture.index("</svg>")]
    assert DONE in picture
    assert "Tier 2" in picture
    assert "The bars under the counts say what was done" in words


def test_a_plan_prints_as_a_tagged_document(client: Client, cast: Cast, plan: Plan) -> None:
    count(make_measure(plan, cast.rosa), cast.tom, 42, 43, 44, 45)
    client.force_login(cast.tom)
    answer = client.get(reverse("supports:print_plan", args=[plan.pk]))
    assert answer["Content-Type"] == "application/pdf"
    document = PdfReader(BytesIO(answer.content))
    words = " ".join("".join(page.extract_text() for page in document.pages).split())
    for told in ("Plan for Diego", BUILDS_ON, GOAL, DONE, "ready to step down"):
        assert told in words, told
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_each_look_is_kept_with_its_reason(cast: Cast, plan: Plan, page: Page) -> None:
    page(cast.tom, "plan", plan.pk)
    page(cast.grace, "student_supports", cast.diego.pk)
    looks = Look.objects.order_by("pk")
    assert [(look.by, look.page, look.student_id) for look in looks] == [
        (cast.tom.pk, "plan", cast.diego.pk),
        (cast.grace.pk, "supports", cast.diego.pk),
    ]
    assert looks[0].why == "You teach this student."


@pytest.mark.parametrize("name", ["plan", "student_supports", "measure"])
def test_a_page_asks_no_more_for_many_counts_than_for_few(
    client: Client, cast: Cast, plan: Plan, measure: Measure, asking: Asked, name: str
) -> None:
    args = {"plan": plan.pk, "student_supports": cast.diego.pk, "measure": measure.pk}
    counts = []
    for many in (2, 6):
        other = make_measure(plan, cast.rosa, title=f"Pages {many}")
        count(other, cast.tom, *range(40, 40 + many))
        progress.mark_change(measure=other, on=MONDAY, words="A new book", by=cast.rosa)
        client.force_login(cast.rosa)
        with asking:
            assert client.get(reverse(f"supports:{name}", args=[args[name]])).status_code == 200
        counts.append(asking.count)
    assert counts[0] == counts[1], asking.questions
    assert counts[1] <= 11, asking.questions


@pytest.mark.parametrize("name", ["student_supports", "plan", "measure", "new_plan", "plan_review"])
def test_the_pages_come_in_spanish(
    client: Client, cast: Cast, rows: dict[str, tuple[Any, ...]], name: str
) -> None:
    client.force_login(cast.rosa)
    client.cookies["django_language"] = "es"
    answer = client.get(reverse(f"supports:{name}", args=rows[name]), follow=True)
    assert '<html lang="es"' in answer.content.decode()


def test_the_team_of_another_school_finds_nothing(
    client: Client, cast: Cast, rows: dict[str, tuple[Any, ...]]
) -> None:
    Membership.objects.create(
        district=cast.alder, user=cast.joy, role="coordinator", school=cast.larkspur,
        starts=SOME_DAY,
    )  # fmt: skip
    client.force_login(cast.joy)
    for name, args in rows.items():
        where = reverse(f"supports:{name}", args=args)
        found = client.post(where) if name in ACTS else client.get(where)
        assert found.status_code == NOT_THEIRS, name


def test_once_planned_a_referral_leads_to_writing_the_plan(cast: Cast, page: Page) -> None:
    asked = make_referral(cast.diego, cast.tom)
    start = f"{reverse('supports:new_plan', args=[cast.diego.pk])}?referral={asked.pk}"
    assert start not in page(cast.rosa, "referral", asked.pk)
    actions.triage(referral=asked, why="Read.", by=cast.rosa)
    actions.assign(referral=asked, owner=cast.amina, by=cast.rosa)
    actions.begin_assessing(referral=asked, by=cast.amina)
    actions.set_plan(referral=asked, why="A reading pair.", by=cast.amina)
    assert start in page(cast.rosa, "referral", asked.pk)
    written = make_plan(cast.diego, cast.amina, referral=asked)
    words = page(cast.rosa, "referral", asked.pk)
    assert start not in words
    assert written.get_absolute_url() in words
    assert written.get_absolute_url() not in page(cast.tom, "referral", asked.pk)


@pytest.mark.parametrize(
    ("because", "onward"), [("goal_met", True), ("stepped_up", True), ("moved", False)]
)
def test_closing_suggests_the_tier_where_it_may_change(
    client: Client, cast: Cast, because: str, onward: bool
) -> None:
    asked = make_referral(cast.diego, cast.tom)
    client.force_login(cast.rosa)
    where = reverse("supports:step", args=[asked.pk, "close"])
    done = client.post(where, {"because": because, "why": ""}, follow=True)
    tiers = reverse("supports:student_supports", args=[cast.diego.pk])
    assert (done.redirect_chain[0][0] == tiers) == onward
    assert ("If the tier changes too" in done.content.decode()) == onward
    assert not Tier.objects.exists()


def test_the_students_page_and_its_paper_say_what_is_in_place(
    client: Client, cast: Cast, rows: dict[str, tuple[Any, ...]], asking: Asked
) -> None:
    ana = home(cast)
    where = reverse("student", args=[cast.diego.pk])
    for who, told in ((cast.rosa, True), (cast.tom, True), (ana, True), (cast.helen, False)):
        client.force_login(who)
        with asking:
            words = client.get(where).content.decode()
        assert (GOAL in words) == told, who.name
        assert ("Tier 2: some students" in words) == told
        assert ("More time" in words) == told
        assert asking.count <= 12, asking.questions
        paper = client.get(reverse("print_student", args=[cast.diego.pk])).content
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
        assert ("More time" in " ".join(text.split())) == told, who.name


def test_words_that_belong_to_the_counselor_are_stopped_wherever_the_family_reads(
    client: Client, cast: Cast, rows: dict[str, tuple[Any, ...]]
) -> None:
    """Each form that the family will read asks first; nothing is kept before that."""
    private = "She told me about birth control"
    client.force_login(cast.amina)
    start = client.get(reverse("supports:new_plan", args=[cast.diego.pk])).url
    review = {"decided": "continue", "as_planned": "", "words": private, "next_review_on": ""}
    tier_typed = tier_words(domain="attendance", reason=private)
    more = {"what": private, "doer": cast.tom.pk, "how_often": "daily"}
    for where, typed in (
        (start, plan_typed(cast, student_words=private)),
        (start, plan_typed(cast, **{"goal-0-words": private})),
        (start, plan_typed(cast, **{"strategy-0-what": private})),
        (reverse("supports:plan_review", args=rows["plan_review"]), review),
        (reverse("supports:plan_strategy", args=rows["plan_strategy"]), more),
        (reverse("supports:set_tier", args=[cast.diego.pk, "attendance"]), tier_typed),
        (reverse("supports:count", args=rows["count"]),
         {"value": "44", "on": "2026-11-16", "note": private}),
        (reverse("supports:measure_change", args=rows["measure_change"]),
         {"words": private, "on": "2026-11-16"}),
    ):  # fmt: skip
        answer = client.post(where, typed)
        assert answer.status_code == 200, where
        words = answer.content.decode()
        assert "talk with the counselor" in words, where
        assert "I mean something else" in words, where
    assert Plan.objects.count() == 1
    assert not Tier.objects.filter(domain="attendance").exists()


def test_who_meant_something_else_goes_on(client: Client, cast: Cast) -> None:
    client.force_login(cast.amina)
    start = client.get(reverse("supports:new_plan", args=[cast.diego.pk])).url
    typed = plan_typed(cast, **{"goal-0-words": "Writes about birth control in biology"})
    assert 'name="goal-0-went_on"' in client.post(start, typed).content.decode()
    assert client.post(start, {**typed, "goal-0-went_on": "on"}).status_code == 302
    assert Plan.objects.count() == 1


def test_a_new_school_year_loses_no_plan(
    client: Client, cast: Cast, plan: Plan, measure: Measure, page: Page
) -> None:
    """In August Diego has a new teacher, who reads on and counts on; Tom does not any more."""
    may = make_user(cast.alder, "May Ortega", "teacher")
    SectionMember.objects.filter(person=cast.diego.pk).update(gone_on="2026-11-13")
    person = make_person(cast.alder, "May", "Ortega", user=may)
    make_section(cast.cottonwood, "Grade 5, room 3", person, cast.diego)
    assert BUILDS_ON in page(may, "plan", plan.pk)
    where = reverse("supports:count", args=[measure.pk])
    assert client.post(where, {"value": "44", "on": "2026-11-16"}).status_code == 302
    assert BUILDS_ON in page(cast.rosa, "plan", plan.pk)
    client.force_login(cast.tom)
    assert client.get(where).status_code == NOT_THEIRS
    assert client.get(reverse("supports:plan", args=[plan.pk])).status_code == NOT_THEIRS


def test_a_planned_referral_opens_its_plan_and_asks_no_more_for_it(
    cast: Cast, client: Client, asking: Asked, at: Callable[[Referral, str], Referral]
) -> None:
    planned = at(make_referral(cast.diego, cast.tom), "planned")
    plan = make_plan(cast.diego, cast.rosa, referral=planned)
    client.force_login(cast.rosa)
    with asking:
        said = client.get(planned.get_absolute_url()).content.decode()
    assert plan.get_absolute_url() in said
    assert "we look again on" in said
    assert asking.count <= 12, "\n".join(asking.questions)
