"""Write down that somebody looked, with the reason in the words of the house's own language."""

from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.functional import Promise

from hearth.access.gate import PageRequest, looked
from hearth.access.visible import why
from hearth.supports.models import Referral


def reasons_noted(request: PageRequest, referral: Referral, *, page: str) -> list[Promise]:
    """Why this reader sees this referral, for the foot of the page; the look itself is kept."""
    return why_noted(request, referral, page=page, student_id=referral.student_id)


def why_noted(
    request: PageRequest, row: Model, *, page: str, student_id: int | None
) -> list[Promise]:
    """The same for any row that has grounds."""
    reasons = why(request.user, row)
    look_noted(request, row, reasons, page=page, student_id=student_id)
    return reasons


def look_noted(
    request: PageRequest, row: Model, reasons: list[Promise], *, page: str, student_id: int | None
) -> None:
    """The same for a row of which the reasons are known already."""
    with translation.override(settings.LANGUAGE_CODE):
        said = " ".join(str(reason) for reason in reasons)
    looked(request, row, page=page, why=said[:200], student_id=student_id)
