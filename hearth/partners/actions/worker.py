"""The verbs of a partner worker's own sign-in: let in, and let go. What the worker reads follows
from `models.sent_to`; what the worker answers goes by the verbs of the letters' links."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access import actions as access
from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.rules import NotAllowed as NotInvited
from hearth.audit.actions import record
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Contact
from hearth.people.actions import end_partner_work, write_partner_worker
from hearth.schools.models import School

ROLE = "partner_worker"


@transaction.atomic
def let_in(*, contact: Contact, by: User) -> Contact:
    """Invite a contact to sign in. A coordinator lets them in for their own school, a district lead
    for every school; what other schools send goes on by the links of our letters."""
    locked = _locked(contact)
    today = timezone.localdate()
    if not by.may(May.KEEP_AGREEMENTS):
        raise NotAllowed(_("Whoever keeps the agreements lets partners in."))
    if not locked.is_current(today):
        raise NotAllowed(_("They do not work there now."))
    for school in _schools(by):
        _invite(locked, school, by)
    user = User.objects.get(email=locked.email, district_id=by.district_id)
    if locked.worker_id is None:
        locked.worker = write_partner_worker(
            user=user, organization=locked.organization.name, does=locked.does, starts=today, by=by
        )
        if Contact.objects.filter(worker=locked.worker).exists():
            raise NotAllowed(_("They sign in already, under another entry of this organization."))
        locked.save(update_fields=["worker"])
        record("contact let in", locked, district_id=locked.district_id, by=by)
    return locked


def _schools(by: User) -> list[School | None]:
    """Those that `by` keeps agreements for; none in particular is the whole district."""
    own = School.objects.filter(pk__in=by.standing.schools(May.KEEP_AGREEMENTS)).order_by("pk")
    return list(own) or [None]


def _invite(contact: Contact, school: School | None, by: User) -> None:
    """A letter, unless they were let in there before."""
    held = Membership.objects.current().filter(user__email=contact.email, role=ROLE, school=school)
    if held.exists():
        return
    try:
        access.invite(
            email=contact.email, name=contact.name, role=ROLE, school=school,
            language=contact.language, by=by,
        )  # fmt: skip
    except NotInvited as refused:
        raise NotAllowed(str(refused)) from None


@transaction.atomic
def let_go(*, contact: Contact, by: User) -> None:
    """From this minute on the sign-in shows nothing of what was sent to this contact. The links of
    letters go on as long as the contact works there."""
    locked = _locked(contact)
    worker = locked.worker
    if worker is None:
        return
    locked.worker = None
    locked.save(update_fields=["worker"])
    end_partner_work(worker=worker, by=by)
    record("contact let go", locked, district_id=locked.district_id, by=by)
    user = worker.person.user
    if user and not Contact.objects.filter(worker__person__user=user).exists():
        held = Membership.objects.current().visible_to(by).filter(user=user, role=ROLE)
        for membership in held.select_related("user"):
            access.end_membership(membership=membership, by=by)


def _locked(contact: Contact) -> Contact:
    locked: Contact = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("organization", "worker__person__user")
        .get(pk=contact.pk)
    )
    return locked
