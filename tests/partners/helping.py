"""A clinic that may help, a counselor there, and Linh who decides for Minh Anh."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from hearth.partners.actions import agreement, consent, contact, outward
from hearth.partners.models import Agreement, Consent, Contact, Organization, ReferralOut, Service
from hearth.partners.models.words import Element
from hearth.people.models import Guardian
from tests.cast import Cast

SHARED = [Element.NAME, Element.REACH_FAMILY, Element.HOME_LANGUAGE, Element.ASKED_FOR]
VISIT: dict[str, Any] = {
    "starts": time(15, 0), "ends": time(15, 45), "kind": "therapy", "place": "school",
    "provider": "Ines Duarte", "credential": "LCSW 12345", "group_size": 1,
}  # fmt: skip
WORDS = "Somebody to talk to, in Vietnamese if you can."


@dataclass
class Helping:
    """Willow Clinic, its service, its contact Ines, the agreement, and who asks whom."""

    cast: Cast
    clinic: Organization
    service: Service
    ines: Contact
    agreement: Agreement

    @property
    def linh(self) -> Guardian:
        found: Guardian = Guardian.objects.get(person=self.cast.person("linh"))
        return found

    def asked(self, **changed: Any) -> Consent:
        """Rosa asks Linh."""
        said = {
            "student": self.cast.minh_anh, "organization": self.clinic, "adult": self.linh,
            "elements": SHARED, "language": "vi",
            "expires_on": timezone.localdate() + timedelta(days=200), "by": self.cast.rosa,
        }  # fmt: skip
        return consent.ask(**{**said, **changed})

    def allowed(self) -> Consent:
        """Linh says yes on her phone."""
        return consent.answer(consent=self.asked(), yes=True, way=Consent.Way.LINK)

    def sent(self, **changed: Any) -> ReferralOut:
        """Rosa refers Minh Anh to the clinic."""
        said = {
            "consent": changed.pop("consent", None) or self.allowed(), "service": self.service,
            "contact": self.ines, "words": WORDS, "by": self.cast.rosa,
        }  # fmt: skip
        return outward.send(**{**said, **changed})


def helping(cast: Cast) -> Helping:
    clinic = Organization.objects.create(district=cast.alder, name="Willow Clinic")
    service = Service.objects.create(
        district=cast.alder, organization=clinic, name="Talking with families"
    )
    today = timezone.localdate()
    ines = contact.write_contact(
        organization=clinic, by=cast.helen,
        said={"name": "Ines Duarte", "email": "ines@willow.example", "language": "en",
              "does": "Counselor", "starts": today - timedelta(days=90), "ends": None},
    )  # fmt: skip
    signed = agreement.write(
        organization=clinic, by=cast.helen, said=terms(today, contact=ines)
    )  # fmt: skip
    return Helping(cast, clinic, service, ines, signed)


def terms(today: date, **changed: Any) -> dict[str, Any]:
    """What a data-sharing agreement of a year says."""
    said = {
        "kind": "data_sharing", "purpose": "To help students whom the school refers.",
        "purposes": ["support"], "elements": [*SHARED, Element.BIRTHDATE],
        "basis": "parent_consent", "starts": today - timedelta(days=60),
        "expires": today + timedelta(days=300), "reviewed_on": None, "contact": None,
        "at_school": False, "insured_until": None, "cleared_until": None, "paper": "Folder 12",
    }  # fmt: skip
    return {**said, **changed}
