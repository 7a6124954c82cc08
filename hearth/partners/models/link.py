"""Link: how somebody at a partner, without an account, acts on one thing; and its codes."""

from datetime import date
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.visible import VisibleQuerySet
from hearth.audit.privacy import Privacy
from hearth.partners.models.agreement import Agreement
from hearth.partners.models.contact import Contact
from hearth.partners.models.keepers import KEEPS_AGREEMENTS
from hearth.partners.rules import agreement as agreements
from hearth.partners.rules import link as rules
from hearth.schools.models import Owned


def hash_of(secret: str) -> str:
    """A secret of 256 random bits needs no salt: nobody tries them all."""
    return sha256(secret.encode()).hexdigest()


class LinkQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (KEEPS_AGREEMENTS,)

    def with_secret(self, secret: str) -> Self:
        return self.filter(secret_hash=hash_of(secret)).select_related(
            "contact__organization", "agreement__followed_by", "asked_by", "district"
        )

    def open(self, day: date) -> Self:
        """Those that may still be opened, as far as the link alone knows."""
        return self.filter(revoked_at=None, expires_on__gte=day)


class Link(Owned):
    """One purpose, one contact, until one day. The address in the e-mail holds the secret; here
    stands only its hash, from the moment the e-mail leaves."""

    class Purpose(models.TextChoices):
        CAPACITY = "capacity", _("say how many places are free")
        REFERRAL = "referral", _("answer a referral")

    purpose = models.CharField(_("what for"), max_length=20, choices=Purpose)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="links")
    # What the link stands under: when this is no longer live, the link is dead.
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, related_name="links"
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    secret_hash = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    expires_on = models.DateField(_("last day"))
    answered_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    # Nobody, where Hearth itself revoked it.
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_why = models.TextField(_("why it was revoked"), blank=True)

    objects = LinkQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "secret_hash": Privacy.SECRET,
        **dict.fromkeys(
            ["purpose", "contact", "agreement", "asked_by", "made_at", "sent_at", "expires_on",
             "answered_at", "revoked_at", "revoked_by", "revoked_why"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        verbose_name = _("partner link")
        verbose_name_plural = _("partner links")
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["capacity", "referral"]), name="link_purpose_known"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, secret_hash="")
                | (Q(sent_at__isnull=False) & ~Q(secret_hash="")),
                name="link_sent_with_a_secret",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_why="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_why="")),
                name="link_revoked_says_why",
            ),
            models.UniqueConstraint(
                fields=["secret_hash"], condition=~Q(secret_hash=""), name="link_secret_once"
            ),
        ]

    def standing(self, day: date) -> rules.Standing:
        """Good, or why it is dead. Reads the contact and the agreement that came with it; one that
        was renewed goes on under the one that follows."""
        under = [self.agreement, getattr(self.agreement, "followed_by", None)]
        signed = [agreement for agreement in under if agreement]
        live = any(agreements.is_live(agreement.terms, day) for agreement in signed)
        facts = rules.Facts(
            expires_on=self.expires_on,
            revoked=self.revoked_at is not None,
            contact_ends=self.contact.ends,
            agreement_is_live=live or not signed,
        )
        return rules.standing(facts, day)


class LinkCode(Owned):
    """Six digits mailed to the contact's known address. They let one browser in, once."""

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="codes")
    asked_at = models.DateTimeField(auto_now_add=True)
    code_hash = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    # The browser that was let in holds a secret of its own.
    browser_hash = models.CharField(max_length=64, blank=True)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["code_hash", "browser_hash"], Privacy.SECRET),
        **dict.fromkeys(["link", "asked_at", "sent_at", "tries", "used_at"], Privacy.INTERNAL),
    }

    class Meta:
        verbose_name = _("code of a partner link")
        verbose_name_plural = _("codes of partner links")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, code_hash="")
                | (Q(sent_at__isnull=False) & ~Q(code_hash="")),
                name="link_code_sent_with_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, browser_hash="")
                | (Q(used_at__isnull=False) & ~Q(browser_hash="")),
                name="link_code_used_by_a_browser",
            ),
        ]
        indexes = [models.Index(fields=["link", "-asked_at"], name="link_code_newest")]

    @property
    def as_sent(self) -> rules.Sent:
        return rules.Sent(at=self.sent_at, tries=self.tries, used=self.used_at is not None)
