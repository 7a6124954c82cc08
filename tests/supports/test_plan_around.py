"""What the student's page and Today get of plans."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.supports.actions import plan as plans
from hearth.supports.actions import progress, tier
from hearth.supports.front.around_plan import for_student
from hearth.supports.models import Plan, Tier
from hearth.supports.rules.tiers import agreed, rules_for
from hearth.supports.waits.plan import waits
from tests.cast import Cast
from tests.makers import make_guardian, make_person, make_user
from tests.supports.conftest import Asked
from tests.supports.plans import BUILDS_ON, GOAL, make_measure, make_plan, tier_words

PEOPLE = ("rosa", "tom", "amina", "grace", "linh", "priya", "helen", "marcus", "joy")
MONDAY = date(2026, 9, 7)
TODAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def october() -> Iterator[Any]:
    with time_machine.travel("2026-10-12T18:00:00Z") as clock:
        yield clock


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Rosa wrote Diego's plan with tier and IEP beside it."""
    tier.set_tier(student=cast.diego, by=cast.rosa, **tier_words())
    tier.keep_entitlement(
        student=cast.diego, kind="iep", accommodations="More time", case_manager=cast.amina,
        starts_on=MONDAY, review_on=date(2026, 10, 20), by=cast.amina,
    )  # fmt: skip
    return make_plan(cast.diego, cast.rosa)


def count(cast: Cast, plan: Plan, *values: int) -> None:
    measure = make_measure(plan, cast.rosa)
    for week, value in enumerate(values, 1):
        progress.add_point(
            measure=measure, on=MONDAY + timedelta(weeks=week), value=Decimal(value), by=cast.tom
        )


@pytest.mark.parametrize("who", ["rosa", "tom"])
def test_the_students_page_gets_it_all_in_one_query(
    cast: Cast, plan: Plan, asking: Asked, who: str
) -> None:
    user: User = getattr(cast, who)
    assert user.standing
    with asking:
        found = for_student(cast.diego, user)
    assert asking.count == 1
    [shown] = found.plans
    assert (shown.builds_on, shown.goal, shown.review_on) == (BUILDS_ON, GOAL, plan.review_on)
    assert [(t.domain, t.level) for t in found.tiers] == [("Learning", "Tier 2: some students")]
    assert [(e.kind, e.case_manager) for e in found.entitlements] == [("IEP", "Amina Yusuf")]
    assert [n.day for n in found.next_dates] == [date(2026, 10, 20), plan.review_on]


def test_who_may_not_see_plans_gets_nothing(cast: Cast, plan: Plan) -> None:
    for who in (cast.joy, cast.priya, cast.helen, cast.linh, cast.marcus, cast.login_of("sam")):
        assert not for_student(cast.diego, who), who.name


def test_the_family_gets_what_the_teacher_gets(cast: Cast, plan: Plan) -> None:
    ana = make_user(cast.alder, "Ana Ruiz", "guardian")
    make_guardian(cast.diego, make_person(cast.alder, "Ana", "Ruiz", user=ana), "grandmother")
    assert for_student(cast.diego, ana) == for_student(cast.diego, cast.tom)
    assert not for_student(cast.minh_anh, ana)


def test_what_the_page_gets_is_what_each_list_shows(cast: Cast, plan: Plan) -> None:
    """The one query asks the student's grounds once; the lists ask their own. Both agree."""
    ana = make_user(cast.alder, "Ana Ruiz", "guardian")
    make_guardian(cast.diego, make_person(cast.alder, "Ana", "Ruiz", user=ana), "grandmother")
    make_guardian(cast.diego, cast.person("grace"), "aunt")
    people = [cast.login_of("sam"), ana, *(getattr(cast, key) for key in PEOPLE)]
    cast.tom.viewed_by = cast.helen
    for who in people:
        found = for_student(cast.diego, who)
        may = who.may(May.SEE_PLANS)
        for table, shown in ((Plan, found.plans), (Tier, found.tiers)):
            listed = table.objects.visible_to(who).filter(student=cast.diego).count()
            assert len(shown) == (listed if may else 0), (who.name, table)


def test_what_has_ended_is_not_in_place(cast: Cast, plan: Plan) -> None:
    plans.end_plan(plan=plan, because="He reads.", by=cast.rosa)
    assert not for_student(cast.diego, cast.rosa).plans


def test_a_look_that_is_due_waits_on_who_wrote_the_plan(cast: Cast, plan: Plan) -> None:
    day = plan.review_on
    assert day
    assert not waits(cast.rosa, TODAY)
    [line] = waits(cast.rosa, day)
    assert (line.student, line.late, line.day) == ("Diego O'Brien-Ruiz", False, day)
    assert not waits(cast.amina, day)
    [late] = waits(cast.amina, day + timedelta(days=1))
    assert late.late, "what its writer let pass is the whole team's"


def test_a_prompt_waits_on_who_does_something_for_the_plan(cast: Cast, plan: Plan) -> None:
    count(cast, plan, 40, 40, 40, 40)
    [line] = waits(cast.rosa, TODAY)
    assert "Words read aloud in one minute" in line.stands
    assert not waits(cast.tom, TODAY)
    more = plans.NewStrategy("Listens to him", "daily", doer=cast.tom)
    plans.add_strategy(plan=plan, strategy=more, by=cast.rosa)
    assert not waits(cast.tom, TODAY), "after a change the counts begin anew"


def test_mixed_counts_wait_on_nobody(cast: Cast, plan: Plan) -> None:
    count(cast, plan, 42, 40, 44, 40)
    assert not waits(cast.rosa, TODAY)


def test_what_waits_takes_one_query(cast: Cast, plan: Plan, asking: Asked) -> None:
    count(cast, plan, 40, 40, 40, 40)
    count(cast, make_plan(cast.minh_anh, cast.rosa), 42, 43, 44, 45)
    assert cast.rosa.standing
    with asking:
        assert len(waits(cast.rosa, TODAY)) == 2
    assert asking.count == 1


def test_nothing_waits_on_strangers(cast: Cast, plan: Plan) -> None:
    for who in (cast.joy, cast.omar, cast.priya, cast.linh, cast.marcus):
        assert not waits(who, date(2030, 1, 7))


def test_every_domain_has_usual_words_with_their_source() -> None:
    assert all(rule["source"] for rule in agreed())
    entry, leave = rules_for("attendance", TODAY, "es")
    assert entry.startswith("Faltó")
    assert leave.startswith("Cuatro")
    assert rules_for("academic", TODAY, "fr") == ("", agreed()[-1]["exit"]["en"])
    assert rules_for("academic", date(2020, 1, 1), "en") == ("", "")
