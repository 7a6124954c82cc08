"""A team's meeting beside what partners could not meet: the two rooms meet here."""

from django.http import HttpResponse

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.partners.front.missing import what_is_missing
from hearth.supports.views import meeting as supports


@page(May.SEE_REFERRALS)
def meeting(request: PageRequest, pk: int) -> HttpResponse:
    """The agenda, and in it what we are missing: need by need, as families and partners say it."""
    return supports.meeting(request, pk, what_is_missing)
