"""The verbs of a call for safety: somebody takes it, and says what was done."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.supports.actions.paging import is_waited_for, keep_call
from hearth.supports.actions.referral import close, triage
from hearth.supports.models import ClosedBecause, Referral, SafetyCall, State
from hearth.supports.rules import NotAllowed

INTO_LIST, DONE = "list", "done"


@transaction.atomic
def take(*, call: SafetyCall, by: User) -> None:
    """I have it. From now on nobody else is paged."""
    locked = _lock(call)
    if locked.taken_by_id == by.pk:
        return
    if locked.taken_by:
        raise NotAllowed(_("%(name)s has taken it already.") % {"name": locked.taken_by.name})
    locked.taken_by, locked.taken_at = by, timezone.now()
    locked.save(update_fields=["taken_by", "taken_at"])
    keep_call("safety_call_taken", locked, by)
    call.refresh_from_db()


@transaction.atomic
def finish(*, call: SafetyCall, outcome: str, afterwards: str = INTO_LIST, by: User) -> None:
    """What was done. What set it going goes on into the team's list, or is done with this."""
    locked = _lock(call)
    if locked.taken_by is None:
        raise NotAllowed(_("First say that you take it."))
    if locked.done_at:
        raise NotAllowed(_("What was done is written down already."))
    locked.outcome, locked.done_at = outcome.strip(), timezone.now()
    locked.save(update_fields=["outcome", "done_at"])
    keep_call("safety_call_done", locked, by)
    referral = _went_to_safety(locked)
    if referral and not is_waited_for(referral):  # another call may still be open
        _send_on(referral, afterwards, by)
    call.refresh_from_db()


def _went_to_safety(call: SafetyCall) -> Referral | None:
    """The referral that waits for this call, if one does: its own, or what the request became."""
    referral = call.referral or (call.request.referral if call.request else None)
    return referral if referral and referral.state == State.SAFETY else None


def _send_on(referral: Referral, afterwards: str, by: User) -> None:
    # What was done may be for few eyes; the history of the referral only says where it is written.
    why = _("What was done stands with the call for safety.")
    if afterwards == DONE:
        close(referral=referral, because=ClosedBecause.INFORMATION_ONLY, why=why, by=by)
    else:
        triage(referral=referral, why=why, by=by)


def _lock(call: SafetyCall) -> SafetyCall:
    rows = SafetyCall.objects.select_for_update(of=("self",))
    locked: SafetyCall = rows.select_related("taken_by", "referral", "request__referral").get(
        pk=call.pk
    )
    return locked
