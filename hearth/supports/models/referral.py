"""Referral. What must always be true of a stored row stands here as a constraint or a trigger."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models import Guardian, Student
from hearth.schools.models import InSchool
from hearth.supports import rules
from hearth.supports.models.grounds import ReferralQuerySet
from hearth.supports.models.words import TOLD, ClosedBecause, Domain, State, Urgency
from hearth.supports.rules.keeping import folds_before


def _check(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=f"referral_{name}")


@keep_history
class Referral(InSchool):
    """Somebody asked for support for a student. One service at most per referral."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="referrals")
    # For an adult of the student's family, when the need is theirs.
    adult = models.ForeignKey(
        Guardian, on_delete=models.PROTECT, null=True, related_name="referrals"
    )
    referrer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="referrals_made")
    strength = models.TextField(_("what is going well"))
    concern = models.TextField(_("what is hard"))
    tried = models.TextField(_("what was tried"), blank=True)
    domain = models.CharField(_("about"), max_length=30, choices=Domain)
    urgency = models.CharField(_("how soon"), max_length=20, choices=Urgency)
    asked_at = models.DateTimeField(auto_now_add=True)
    # Stands in the form's address, so that a second press, or Back and send, finds the first.
    nonce = models.UUIDField(default=uuid4)

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.SUBMITTED)
    since = models.DateField(_("in this state since"))
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="referrals_owned"
    )
    next_on = models.DateField(_("next date"), null=True)
    service = models.CharField(_("service"), max_length=200, blank=True)
    provider = models.CharField(_("who provides it"), max_length=200, blank=True)
    first_service_on = models.DateField(_("first service on"), null=True)
    closed_because = models.CharField(max_length=30, choices=ClosedBecause, blank=True)

    answer_due_on = models.DateField(_("answer due on"))
    answer = models.TextField(_("answer to the person who asked"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_read_at = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["strength", "concern", "tried", "answer", "service", "provider",
                         "domain", "closed_because"], Privacy.SENSITIVE),
        **dict.fromkeys(["student", "adult", "referrer", "owner"], Privacy.PERSONAL),
        **dict.fromkeys(
            ["urgency", "asked_at", "nonce", "state", "since", "next_on", "first_service_on",
             "answer_due_on", "answered_at", "answer_read_at"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referrer", "nonce"], name="referral_sent_once"),
            _check("strength_and_concern", ~Q(strength="") & ~Q(concern="")),
            _check("state_known", Q(state__in=State.values)),
            _check("domain_known", Q(domain__in=Domain.values)),
            _check("urgency_known", Q(urgency__in=Urgency.values)),
            _check("has_owner", ~Q(state__in=rules.OWNED) | Q(owner__isnull=False)),
            _check("names_service", ~Q(state__in=rules.WITH_SERVICE) | ~Q(service="")),
            _check(
                "linked_when_served",
                ~Q(state="linked")
                | Q(first_service_on__isnull=False, first_service_on__lte=F("since")),
            ),
            _check("open_has_next_date", Q(state="closed") ^ Q(next_on__isnull=False)),
            _check(
                "closed_with_reason",
                Q(state="closed", closed_because__in=ClosedBecause.values)
                | (~Q(state="closed") & Q(closed_because="")),
            ),
            _check(
                "answer_dated",
                Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            _check("read_after_answer", Q(answer_read_at=None) | Q(answered_at__isnull=False)),
        ]
        indexes = [
            models.Index(
                fields=["school", "next_on"], condition=~Q(state="closed"), name="referral_open"
            ),
            models.Index(fields=["referrer", "-asked_at"], name="referral_by_referrer"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_moves", field="state", transitions=rules.transitions()),
            pgtrigger.Protect(
                name="begins_new",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="submitted"),
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED

    def is_folded(self, today: date) -> bool:
        """Closed so long ago that it is out of sight; `not_folded` says the same of many."""
        return not self.is_open and self.since < folds_before(today)

    @property
    def told(self) -> str:
        """Where it stands, in the words for the person who asked."""
        return str(TOLD[State(self.state)])

    def get_absolute_url(self) -> str:
        return reverse("supports:referral", args=[self.pk])
