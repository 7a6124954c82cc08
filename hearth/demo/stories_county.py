"""What a partner of Cottonwood did in these weeks, and what the county was told of it.

Two dozen families said yes, so that there are groups in which nobody is told apart.
"""

from datetime import date, time, timedelta
from pathlib import Path

from django.conf import settings

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.demo.stories_out import say_yes
from hearth.kit import signing
from hearth.partners.actions import agreement, consent, county, log, outward
from hearth.partners.models import (
    Consent,
    Contact,
    CountyExport,
    Element,
    Organization,
    ReferralOut,
    Service,
)
from hearth.people.models import Student
from hearth.schools.models import District, School

OFFICE = "Alder County Office of Education"
SERVICE = "Consejería en español"
SHARED = [Element.NAME, Element.HOME_LANGUAGE, Element.REACH_FAMILY, Element.ASKED_FOR]
FAMILIES = 24
FRIDAY = 4
VISITS = 3
HOUR = {
    "starts": time(15, 0), "ends": time(15, 45), "kind": "therapy", "place": "school",
    "group_size": 1, "provider": "Sol Andrade", "credential": "LMFT (invented)",
}  # fmt: skip
# How it went, round and round.
WENT = ("yes", "yes", "partly", "", "declined", "yes", "no", "")


def tell_county(district: District, *, today: date) -> int:
    """Tell it, unless it was told before; returns how many rows the county reads."""
    rosa = User.objects.filter(district=district, email=BY_KEY["rosa"].email).first()
    priya = User.objects.filter(district=district, email=BY_KEY["priya"].email).first()
    service = Service.objects.filter(name=SERVICE).first()
    if rosa is None or priya is None or service is None or CountyExport.objects.exists():
        return 0
    contact = Contact.objects.filter(organization=service.organization).first()
    if contact is None:
        return 0
    for place, student in enumerate(_families()):
        _went(student, service, contact, rosa, today, place)
    office = _signed(district, rosa, today)
    data = Path(settings.HEARTH.data)
    if not (data / "secrets" / signing.NAME).exists():
        signing.make(data)
    county.let_read(
        organization=office, name="County data team", expires_on=today + timedelta(days=180),
        by=priya,
    )  # fmt: skip
    with clock.on(today - timedelta(days=2)):
        return county.make(organization=office, by=priya).rows


def _families() -> list[Student]:
    """Schoolmates of Diego's whose family decides; nobody of the cast."""
    school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
    told = Consent.objects.values("student")
    rows = Student.objects.current().filter(
        school=school, guardianships__may_decide=True, guardianships__may_see_records=True,
        guardianships__gone_on=None,
    )  # fmt: skip
    cast = [BY_KEY[key].source_id for key in ("diego", "minh_anh")]
    rest = rows.exclude(pk__in=told).exclude(person__source_id__in=cast)
    return list(rest.select_related("person").distinct().order_by("-pk")[:FAMILIES])


def _went(
    student: Student, service: Service, contact: Contact, rosa: User, today: date, place: int
) -> None:
    sent = today - timedelta(days=60 - 2 * (place % 12))
    with clock.on(sent):
        adult = consent.adults_who_may_decide(student)[0].guardian
        asked = consent.ask(
            student=student, organization=service.organization, adult=adult, elements=SHARED,
            language=adult.person.home_language or "en", expires_on=today + timedelta(days=150),
            by=rosa,
        )  # fmt: skip
        given = say_yes(asked, rosa)
        out = outward.send(
            consent=given, service=service, contact=contact, by=rosa,
            words="Somebody to talk to once a week.",
        )  # fmt: skip
    _ended(out, contact, WENT[place % len(WENT)], sent)


def _ended(out: ReferralOut, contact: Contact, went: str, sent: date) -> None:
    if went == "declined":
        with clock.on(sent + timedelta(days=3)):
            outward.answer(out=out, to="declined", declined_because="no_place", contact=contact)
        return
    visit = sent + timedelta(days=9)
    visit -= timedelta(days=max(visit.weekday() - FRIDAY, 0))
    with clock.on(visit):
        outward.answer(out=out, to="served", first_service_on=visit, contact=contact)
    for week in range(VISITS):
        with clock.on(visit + timedelta(days=7 * week)):
            said = HOUR | {"day": visit + timedelta(days=7 * week)}
            log.write(out=out, said=said, contact=contact)
    with clock.on(visit + timedelta(days=21)):
        out = outward.answer(out=out, to="ended", contact=contact)
        if went:
            outward.say_met(out=out, met=went, still_needed="" if went == "yes" else "More time.")


def _signed(district: District, rosa: User, today: date) -> Organization:
    office = Organization.objects.create(district=district, name=OFFICE)
    said = {
        "kind": "data_sharing", "basis": "school_official", "purposes": ["figures"],
        "elements": [Element.SCHOOL_GRADE, Element.ASKED_FOR, Element.HOME_LANGUAGE],
        "purpose": "To see which needs nobody meets yet, without any child's name.",
        "paper": "District office, cabinet 3, folder 21",
        "starts": today - timedelta(days=150), "expires": today + timedelta(days=215),
    }  # fmt: skip
    with clock.on(today - timedelta(days=150)):
        agreement.write(organization=office, said=said, by=rosa)
    return office
