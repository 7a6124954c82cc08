"""What Cottonwood sent to partners: one answered, one not, one family still deciding."""

from __future__ import annotations

from datetime import date, timedelta

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, PARTNER_NAME, SCHOOL
from hearth.partners.actions import consent, outward, worker
from hearth.partners.models import (
    Agreement,
    Capacity,
    Consent,
    Contact,
    ReferralOut,
    Service,
)
from hearth.partners.models.words import Element, InterpretedBy, Purpose, Understood
from hearth.partners.reading.sharing import may_share
from hearth.partners.tasks.outward import keep_clocks
from hearth.people.models import Student
from hearth.schools.models import District, School

SHARED = [Element.NAME, Element.HOME_LANGUAGE, Element.REACH_FAMILY, Element.ASKED_FOR]
RIDE = "El autobús llega tarde y no hay quien lo lleve los jueves."


def tell_out(district: District, *, today: date) -> int:
    """Ask three families and send two referrals; telling it twice adds nothing."""
    if Consent.objects.exists():
        return 0
    service, contact = _partner(today)
    rosa = BY_KEY["rosa"].email
    by = User.objects.get(email=rosa)
    diego, other, _third, _fourth = _students()
    told = 0
    for student, days_ago, words in (
        (diego, 60, "Alguien con quien Diego pueda hablar una vez por semana, en español."),
        (other, 16, "Somebody to talk with after a hard move."),
    ):
        with clock.on(today - timedelta(days=days_ago)):
            allowed = said_yes(student, service, by, today)
            out = outward.send(
                consent=allowed, service=service, contact=contact, words=words, by=by
            )
        told += 1
        if student == diego:
            _goes_well(out, contact, today)
    told += _to_marcus(by, today)
    with clock.on(today - timedelta(days=1)):
        _asked(Student.objects.get(person__source_id=BY_KEY["minh_anh"].source_id), service, by,
               today)  # fmt: skip
        told += _in_mixteco(by, today)
    for days_ago in (7, 1):
        with clock.on(today - timedelta(days=days_ago)):
            keep_clocks(today - timedelta(days=days_ago))
    return told


def _partner(today: date) -> tuple[Service, Contact]:
    """Whoever may be told the longest: a service of theirs with a place, and whom we write to."""
    signed = Agreement.objects.live(today).filter(elements__contains=SHARED).order_by("-expires")
    partners = [
        one.organization
        for one in signed.select_related("organization")
        if may_share(one.organization, SHARED, Purpose.SUPPORT, today) is None
    ]
    contact = Contact.objects.current(today).filter(organization=partners[0])[0]
    told = Capacity.objects.filter(service__organization=partners[0], places__gt=0)
    return told.select_related("service__organization")[0].service, contact


def _to_marcus(by: User, today: date) -> int:
    """Marcus, who has a sign-in of his own, is sent two: one taken, one without an answer yet."""
    contact = Contact.objects.filter(email=BY_KEY["marcus"].email).first()
    service = Service.objects.filter(organization__name=PARTNER_NAME).first()
    if contact is None or service is None:
        return 0
    worker.let_in(contact=contact, by=User.objects.get(email=BY_KEY["helen"].email))
    _diego, _other, *students = _students()
    for student, days_ago, words in (
        (students[0], 20, "Reading twice a week. He loves comics about space."),
        (students[1], 2, "Math after school, with somebody patient."),
    ):
        with clock.on(today - timedelta(days=days_ago)):
            allowed = said_yes(student, service, by, today)
            outward.send(consent=allowed, service=service, contact=contact, words=words, by=by)
    first = ReferralOut.objects.filter(contact=contact).order_by("sent_at")[0]
    with clock.on(today - timedelta(days=18)):
        outward.answer(out=first, to="accepted", words="Mondays at 3.", contact=contact)
    return len(students)


def _in_mixteco(by: User, today: date) -> int:
    """A family whose language Hearth does not write: somebody reads the question to them."""
    student = Student.objects.filter(person__given_name="Itandehui").first()
    service = Service.objects.filter(organization__name=PARTNER_NAME).first()
    if student is None or service is None:
        return 0
    if not Consent.objects.filter(student=student, organization=service.organization).exists():
        _asked(student, service, by, today)
    return 1


def _students() -> list[Student]:
    """Diego, and three schoolmates of his who have an adult to decide."""
    school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
    cast = [BY_KEY[key].source_id for key in ("diego", "minh_anh")]
    diego = Student.objects.get(person__source_id=cast[0])
    others = Student.objects.current().filter(
        school=school, guardianships__may_decide=True, guardianships__may_see_records=True,
        guardianships__gone_on=None,
    )  # fmt: skip
    return [diego, *others.exclude(person__source_id__in=cast).order_by("pk").distinct()[:3]]


def _asked(student: Student, service: Service, by: User, today: date) -> Consent:
    guardian = consent.adults_who_may_decide(student)[0].guardian
    return consent.ask(
        student=student, organization=service.organization, adult=guardian, elements=SHARED,
        language=guardian.person.home_language or "en", expires_on=today + timedelta(days=200),
        by=by,
    )  # fmt: skip


def said_yes(student: Student, service: Service, by: User, today: date) -> Consent:
    """In person; in a language that Hearth does not write, with an interpreter."""
    asked = _asked(student, service, by, today)
    return say_yes(asked, by)


def say_yes(asked: Consent, by: User) -> Consent:
    way, how = Consent.Way.IN_PERSON, ("", "")
    if not asked.is_written:
        way, how = Consent.Way.INTERPRETER, (InterpretedBy.TELEPHONE, Understood.SAID_BACK)
    return consent.answer(
        consent=asked, yes=True, way=way, interpreted_by=how[0], understood=how[1], written_by=by
    )


def _goes_well(out: ReferralOut, contact: Contact, today: date) -> None:
    """Taken, a first visit, and a family that says what is still in the way."""
    with clock.on(today - timedelta(days=55)):
        outward.answer(out=out, to="accepted", words="Jueves a las 4.", contact=contact)
    visit = today - timedelta(days=48)
    with clock.on(visit):
        outward.answer(out=out, to="served", first_service_on=visit, contact=contact)
    with clock.on(today - timedelta(days=3)):
        outward.say_met(out=out, met="partly", still_needed=RIDE)
