"""Rosa keeps which money pays for what, and sees months ahead what ends with a grant."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.partners.actions import funding as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.front.today import waiting_with_partners
from hearth.partners.models import Funded, Funding, Share, Split
from hearth.partners.paper.cliff import cliff, counted
from hearth.partners.reading.funding import Braid
from hearth.partners.rules.funding import Dated, Thing, losses, paid_on, spans, standing
from tests.cast import Cast
from tests.partners.test_pages import browser
from tests.partners.world import days, open_door

JUNE, JULY = date(2027, 6, 30), date(2027, 7, 1)
NOW = date(2026, 11, 30)


def source(by: Any, name: str = "Grant", **said: Any) -> Funding:
    told = {"name": name, "given_by": "The state", "starts": days(-400), "ends": days(200)}
    return actions.write_source(said={**told, **said}, by=by)


def position(by: Any, school: Any, name: str = "Coordinator") -> Funded:
    return actions.write_funded(by=by, school=school, position=name)


def parts(**said: Any) -> dict[int, Decimal]:
    return {Funding.objects.get(name=name).pk: Decimal(str(part)) for name, part in said.items()}


# The rules, without a database


def thing(*splits: tuple[date, dict[int, int]], ended_on: date | None = None) -> Thing:
    said = [Dated(day, {k: Decimal(v) for k, v in parts.items()}) for day, parts in splits]
    return Thing(1, said, ended_on)


def test_the_split_of_a_day_is_the_last_that_began_by_then() -> None:
    first, second = (date(2026, 7, 1), {1: 100}), (date(2026, 12, 1), {1: 60, 2: 40})
    braided = thing(first, second)
    assert standing(braided, date(2026, 6, 30)) is None
    assert standing(braided, NOW).parts == {1: 100}  # type: ignore[union-attr]
    assert standing(braided, date(2026, 12, 1)).parts == {1: 60, 2: 40}  # type: ignore[union-attr]


def test_of_two_written_for_one_day_the_later_counts() -> None:
    mistyped = thing((NOW, {1: 100}), (NOW, {2: 100}))
    assert [dict(split.parts) for split, _until in spans(mistyped)] == [{2: 100}]


def test_what_has_other_money_in_time_is_not_lost() -> None:
    """The grant ends in June. Half of the post is put on the district from July."""
    alone = thing((date(2026, 7, 1), {1: 50, 2: 50}))
    moved = thing((date(2026, 7, 1), {1: 50, 2: 50}), (JULY, {2: 100}))
    ends = {1: JUNE, 2: None}
    assert [(one.day, one.percent) for one in losses([alone], ends, NOW)] == [(JUNE, 50)]
    assert losses([moved], ends, NOW) == []
    assert losses([thing((NOW, {1: 100}), ended_on=JULY)], ends, NOW) == []
    assert paid_on([alone], ends, JUNE) == 100
    assert paid_on([alone], ends, JULY) == 50


def test_money_that_is_over_and_still_counted_on_is_said_so() -> None:
    late = losses([thing((date(2026, 1, 1), {1: 30, 2: 70}))], {1: date(2026, 9, 30), 2: None}, NOW)
    assert [(one.day, one.percent) for one in late] == [(date(2026, 9, 30), 30)]


# The verbs, and what PostgreSQL says


def test_a_split_makes_exactly_a_hundred(cast: Cast) -> None:
    source(cast.rosa), source(cast.rosa, "Budget", ends=None)
    post = position(cast.rosa, cast.cottonwood)
    for grant, budget in ((60, 30), (60, 50), (99.99, 0)):
        with pytest.raises(NotAllowed, match="exactly 100"):
            actions.split(funded=post, starts=days(0), by=cast.rosa,
                          parts=parts(Grant=grant, Budget=budget))  # fmt: skip
    made = actions.split(funded=post, starts=days(0), by=cast.rosa,
                         parts=parts(Grant=33.33, Budget=66.67))  # fmt: skip
    assert sum(made.shares.values_list("percent", flat=True)) == 100


def test_the_database_refuses_a_split_that_is_no_whole(cast: Cast) -> None:
    """Whoever goes around the verb is stopped when the transaction ends."""
    grant, post = source(cast.rosa), position(cast.rosa, cast.cottonwood)
    for shares in ([90], []):
        with pytest.raises(IntegrityError, match="100 percent"), transaction.atomic():
            _around_the_verb(post, grant, shares)
    assert not Split.objects.exists()


def _around_the_verb(post: Funded, grant: Funding, shares: list[int]) -> None:
    own = {"district": grant.district, "made_by": grant.made_by}
    split = Split.objects.create(funded=post, starts=days(0), **own)
    for percent in shares:
        Share.objects.create(district=grant.district, split=split, funding=grant, percent=percent)
    connection.check_constraints()


def test_a_change_leaves_the_past_as_it_was(cast: Cast) -> None:
    source(cast.rosa), source(cast.rosa, "Budget", ends=None)
    post = position(cast.rosa, cast.cottonwood)
    actions.split(funded=post, starts=days(-300), parts=parts(Grant=100), by=cast.rosa)
    with pytest.raises(NotAllowed, match="past stays"):
        actions.split(funded=post, starts=days(-10), parts=parts(Budget=100), by=cast.rosa)
    actions.split(funded=post, starts=days(0), parts=parts(Budget=100), by=cast.rosa)

    before = Braid(cast.rosa, days(-1)).lines()[0]
    assert [(name, part) for name, part in before.named if part] == [("Grant", 100)]
    for table in (Split, Share):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            table.objects.update(district=cast.alder)


def test_a_source_bears_nothing_outside_its_days(cast: Cast) -> None:
    source(cast.rosa, ends=days(20))
    post = position(cast.rosa, cast.cottonwood)
    with pytest.raises(NotAllowed, match="Grant does not pay on"):
        actions.split(funded=post, starts=days(21), parts=parts(Grant=100), by=cast.rosa)


def test_each_keeps_their_own_school_and_the_district_what_is_for_all(cast: Cast) -> None:
    source(cast.rosa)
    here = position(cast.rosa, cast.cottonwood)
    with pytest.raises(NotAllowed):
        position(cast.rosa, cast.larkspur)
    with pytest.raises(NotAllowed):
        position(cast.rosa, None)
    there, every = position(cast.helen, cast.larkspur), position(cast.helen, None)
    assert set(Funded.objects.visible_to(cast.rosa)) == {here, every}
    assert set(Funded.objects.where_keeper(cast.rosa)) == {here}
    assert set(Funded.objects.visible_to(cast.helen)) == {here, there, every}
    assert not Funded.objects.visible_to(cast.amina).exists()
    with pytest.raises(NotAllowed):
        actions.split(funded=every, starts=days(0), parts=parts(Grant=100), by=cast.rosa)


# What is seen


@pytest.fixture
def braided(cast: Cast) -> Cast:
    """The grant ends in 200 days; half of Rosa's post and a service of Open Door's hang on it."""
    source(cast.rosa), source(cast.rosa, "Budget", ends=None)
    post = position(cast.rosa, cast.cottonwood)
    actions.split(
        funded=post, starts=days(-30), parts=parts(Grant=50, Budget=50), cost=Decimal(90000),
        by=cast.rosa,
    )  # fmt: skip
    service = open_door(cast).services.get()
    hours = actions.write_funded(by=cast.rosa, school=cast.cottonwood, service=service)
    actions.split(funded=hours, starts=days(-30), parts=parts(Grant=100), by=cast.rosa)
    return cast


def test_the_cliff_says_what_ends_with_the_grant_and_is_drawn(braided: Cast) -> None:
    found = Braid(braided.rosa, timezone.localdate())
    ends = found.cliff()
    assert [(one.source.name, one.day, one.whole) for one in ends] == [
        ("Grant", days(200), Decimal("1.5"))
    ]
    assert counted(ends[0]) == "1 position, 1 service"
    assert [paid for _day, paid in found.steps()] == [100, 25]

    chart = cliff(ends, found.steps())

    assert chart is not None
    assert "<svg" in chart.svg
    assert "25 %" in chart.svg
    assert chart.rows[0][1:] == (
        "Grant", "1 position, 1 service", "Coordinator: 50 %; Counseling: 100 %",
    )  # fmt: skip


def test_today_says_so_months_ahead_until_other_money_is_found(braided: Cast) -> None:
    today = timezone.localdate()
    grant = Funding.objects.get(name="Grant")
    assert [one.url for one in waiting_with_partners(braided.rosa, today).money] == [
        grant.get_absolute_url()
    ]
    assert waiting_with_partners(braided.amina, today).money == []
    assert waiting_with_partners(braided.rosa, today - timedelta(days=150)).money == []

    for one in Funded.objects.all():
        actions.split(funded=one, starts=days(201), parts=parts(Budget=100), by=braided.rosa)

    assert waiting_with_partners(braided.rosa, today).money == []
    assert Braid(braided.rosa, today).cliff() == []


def test_rosa_reads_the_braid_and_takes_it_out(
    braided: Cast, django_assert_max_num_queries: Any
) -> None:
    rosa = browser(braided.rosa)
    for name in ("funding:braid", "funding:cliff", "funding:as_file"):
        with django_assert_max_num_queries(12):
            answer = rosa.get(reverse(name))
        assert answer.status_code == 200
        assert "Counseling" in answer.content.decode()
    file = answer.content.decode("utf-8-sig").splitlines()
    assert "Coordinator,position,Cottonwood Elementary,Budget,50.00,,90000.00" in file
    grant = Funding.objects.get(name="Grant").get_absolute_url()
    with django_assert_max_num_queries(12):
        assert "50 %" in rosa.get(grant).content.decode()
    for one in Funded.objects.all():
        with django_assert_max_num_queries(12):
            assert "Grant ends." in rosa.get(one.get_absolute_url()).content.decode()


def test_rosa_writes_all_of_it_in_the_browser(cast: Cast) -> None:
    rosa = browser(cast.rosa)
    said = {"name": "Grant", "given_by": "The state", "starts": "2026-07-01", "ends": JUNE}
    rosa.post(reverse("funding:new_source"), said)
    grant = Funding.objects.get()
    assert "same name" not in rosa.get(grant.get_absolute_url()).content.decode()
    again = rosa.post(reverse("funding:new_source"), said)
    assert "a source of this name already" in again.content.decode()
    rule = {"words": "Counseling. No food.", "source": "Letter of 3 May", "starts": "2026-07-01"}
    rosa.post(reverse("funding:new_rule", args=[grant.pk]), rule)
    assert "Counseling. No food." in rosa.get(grant.get_absolute_url()).content.decode()

    answer = rosa.post(
        reverse("funding:new_funded"), {"position": "Liaison", "school": cast.cottonwood.pk}
    )
    post = Funded.objects.get()
    assert answer["Location"] == reverse("funding:split", args=[post.pk])
    begins = max(timezone.localdate(), date(2026, 7, 1))
    field = f"part_{grant.pk}"
    short = rosa.post(answer["Location"], {"starts": begins, field: "90"})
    assert "make 90 percent together" in short.content.decode()
    rosa.post(answer["Location"], {"starts": begins, field: "100"})
    assert post.splits.get().shares.get().percent == 100
    rosa.post(reverse("funding:change_source", args=[grant.pk]), {**said, "ends": JULY})
    assert Funding.objects.get().ends == JULY
    rosa.post(reverse("funding:end_funded", args=[post.pk]), {"on": timezone.localdate()})
    assert Funded.objects.get().ended_on == timezone.localdate()


def test_nobody_else_opens_it(braided: Cast) -> None:
    for who in (braided.amina, braided.tom, braided.linh):
        assert browser(who).get(reverse("funding:braid")).status_code == 403
    assert Client().get(reverse("funding:braid")).status_code == 302
