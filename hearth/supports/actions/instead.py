"""The verbs of a request for support instead of discipline. It is never discipline itself."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.people.models import Student
from hearth.people.models.team import family_of
from hearth.supports import tasks
from hearth.supports.actions import paging
from hearth.supports.actions.referral import ask_for_support
from hearth.supports.models import Domain, InsteadOfDiscipline, Phrase, Referral, Urgency
from hearth.supports.reading.reckoning import school_calendar
from hearth.supports.rules import NotAllowed
from hearth.supports.rules.legal import instead_due


@transaction.atomic
def ask_instead(
    *, student: Student, strength: str, happened: str, hoped: str = "", nonce: UUID, by: User
) -> InsteadOfDiscipline:
    """An employee asks; the administrators of the school have five of its business days.

    `nonce` names the form that was sent: the same one sent twice is one request.
    """
    found, is_new = InsteadOfDiscipline.objects.get_or_create(
        employee=by,
        nonce=nonce,
        defaults={
            "district_id": student.district_id,
            "school_id": student.school_id,
            "student": student,
            "strength": strength.strip(),
            "happened": happened.strip(),
            "hoped": hoped.strip(),
            "due_on": due_when_asked(timezone.localdate()),
        },
    )
    if is_new:
        _keep("instead_asked", found, by)
        said = (found.strength, found.happened, found.hoped)
        if paging.danger_in(urgency=Urgency.SOON, texts=said, listed=Phrase.objects.listed()):
            # What tells of danger waits for nobody's five days: the team's own path pages somebody.
            ask_the_team(instead=found, by=by)
    return found


@transaction.atomic
def document(*, instead: InsteadOfDiscipline, action: str, by: User) -> None:
    """What was done, or why nothing: it stands with the student's record, and the employee is told
    at once, on their page and by an e-mail that names nobody. Said again, it is told again."""
    locked = _lock(instead)
    if locked.school_id not in by.standing.schools(May.DOCUMENT_INSTEAD):
        raise NotAllowed(_("Only those who lead the school can write down what was done."))
    if User.objects.filter(family_of(locked.student_id), pk=by.pk).exists():
        raise NotAllowed(_("You are family here. Somebody else who leads the school writes it."))
    now = timezone.now()
    locked.action, locked.administrator = action.strip(), by
    locked.documented_at = locked.told_at = now
    locked.save(update_fields=["action", "administrator", "documented_at", "told_at"])
    _keep("instead_documented", locked, by)
    # The job is a row of this transaction: nothing documented, no e-mail.
    tasks.tell_employee.defer(instead_id=locked.pk, district_id=locked.district_id)
    instead.refresh_from_db()


@transaction.atomic
def ask_the_team(*, instead: InsteadOfDiscipline, by: User) -> Referral:
    """Bring it to the support team as well, with the words that were written; once."""
    locked = _lock(instead)
    if locked.referral_id is None:
        locked.referral = ask_for_support(
            student=locked.student,
            strength=locked.strength,
            concern="\n\n".join(words for words in (locked.happened, locked.hoped) if words),
            domain=Domain.BEHAVIOR,
            urgency=Urgency.SOON,
            nonce=locked.nonce,
            by=by,
        )
        locked.save(update_fields=["referral"])
        _keep("instead_joined_team", locked, by)
        instead.refresh_from_db()
    referral: Referral = locked.referral  # type: ignore[assignment]
    return referral


def due_when_asked(on: date) -> date:
    """By when somebody who asks on that day hears back."""
    return instead_due(on, school_calendar()).on


def _lock(instead: InsteadOfDiscipline) -> InsteadOfDiscipline:
    rows = InsteadOfDiscipline.objects.select_for_update(of=("self",)).select_related("student")
    locked: InsteadOfDiscipline = rows.get(pk=instead.pk)
    return locked


def _keep(verb: str, row: InsteadOfDiscipline, by: User) -> None:
    record(verb, row, district_id=row.district_id, by=by, student_id=row.student_id)
