"""The tables of this room, one file per noun."""

from hearth.partners.models.category import Category, ServiceCategory
from hearth.partners.models.correction import Correction
from hearth.partners.models.detail import Detail
from hearth.partners.models.listing import Listing
from hearth.partners.models.location import Location, SchoolPlace, ServiceAtLocation
from hearth.partners.models.organization import Organization
from hearth.partners.models.schedule import Schedule
from hearth.partners.models.service import Service
from hearth.partners.models.tally import Tally
from hearth.partners.models.words import Insurance, Need

__all__ = [
    "Category",
    "Correction",
    "Detail",
    "Insurance",
    "Listing",
    "Location",
    "Need",
    "Organization",
    "Schedule",
    "SchoolPlace",
    "Service",
    "ServiceAtLocation",
    "ServiceCategory",
    "Tally",
]
