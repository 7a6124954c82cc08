"""What a whole school asked of partners since summer: most of it helped, some is still missing.

One in eight of Cottonwood's students, so that a district of some size has figures to show.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle
from typing import Any

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.demo.stories_out import said_yes
from hearth.partners.actions import outward
from hearth.partners.models import Contact, ReferralOut, Service
from hearth.people.models import Student
from hearth.schools.models import District, School

AT_MOST, ONE_IN = 40, 8
SINCE = 105  # days ago, while both partners' agreements hold

# Service, what is asked of it, and what came of it: how the partner answered, what the family says.
ASKED: tuple[tuple[str, str, tuple[tuple[dict[str, Any], str], ...]], ...] = (
    (
        "Consejería en español", "Alguien con quien hablar, una vez por semana.",
        (({"to": "served"}, "yes"), ({"to": "served"}, "yes"), ({"to": "served"}, "partly"),
         ({"to": "served"}, "yes"), ({"to": "declined", "declined_because": "no_place"}, "")),
    ),
    (
        "Doctor visits for children", "A first visit; the family has no doctor.",
        (({"to": "served"}, "yes"), ({"to": "declined", "declined_because": "no_place"}, ""),
         ({"to": "declined", "declined_because": "no_language"}, ""), ({"to": "served"}, "")),
    ),
)  # fmt: skip


def tell_needs(district: District, *, today: date) -> int:
    """Ask, answer, and let the families say; telling it twice adds nothing."""
    if ReferralOut.objects.count() > len(ASKED):
        return 0
    by = User.objects.get(email=BY_KEY["rosa"].email)
    school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
    here = Student.objects.current().filter(school=school)
    wanted = min(AT_MOST, here.count() // ONE_IN)
    cast = [BY_KEY[key].source_id for key in ("diego", "minh_anh")]
    able = here.filter(
        guardianships__may_decide=True, guardianships__may_see_records=True,
        guardianships__gone_on=None, referrals_out=None, consents=None,
    ).exclude(person__source_id__in=cast)  # fmt: skip
    chosen = list(able.distinct().order_by("pk")[:wanted])
    services = [
        (found, words, cycle(ends))
        for name, words, ends in ASKED
        if (found := Service.objects.offered().filter(name=name).first())
    ]
    for number, (student, (service, words, ends)) in enumerate(
        zip(chosen, cycle(services), strict=False)
    ):
        asked_on = today - timedelta(days=SINCE - number * 2)
        _tell(student, service, words, *next(ends), by=by, on=asked_on, today=today)
    return len(chosen)


def _tell(
    student: Student, service: Service, words: str, said: dict[str, Any], met: str, *,
    by: User, on: date, today: date,
) -> None:  # fmt: skip
    contact = Contact.objects.filter(organization=service.organization_id)[0]
    with clock.on(on):
        out = outward.send(
            consent=said_yes(student, service, by, today), service=service, contact=contact,
            words=words, by=by,
        )  # fmt: skip
    visit = on + timedelta(days=9)
    with clock.on(visit):
        more: dict[str, Any] = {"first_service_on": visit} if said["to"] == "served" else {}
        outward.answer(out=out, contact=contact, **said, **more)
    if met:
        with clock.on(min(on + timedelta(days=24), today)):
            outward.say_met(out=out, met=met)
