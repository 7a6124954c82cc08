"""What a family finds when they come in."""

from django.test import Client

from hearth.people.models import Guardianship
from tests.cast import Cast
from tests.supports.plans import make_plan


def today_of(user: object) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/").content.decode()


def test_linh_reads_what_is_hoped_for_and_when_we_look_again(cast: Cast) -> None:
    plan = make_plan(cast.minh_anh, by=cast.rosa)
    html = today_of(cast.linh)
    assert plan.goals.get().words in html
    assert plan.get_absolute_url() in html
    assert f'datetime="{plan.review_on.isoformat()}"' in html


def test_a_plan_that_ended_is_not_on_linhs_day(cast: Cast) -> None:
    plan = make_plan(cast.minh_anh, by=cast.rosa)
    plan.ended_on, plan.review_on, plan.ended_because = plan.starts_on, None, "It is done."
    plan.save()
    assert plan.get_absolute_url() not in today_of(cast.linh)


def test_whoever_may_not_see_records_reads_no_plan(cast: Cast) -> None:
    plan = make_plan(cast.minh_anh, by=cast.rosa)
    Guardianship.objects.filter(student=cast.minh_anh).update(may_see_records=False)
    html = today_of(cast.linh)
    assert "Minh Anh" not in html
    assert plan.get_absolute_url() not in html


def test_the_plan_of_another_child_is_not_on_linhs_day(cast: Cast) -> None:
    plan = make_plan(cast.diego, by=cast.rosa)
    assert plan.get_absolute_url() not in today_of(cast.linh)
