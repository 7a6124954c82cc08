"""Whoever asked at the school's door is told, by their own way and in their own language."""

from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.people.models import Person
from hearth.supports.models import HelpRequest, Referral
from hearth.supports.tasks import letters


@transaction.atomic
def tell(*, request: HelpRequest, answer: str, by: User) -> None:
    """The answer stands on the asker's own page. An e-mail goes out at once; a call, a text or a
    letter waits as a line for the team until somebody says that it is done."""
    request.answer, request.answered_at, request.told_at = answer.strip(), timezone.now(), None
    request.save(update_fields=["answer", "answered_at", "told_at"])
    keep("request_answered", request, by)
    if request.reach_by == Person.ReachBy.EMAIL:
        letters.tell_asker.defer(request_id=request.pk, district_id=request.district_id)


def pass_answer_on(*, referral: Referral, by: User) -> None:
    """Whoever knocked, and whose request belongs to this referral, reads the same answer."""
    for request in HelpRequest.objects.select_for_update().filter(referral=referral).order_by("pk"):
        tell(request=request, answer=referral.answer, by=by)


@transaction.atomic
def note_told(*, request: HelpRequest, by: User) -> None:
    """Somebody called, texted or wrote. Said twice, the first time stands."""
    told = HelpRequest.objects.filter(pk=request.pk, told_at=None, answered_at__isnull=False)
    if told.update(told_at=timezone.now()):
        keep("asker_told", request, by)
    request.refresh_from_db()


def keep(verb: str, request: HelpRequest, by: User | None, **facts: object) -> None:
    record(
        verb, request, district_id=request.district_id, by=by, student_id=request.meant,
        facts=facts,
    )  # fmt: skip
