"""What a whole school asked of partners since summer: most of it helped, some is still missing.

One in five of Cottonwood's students, so that a district of some size has figures to show: families
who speak Spanish wait for a doctor, glasses come to everybody, and help with reading is plenty.
They speak two languages, so that no figure stays unsaid beside a language of few.
"""

from __future__ import annotations

from collections.abc import Iterator
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

AT_MOST, ONE_IN = 140, 5
SINCE, WEEKS = 118, 11  # days ago, while the agreements hold; then so long that no answer is news
FRIDAY = 4
NO_PLACE = {"to": "declined", "declined_because": "no_place"}
NO_LANGUAGE = {"to": "declined", "declined_because": "no_language"}
SERVED = {"to": "served"}
End = tuple[dict[str, Any], str]
Ends = tuple[End, ...]
Asked = tuple[Service, str, Iterator[End]]
# Service, what is asked of it, and what came of it where Spanish is spoken and elsewhere: how the
# partner answered, what the family says.
ASKED: tuple[tuple[str, str, Ends, Ends], ...] = (
    (
        "Doctor visits for children",
        "A first visit; the family has no doctor.",
        ((NO_LANGUAGE, ""), (NO_LANGUAGE, ""), (SERVED, "partly"), (SERVED, "yes")),
        ((SERVED, "yes"), (SERVED, "yes"), (NO_PLACE, "")),
    ),
    (
        "Consejería en español",
        "Alguien con quien hablar, una vez por semana.",
        ((SERVED, "yes"), (SERVED, "yes"), (SERVED, "partly"), (SERVED, ""), (NO_PLACE, "")),
        ((SERVED, "yes"), (NO_LANGUAGE, "")),
    ),
    (
        "Glasses for school",
        "Glasses; the board is hard to read from the second row.",
        ((SERVED, "yes"),),
        ((SERVED, "yes"), (SERVED, "yes"), (SERVED, "yes"), (SERVED, "")),
    ),
    (
        "Reading help",
        "Somebody who reads with him, twice a week.",
        ((SERVED, "yes"), (SERVED, "yes"), (SERVED, "yes"), (SERVED, "partly")),
        ((SERVED, "yes"), (SERVED, "yes"), (SERVED, "")),
    ),
)


def tell_needs(district: District, *, today: date) -> int:
    """Ask, answer, and let the families say; telling it twice adds nothing."""
    if ReferralOut.objects.filter(service__name=ASKED[0][0]).exists():
        return 0
    by = User.objects.get(email=BY_KEY["rosa"].email)
    chosen = _families()
    spanish, others = cycle(_services(in_spanish=True)), cycle(_services(in_spanish=False))
    for number, student in enumerate(chosen):
        service, words, ends = next(spanish if student.person.home_language == "es" else others)
        asked_on = _school_day(today - timedelta(days=SINCE - number * WEEKS * 7 // len(chosen)))
        _tell(student, service, words, *next(ends), by=by, on=asked_on, today=today)
    return len(chosen)


def _services(*, in_spanish: bool) -> list[Asked]:
    """Each service with its words, and what comes of it, round and round."""
    offered = Service.objects.offered().select_related("organization")
    return [
        (offered.get(name=name), words, cycle(spanish if in_spanish else others))
        for name, words, spanish, others in ASKED
    ]


def _families() -> list[Student]:
    """Schoolmates of Diego's whose family decides, and who have asked for nothing yet."""
    school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
    here = Student.objects.current().filter(school=school)
    cast = [BY_KEY[key].source_id for key in ("diego", "minh_anh")]
    able = here.filter(
        guardianships__may_decide=True, guardianships__may_see_records=True,
        guardianships__gone_on=None, referrals_out=None, consents=None,
        person__home_language__in=("en", "es"),
    ).exclude(person__source_id__in=cast)  # fmt: skip
    wanted = min(AT_MOST, here.count() // ONE_IN)
    return list(able.select_related("person").distinct().order_by("pk")[:wanted])


def _school_day(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - FRIDAY, 0))


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
    visit = _school_day(on + timedelta(days=9))
    with clock.on(visit):
        more: dict[str, Any] = {"first_service_on": visit} if said["to"] == "served" else {}
        outward.answer(out=out, contact=contact, **said, **more)
    with clock.on(min(on + timedelta(days=24), today)):
        if said["to"] == "served":
            out = outward.answer(out=out, to="ended", contact=contact)
        if met:
            outward.say_met(out=out, met=met)
