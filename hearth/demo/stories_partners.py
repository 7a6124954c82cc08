"""What the demonstration has signed with partners, whom it may write to, how many places are free.

Every person, address and paper is invented.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, PARTNER_NAME, PARTNER_WORK
from hearth.partners.actions import agreement as agreements
from hearth.partners.actions import capacity, contact
from hearth.partners.models import Agreement, Element, Organization, Service
from hearth.schools.models import District

TO_HELP = [Element.NAME, Element.SCHOOL_GRADE, Element.HOME_LANGUAGE, Element.REACH_FAMILY,
           Element.ASKED_FOR]  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One partner: whom we write to, what was signed (days from today), the last word on places."""

    organization: str
    person: dict[str, str]
    signed: dict[str, Any]
    begins: int
    ends: int
    service: str
    places: dict[str, Any]
    ago: int


TOLD = (
    Told(
        "Open Door Counseling",
        {"name": "Teo Marín", "email": "teo@opendoor.example", "language": "es",
         "does": "Takes calls and finds the first hour"},
        {"kind": "both", "basis": "parent_consent", "purposes": ["support", "together"],
         "elements": [*TO_HELP, Element.IEP_504], "at_school": True,
         "purpose": "Counseling for our students, at their house and in a room at school.",
         "paper": "District office, cabinet 3, folder 12"},
        -120, 245, "Consejería en español",
        {"places": 12, "languages": ["es"]}, 3,
    ),
    Told(
        "River Street Family Clinic",
        {"name": "Ana Belmonte", "email": "ana@riverstreet.example", "language": "en",
         "does": "Front desk"},
        {"kind": "data_sharing", "basis": "parent_consent", "purposes": ["support"],
         "elements": TO_HELP, "purpose": "A first visit for students without a doctor.",
         "paper": "District office, cabinet 3, folder 7"},
        -325, 40, "Doctor visits for children",
        {"places": 0, "waiting": 8, "expected": 35, "languages": ["en", "es"]}, 9,
    ),
    Told(
        "Alder Valley Youth Collective",
        {"name": "Jules Arden", "email": "jules@youthcollective.example", "language": "en",
         "does": "Looks after the mentors"},
        {"kind": "memorandum", "purpose": "Rooms in the Creamery, and who opens the door."},
        -385, -20, "Mentors", {"places": 6, "waiting": 0, "languages": ["en"]}, 75,
    ),
    Told(
        PARTNER_NAME,
        {"name": BY_KEY["marcus"].name, "email": BY_KEY["marcus"].email, "language": "en",
         "does": PARTNER_WORK},
        {"kind": "data_sharing", "basis": "parent_consent", "purposes": ["support"],
         "elements": TO_HELP, "purpose": "A tutor for students whom the school sends.",
         "paper": "District office, cabinet 3, folder 15"},
        -150, 215, "A tutor of your own", {"places": 4, "languages": ["en", "es"]}, 6,
    ),
    Told(
        "Alder Valley Library",
        {"name": "June Park", "email": "june@library.example", "language": "en",
         "does": "Finds a reader for each child"},
        {"kind": "data_sharing", "basis": "parent_consent", "purposes": ["support"],
         "elements": TO_HELP, "purpose": "Volunteers who read with students whom we send.",
         "paper": "District office, cabinet 3, folder 18"},
        -140, 225, "Reading help", {"places": 60, "languages": ["en", "es"]}, 4,
    ),
)  # fmt: skip


def tell_partners(district: District, *, today: date) -> int:
    """Tell them, unless they were told before; returns how many partners there are."""
    if Agreement.objects.exists():
        return 0
    rosa = User.objects.filter(district=district, email=BY_KEY["rosa"].email).first()
    return sum(_tell(told, today, rosa) for told in TOLD) if rosa else 0


def _tell(told: Told, today: date, rosa: User) -> bool:
    found = Organization.objects.filter(name=told.organization).first()
    if found is None:
        return False

    def on(days: int) -> date:
        return today + timedelta(days=days)

    with clock.on(on(told.begins)):
        person = contact.write_contact(
            organization=found, said={**told.person, "starts": on(told.begins)}, by=rosa
        )
        days = {"starts": on(told.begins), "expires": on(told.ends), "contact": person}
        if told.signed.get("at_school"):
            days |= {"insured_until": on(told.ends - 45), "cleared_until": on(told.ends - 65)}
        agreements.write(organization=found, said={**told.signed, **days}, by=rosa)
    service = Service.objects.filter(organization=found, name=told.service).first()
    if service:
        said = {**told.places}
        said["expected_on"] = on(said.pop("expected")) if "expected" in said else None
        with clock.on(on(-told.ago)):
            capacity.say(service=service, said=said, by=rosa)
    return True
