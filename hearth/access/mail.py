"""The invitation as an e-mail, in the language of the person who gets it."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from hearth.access.links import link_for
from hearth.access.models import Membership, User
from hearth.access.roles import ROLES
from hearth.kit.spoken import house_language


def invitation(user: User, membership: Membership, by: User) -> EmailMessage:
    """One letter with one link. A person who already signs in gets the news without a link."""
    with translation.override(house_language(user.language)):
        facts = {
            "name": user.name,
            "inviter": by.name,
            "role": ROLES[membership.role].name,
            "place": membership.school.name if membership.school else membership.district.name,
            "link": "" if user.has_usable_password() else link_for(user),
        }
        subject = render_to_string("access/email/invitation_subject.txt", facts)
        body = render_to_string("access/email/invitation.txt", facts)
    # A school's name out of a file may break its line; a letter with such a subject is not sent.
    return EmailMessage(" ".join(subject.split()), body, to=[user.email])
