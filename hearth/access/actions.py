"""The verbs of access: invite, end and restore a membership, look through somebody's eyes."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access import mail, rules
from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.rules import NotAllowed
from hearth.access.view_as import SESSION_KEY
from hearth.audit.actions import record
from hearth.kit.spoken import of_families, of_the_house
from hearth.schools.acting import acting_for
from hearth.schools.models import District, School


@transaction.atomic
def invite(
    *, email: str, name: str, role: str, school: School | None, language: str = "en", by: User
) -> Membership:
    """Give somebody a role and send a link that lets them in, once, within seven days."""
    _check_may(by, role, school.pk if school else None)
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(
            email.strip(), name=name.strip(), district_id=by.district_id, language=language
        )
    elif user.district_id != by.district_id:
        raise NotAllowed(_("This address cannot be used here. Ask the person for another one."))
    membership, fresh = Membership.objects.current().get_or_create(
        user=user,
        role=role,
        school=school,
        defaults={"district_id": by.district_id, "starts": timezone.localdate()},
    )
    if not fresh:
        raise NotAllowed(_("This person already has this role here."))
    record("invited", membership, district_id=by.district_id, by=by, facts={"role": role})
    _send_soon(user, membership, by)
    return membership


@transaction.atomic
def welcome_first(*, email: str, name: str, district: District) -> User:
    """Make the district's first lead; whoever runs the server asks for it, nobody signed in."""
    if Membership.objects.current().filter(role="district_lead").exists():
        raise NotAllowed(_("This district has a lead already, who can invite others."))
    if User.objects.filter(email=email.strip().lower()).exists():
        raise NotAllowed(_("This address cannot be used here. Ask the person for another one."))
    user = User.objects.create_user(email.strip(), name=name.strip(), district=district)
    membership = Membership.objects.create(
        district=district, user=user, role="district_lead", starts=timezone.localdate()
    )
    record("welcomed", membership, district_id=district.pk, by=None)
    return user


@transaction.atomic
def resend_invitation(*, membership: Membership, by: User) -> None:
    """Send a fresh link; the one before stops working."""
    _check_may(by, membership.role, membership.school_id)
    user = membership.user
    if user.has_usable_password() or user.last_login:
        raise NotAllowed(_("This person has already joined."))
    user.set_unusable_password()  # writes new random letters, which the older link does not know
    user.save(update_fields=["password"])
    record("invited_again", membership, district_id=by.district_id, by=by)
    _send_soon(user, membership, by)


@transaction.atomic
def end_membership(*, membership: Membership, by: User) -> None:
    """From this minute on the role gives nothing more. What the person did stays on record."""
    _check_may(by, membership.role, membership.school_id)
    if membership.user_id == by.pk:
        raise NotAllowed(_("You cannot take your own role away. Ask a colleague."))
    membership.ends = timezone.localdate() - timedelta(days=1)
    membership.save(update_fields=["ends"])
    record("membership_ended", membership, district_id=by.district_id, by=by)


@transaction.atomic
def restore_membership(*, membership: Membership, by: User) -> None:
    """Take the ending back."""
    _check_may(by, membership.role, membership.school_id)
    membership.ends = None
    membership.save(update_fields=["ends"])
    record("membership_restored", membership, district_id=by.district_id, by=by)


def prove_address(*, user: User) -> None:
    """The person used a link that was sent to the address, so the address is theirs."""
    with acting_for(user.district_id):
        address, fresh = EmailAddress.objects.get_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        if not address.verified:
            address.verified = True
            address.save(update_fields=["verified"])
        record(
            "joined" if fresh else "password_chosen", user, district_id=user.district_id, by=user
        )


def choose_language(*, user: User, language: str) -> None:
    """One in which only families are written to is kept for families: theirs are pages that speak
    it. For whoever works here the house would turn English, and every letter with it."""
    if language in of_the_house() or (language in of_families() and user.may(May.SEE_OWN_CHILD)):
        user.language = language
        user.save(update_fields=["language"])


@transaction.atomic
def start_viewing(*, request: HttpRequest, seen: User, by: User) -> None:
    """From now on `by` looks through the eyes of `seen`, in this browser only."""
    if not by.may(May.VIEW_AS) or seen.pk == by.pk or seen.district_id != by.district_id:
        raise NotAllowed(_("You cannot look through this person's eyes."))
    record("view_as_started", seen, district_id=by.district_id, by=by)
    request.session[SESSION_KEY] = seen.pk


@transaction.atomic
def stop_viewing(*, request: HttpRequest, by: User) -> None:
    seen = User.objects.filter(pk=request.session.pop(SESSION_KEY, None)).first()
    if seen is not None:
        record("view_as_stopped", seen, district_id=by.district_id, by=by)


def _check_may(by: User, role: str, school_id: int | None) -> None:
    if not rules.may_invite(by.standing.posts, role=role, school_id=school_id):
        raise NotAllowed(_("Your own role does not reach that far."))


def _send_soon(user: User, membership: Membership, by: User) -> None:
    """After the rows are safe. Should the mail fail, the page offers to send it again."""
    transaction.on_commit(mail.invitation(user, membership, by).send, robust=True)
