"""What hangs on a row, read in one question: the same rows as `prefetch_related` reads."""

from datetime import date

import pytest

from hearth.supports.actions import progress
from hearth.supports.models import Measure, Meeting, Plan, Referral
from hearth.supports.reading.in_one import with_related
from tests.cast import Cast
from tests.supports.conftest import Asked
from tests.supports.plans import make_measure, make_plan
from tests.supports.teams import open_now, set_up


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return make_plan(cast.diego, cast.rosa)


def plain(row: object) -> dict[str, object]:
    return {key: value for key, value in vars(row).items() if not key.startswith("_")}


def test_counts_and_changes_come_with_their_measure(cast: Cast, plan: Plan, asking: Asked) -> None:
    measure = make_measure(plan, cast.rosa)
    for day, value in ((14, "41.50"), (8, "40")):
        progress.add_point(
            measure=measure, on=date(2026, 9, day), value=value, note="Fire drill", by=cast.tom
        )
    progress.mark_change(measure=measure, on=date(2026, 9, 14), words="A new book", by=cast.rosa)
    other = make_measure(plan, cast.rosa, title="Pages")
    rows = Measure.objects.order_by("pk")
    with asking:
        found = with_related(rows, "points", "phases")
        told = [[plain(point) for point in one.points.all()] for one in found]
        assert found[0].points.all()[0].measure is found[0]
    assert asking.count == 1
    before = list(rows.prefetch_related("points", "phases"))
    assert told == [[plain(point) for point in one.points.all()] for one in before]
    assert [plain(one) for one in found] == [plain(one) for one in before]
    assert plain(found[0].phases.all()[0]) == plain(before[0].phases.all()[0])
    assert not found[1].points.all(), other.title


def test_goals_and_strategies_come_with_their_plan(plan: Plan, asking: Asked) -> None:
    with asking:
        (found,) = with_related(Plan.objects.all(), "goals", "strategies")
        goals, strategies = list(found.goals.all()), list(found.strategies.all())
    assert asking.count == 1
    assert (goals, strategies) == (list(plan.goals.all()), list(plan.strategies.all()))


def test_they_stand_in_their_tables_own_order(cast: Cast, asked: Referral) -> None:
    set_up(cast)
    meeting = open_now(cast)
    last = meeting.items.last()
    meeting.items.filter(pk=last.pk).update(place=0)
    (found,) = with_related(Meeting.objects.filter(pk=meeting.pk), "items")
    assert next(iter(found.items.all())) == last


def test_only_rows_that_point_here_can_be_asked_for(plan: Plan) -> None:
    with pytest.raises(TypeError, match="student"):
        with_related(Plan.objects.all(), "student")
