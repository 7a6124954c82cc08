"""Write down that somebody looked, with the reason in the words of the house's own language."""

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from hearth.access.gate import PageRequest, looked
from hearth.access.visible import why
from hearth.supports.models import Referral


def reasons_noted(request: PageRequest, referral: Referral, *, page: str) -> list[Promise]:
    """Why this reader sees this referral, for the foot of the page; the look itself is kept."""
    reasons = why(request.user, referral)
    with translation.override(settings.LANGUAGE_CODE):
        said = " ".join(str(reason) for reason in reasons)
    looked(request, referral, page=page, why=said, student_id=referral.student_id)
    return reasons
