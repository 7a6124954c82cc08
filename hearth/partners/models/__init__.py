"""The tables of this room, one file per noun."""

from hearth.partners.models.agreement import Agreement, Reminder
from hearth.partners.models.asset import Asset
from hearth.partners.models.capacity import Capacity
from hearth.partners.models.category import Category, ServiceCategory
from hearth.partners.models.consent import Consent
from hearth.partners.models.contact import Contact
from hearth.partners.models.correction import Correction
from hearth.partners.models.county import CountyExport, CountyReader, RowKey
from hearth.partners.models.detail import Detail
from hearth.partners.models.funding import Funded, Funding, FundingRule, Share, Split
from hearth.partners.models.link import Link, LinkCode
from hearth.partners.models.listing import Listing, Sought
from hearth.partners.models.location import Location, SchoolPlace, ServiceAtLocation
from hearth.partners.models.log import ServiceGiven
from hearth.partners.models.organization import Organization
from hearth.partners.models.outward import OutStep, ReferralOut
from hearth.partners.models.schedule import Schedule
from hearth.partners.models.service import HOURS, PHONES, Service
from hearth.partners.models.tally import Tally
from hearth.partners.models.words import (
    AgreementKind,
    Element,
    Insurance,
    LegalBasis,
    Need,
    Purpose,
)

__all__ = [
    "HOURS",
    "PHONES",
    "Agreement",
    "AgreementKind",
    "Asset",
    "Capacity",
    "Category",
    "Consent",
    "Contact",
    "Correction",
    "CountyExport",
    "CountyReader",
    "Detail",
    "Element",
    "Funded",
    "Funding",
    "FundingRule",
    "Insurance",
    "LegalBasis",
    "Link",
    "LinkCode",
    "Listing",
    "Location",
    "Need",
    "Organization",
    "OutStep",
    "Purpose",
    "ReferralOut",
    "Reminder",
    "RowKey",
    "Schedule",
    "SchoolPlace",
    "Service",
    "ServiceAtLocation",
    "ServiceCategory",
    "ServiceGiven",
    "Share",
    "Sought",
    "Split",
    "Tally",
]
