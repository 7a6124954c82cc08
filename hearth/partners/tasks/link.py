"""Letters to a partner: the link, and the code that proves that its reader reads that mailbox.

A secret is made as its letter leaves, so that it stands in no job, no log and no other table.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.kit import dates
from hearth.partners.models import Contact, Link, LinkCode
from hearth.partners.models.link import hash_of
from hearth.partners.rules.dated import setting
from hearth.partners.rules.link import CODE_DIGITS, Standing
from hearth.schools.acting import acting_for

# Where each purpose is acted on; a letter holds the address once.
PAGES = {
    Link.Purpose.CAPACITY: "partner_door:capacity",
    Link.Purpose.REFERRAL: "partner_door:referral",
}


def make_link(*, contact: Contact, purpose: str, by: User, agreement: int | None = None) -> Link:
    """A link for one contact and one purpose; any older one for the same is revoked with it."""
    today = timezone.localdate()
    older = Link.objects.open(today).filter(contact=contact, purpose=purpose, agreement=agreement)
    if purpose == Link.Purpose.CAPACITY:
        older.update(
            revoked_at=timezone.now(), revoked_by=by, revoked_why=_("A newer one was sent.")
        )
    link: Link = Link.objects.create(
        district_id=contact.district_id, contact=contact, purpose=purpose, asked_by=by,
        agreement_id=agreement,
        expires_on=today + timedelta(days=setting("link_days", today)),
    )  # fmt: skip
    record("link made", link, district_id=link.district_id, by=by, facts={"purpose": purpose})
    send_link.defer(link_id=link.pk, district_id=link.district_id)
    return link


@app.task(  # type: ignore[untyped-decorator]  # the library's types are not followed
    queue="mail",
    name="partners.send_link",
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def send_link(*, link_id: int, district_id: int) -> None:
    """The letter with the address. A link that went dead meanwhile is not sent, nor sent twice."""
    with acting_for(district_id):
        rows = Link.objects.select_for_update(of=("self",)).select_related(
            "contact__organization", "agreement__followed_by", "asked_by", "district"
        )
        link = rows.filter(pk=link_id, sent_at=None).first()
        if link is None or link.standing(timezone.localdate()) != Standing.GOOD:
            return
        secret = secrets.token_urlsafe(32)
        link.secret_hash, link.sent_at = hash_of(secret), timezone.now()
        link.save(update_fields=["secret_hash", "sent_at"])
        record("link sent", link, district_id=district_id, by=None)
        with translation.override(link.contact.language):
            send_mail(*letter(link, secret), from_email=None, recipient_list=[link.contact.email])


def letter(link: Link, secret: str) -> tuple[str, str]:
    """Subject and words, in the language that is active."""
    page = reverse(PAGES[Link.Purpose(link.purpose)], args=[link.district.slug, secret])
    subject, words = _asks_whether() if link.purpose == Link.Purpose.REFERRAL else _asks_places()
    return subject, words % {
        "name": link.contact.name,
        "asker": link.asked_by.name,
        "district": link.district.name,
        "organization": link.contact.organization.name,
        "url": f"{settings.HEARTH.address}{page}?lang={link.contact.language}",
        "day": dates.full(link.expires_on, timezone.localdate()),
        "reach": link.asked_by.email,
    }


def _asks_places() -> tuple[str, str]:
    words = _(
        "Hello %(name)s,\n\n"
        "%(asker)s of %(district)s asks: how many places are free at %(organization)s?\n\n"
        "Say it here; it takes half a minute and needs no account:\n%(url)s\n\n"
        "When you open it, we send a code to this mailbox. The address is for you alone and holds "
        "until %(day)s. Please do not pass it on.\n\n"
        "Questions? Write to %(asker)s: %(reach)s"
    )
    return _("How many places are free?"), words


def _asks_whether() -> tuple[str, str]:
    """Of whom and for what stands behind the door, never in a mailbox."""
    words = _(
        "Hello %(name)s,\n\n"
        "%(asker)s of %(district)s asks whether %(organization)s can help somebody.\n\n"
        "Read it and answer here; it needs no account:\n%(url)s\n\n"
        "When you open it, we send a code to this mailbox. The address is for you alone and holds "
        "until %(day)s. Please do not pass it on. For privacy, this message says no more.\n\n"
        "Questions? Write to %(asker)s: %(reach)s"
    )
    return _("Can you help somebody?"), words


@app.task(  # type: ignore[untyped-decorator]
    queue="mail",
    name="partners.send_code",
    retry=RetryStrategy(max_attempts=4, linear_wait=5),
)
def send_code(*, code_id: int, district_id: int) -> None:
    """Six digits to the address that is written down, whoever has opened the link."""
    with acting_for(district_id):
        rows = LinkCode.objects.select_for_update(of=("self",)).select_related("link__contact")
        asked = rows.filter(pk=code_id, sent_at=None).first()
        if asked is None:
            return
        contact, code = asked.link.contact, f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        asked.code_hash, asked.sent_at = code_hash(asked, code), timezone.now()
        asked.save(update_fields=["code_hash", "sent_at"])
        record("link code sent", asked.link, district_id=district_id, by=None)
        with translation.override(contact.language):
            minutes = setting("code_minutes", timezone.localdate())
            words = _(
                "Your code is %(code)s\n\n"
                "It opens the page from our letter, in one browser, for the next %(minutes)d "
                "minutes.\nIf it was not you who asked for it, do nothing: nobody gets in without "
                "it."
            )
            send_mail(
                _("Your code: %(code)s") % {"code": code},
                words % {"code": code, "minutes": minutes},
                from_email=None,
                recipient_list=[contact.email],
            )


def code_hash(code: LinkCode, digits: str) -> str:
    """With the server's own key: a million codes are soon tried against a bare hash."""
    said = f"{code.pk}:{digits}"
    return salted_hmac("hearth.partners.link.code", said, algorithm="sha256").hexdigest()
