"""May we tell this partner these things, for this purpose, today? For whoever is about to share."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.kit import dates
from hearth.partners.models import Agreement, Contact, Element, Organization
from hearth.partners.rules.agreement import Lack, Lacking, live_for, nearest


@dataclass(frozen=True)
class Refusal:
    """Why nothing may be told, in words for the person who wanted to."""

    lack: Lack
    words: str


def may_share(
    organization: Organization, elements: Collection[str], purpose: str, day: date
) -> Refusal | None:
    """None says yes: some agreement of theirs allows every one of these elements. The family's
    consent is asked beside it, where `rules.basis(...).needs_consent` says so."""
    lacks = []
    for agreement in Agreement.objects.filter(organization=organization):
        lack = live_for(agreement.terms, day, elements, purpose)
        if lack is None:
            return None
        lacks.append(lack)
    found = nearest(lacks)
    return Refusal(found, in_words(found))


def under(
    organization: Organization, elements: Collection[str], purpose: str, day: date
) -> Agreement | None:
    """The agreement that allows it; of several, the one that holds longest."""
    rows = Agreement.objects.filter(organization=organization).order_by("-expires", "pk")
    return next((a for a in rows if live_for(a.terms, day, elements, purpose) is None), None)


def may_be_told(organization: Organization, purpose: str, day: date) -> frozenset[str]:
    """The most that one of their agreements lets be told; nothing, where what is asked for may not
    be told either: without it no partner can begin."""
    rows = Agreement.objects.filter(organization=organization)
    every = [frozenset(a.elements) for a in rows if _allows(a, purpose, day)]
    return max(every, key=len, default=frozenset())


def open_to_referrals(
    organizations: Collection[int], purpose: str, day: date
) -> frozenset[int]:  # fmt: skip
    """Those of these to whom something may be told, and where somebody is known who reads it."""
    signed = Agreement.objects.filter(organization__in=organizations)
    may = {a.organization_id for a in signed if _allows(a, purpose, day)}
    there = Contact.objects.current(day).filter(organization__in=may)
    return frozenset(there.order_by().values_list("organization_id", flat=True))


def _allows(agreement: Agreement, purpose: str, day: date) -> bool:
    return live_for(agreement.terms, day, [Element.ASKED_FOR], purpose) is None


def in_words(lack: Lack) -> str:
    day = dates.full(lack.day, timezone.localdate()) if lack.day else ""
    beyond = ", ".join(str(Element(key).label) for key in lack.elements if key in Element.values)
    words = {
        Lacking.NO_AGREEMENT: _("There is no agreement with them yet."),
        Lacking.ENDED: _("The agreement with them was ended on %(day)s."),
        Lacking.EXPIRED: _("The agreement with them expired on %(day)s."),
        Lacking.NOT_YET: _("The agreement with them begins on %(day)s."),
        Lacking.NO_SHARING: _("What they signed is a memorandum; it lets nothing be told."),
        Lacking.PURPOSE: _("The agreement with them is not for this purpose."),
        Lacking.ELEMENTS: _("The agreement with them does not allow: %(beyond)s."),
        Lacking.INSURANCE: _("They come to school, and their insurance ended on %(day)s."),
        Lacking.FINGERPRINTS: _("They come to school, and their fingerprints held until %(day)s."),
    }[lack.what]
    if lack.day is None and lack.what == Lacking.INSURANCE:
        words = _("They come to school, and nobody has written down until when they are insured.")
    if lack.day is None and lack.what == Lacking.FINGERPRINTS:
        words = _("They come to school, and nobody has written down that they are fingerprinted.")
    return words % {"day": day, "beyond": beyond}
