"""Support over the data: each measure with what was done, drawn under its counts."""

from collections.abc import Sequence

from django.utils import timezone

from hearth.access.models import User
from hearth.kit.chart import Chart
from hearth.people.models import Student
from hearth.supports.models import Measure, Plan, Tier
from hearth.supports.paper.picture import Period, picture
from hearth.supports.reading.in_one import with_related
from hearth.supports.reading.progress import Counted, by_measure

MEASURES_SHOWN = 6


def periods_of(plans: Sequence[Plan], tiers: Sequence[Tier]) -> list[Period]:
    """What was done from when to when: strategies of the plans, and the tiers."""
    found = [
        Period(f"{one.what}, {one.how_often}", one.starts_on, one.ends_on)
        for plan in plans
        for one in plan.strategies.all()
    ]
    found += [
        Period(
            f"{tier.get_level_display()}, {tier.get_domain_display()}",
            tier.starts_on,
            tier.ends_on,
        )
        for tier in tiers
    ]
    return sorted(found, key=lambda period: period.begins)


def drawn(
    student: Student, user: User, periods: Sequence[Period], *, unfold: bool = False
) -> list[tuple[Counted, Chart]]:
    """The student's measures that the user may see, newest first, without those that ended long
    ago."""
    seen = Measure.objects.visible_to(user)
    measures = (
        (seen if unfold else seen.not_folded(timezone.localdate()))
        .filter(student=student)
        .select_related("goal")
        .order_by("-baseline_on", "-pk")[:MEASURES_SHOWN]
    )
    counted = by_measure(with_related(measures, "points", "phases"))
    return [(one, picture(one, periods)) for one in counted]
