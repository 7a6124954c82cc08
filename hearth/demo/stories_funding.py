"""Which money pays for what in the demonstration: five sources, four positions, four services.

Every source, letter and sum is invented; the rules are in the words of such letters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.partners.actions import funding as actions
from hearth.partners.models import Funding, Service
from hearth.schools.models import District, School

LETTER = "Invented for this demonstration"


@dataclass(frozen=True)
class Source:
    key: str
    name: str
    given_by: str
    years: int | None  # it ends with the school year after so many; None goes on
    rule: str


@dataclass(frozen=True)
class Paid:
    """A position, or a service by its name; the parts it began with, and what changed since."""

    what: str
    parts: Mapping[str, int]
    cost: int
    service: bool = False
    now: Mapping[str, int] | None = None


SOURCES = (
    Source("grant", "Community schools grant", "The state", 0,
           "The coordinator and services of partners at this school. It may not take the place of "
           "what was paid for before."),
    Source("general", "General fund (supplemental)", "The district", None,
           "Whatever serves students with the greatest needs, as the local plan says."),
    Source("after_school", "Before and after school (state)", "The state", 1,
           "Hours before and after the school day, and days in the breaks."),
    Source("county", "County behavioral health", "The county", 0,
           "Counseling by people with a license or under supervision; no transport, no food."),
    Source("fund", "Valley Family Fund", "A local foundation", 2,
           "Food, clothes and rides for families. No salaries."),
)  # fmt: skip
PAID = (
    Paid("Coordinator", {"grant": 100}, 98_000, now={"grant": 80, "general": 20}),
    Paid("Family liaison", {"grant": 40, "general": 60}, 64_000),
    Paid("Counselor, two days a week", {"county": 75, "general": 25}, 46_000),
    Paid("After-school lead", {"after_school": 100}, 38_500),
    Paid("Consejería en español", {"county": 50, "grant": 50}, 32_000, service=True),
    Paid("Despensa en la escuela", {"fund": 100}, 12_000, service=True),
    Paid("After school at the Creamery", {"after_school": 70, "grant": 30}, 41_000, service=True),
    Paid("Reading help", {"general": 100}, 9_000, service=True),
)


def tell_funding(district: District, *, today: date) -> int:
    """Tell it, unless it was told before; returns how many things are paid for."""
    by = User.objects.filter(district=district, email=BY_KEY["rosa"].email).first()
    if by is None or Funding.objects.exists():
        return 0
    begins = date(today.year if today.month > 6 else today.year - 1, 7, 1)
    with clock.on(begins):
        sources = {one.key: _source(one, begins, by) for one in SOURCES}
    return sum(_paid(one, sources, begins, today, by) for one in PAID)


def _source(one: Source, begins: date, by: User) -> Funding:
    ends = None if one.years is None else date(begins.year + 1 + one.years, 6, 30)
    starts = date(begins.year - 1, 7, 1)
    said = {"name": one.name, "given_by": one.given_by, "starts": starts, "ends": ends}
    made = actions.write_source(said=said, by=by)
    rule = {"words": one.rule, "source": LETTER, "starts": starts, "ends": ends}
    actions.add_rule(funding=made, said=rule, by=by)
    return made


def _paid(
    one: Paid, sources: Mapping[str, Funding], begins: date, today: date, by: User
) -> bool:  # fmt: skip
    service = Service.objects.filter(name=one.what).first() if one.service else None
    if one.service and service is None:
        return False
    school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)

    def parts(said: Mapping[str, int]) -> dict[int, Decimal]:
        return {sources[key].pk: Decimal(part) for key, part in said.items()}

    with clock.on(begins):
        made = actions.write_funded(
            by=by, school=school, service=service, position="" if service else one.what
        )
        actions.split(funded=made, starts=begins, parts=parts(one.parts), by=by,
                      cost=Decimal(one.cost))  # fmt: skip
    if one.now and today > begins:
        with clock.on(today):
            actions.split(
                funded=made, starts=today, parts=parts(one.now), by=by, cost=Decimal(one.cost),
                why="A fifth moves into the general fund, so that less ends in June.",
            )  # fmt: skip
    return True
