"""Referral out: one student, one service, exactly the facts that were allowed, and what came back.

Called ReferralOut, because `supports` has a Referral of its own: somebody asking for support.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.visible import Ground
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.consent import AboutStudentQuerySet, Consent
from hearth.partners.models.contact import Contact
from hearth.partners.models.link import Link
from hearth.partners.models.organization import Organization
from hearth.partners.models.sent_to import SENT_TO
from hearth.partners.models.service import Service
from hearth.partners.models.words import Declined, Element, Met, Need, OutState, named
from hearth.partners.rules import outward as rules
from hearth.people.models import Student
from hearth.schools.models import InSchool, Owned


class ReferralOutQuerySet(AboutStudentQuerySet):
    """Beside them: the partner's worker to whom it was sent, while both sides allow it."""

    grounds: ClassVar[Sequence[Ground[Any]]] = (*AboutStudentQuerySet.grounds, SENT_TO)

    def open(self) -> Self:
        return self.filter(state__in=rules.OPEN)

    def still_needed(self, today: date) -> Self:
        """What no partner has met (`rules.missing.STILL_OPEN`): the family says partly or no, they
        could not take it, or have not answered in time. Of several about one need the last."""
        refused = Q(state="declined") & ~Q(declined_because="family_said_no")
        late = Q(state="sent", due_on__lt=today)
        newer = ReferralOut.objects.filter(
            student=OuterRef("student"), need=OuterRef("need"), pk__gt=OuterRef("pk")
        ).exclude(need="")
        open_ = Q(met__in=["partly", "no"]) | Q(met="") & (refused | late)
        return self.filter(open_, ~Exists(newer))

    def with_names(self) -> Self:
        return self.select_related(
            "student__person", "student__school", "service", "organization", "school"
        )


NEXT = {
    OutState.SENT: _("They answer by:"),
    OutState.ACCEPTED: _("A first visit by:"),
    OutState.WAITING: _("They wait until:"),
    OutState.SERVED: _("We ask the family:"),
}
"""What is to come on the next day, by where it stands."""


@keep_history
class ReferralOut(InSchool):
    """Sent once. Every answer of the partner is a step; what was shared stands as it was sent."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="referrals_out")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals_out")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="referrals_out"
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="referrals_out")
    # By which the contact answers; a newer one takes its place when the old is too old.
    link = models.ForeignKey(Link, on_delete=models.PROTECT, null=True, related_name="referrals")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="referrals_out")
    # The number of the referral in `supports` that it answers; the rooms do not know each other.
    answers = models.BigIntegerField(null=True)
    # What it is about, as it was sorted when it was sent: a service may be gone later.
    need = models.CharField(_("need"), max_length=20, choices=Need, blank=True)
    elements = ArrayField(models.CharField(max_length=30, choices=Element))
    shared = models.JSONField(default=dict)  # element → what the partner reads of it
    words = models.TextField(_("what you ask for"))
    nonce = models.UUIDField(default=uuid4, unique=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    state = models.CharField(_("state"), max_length=12, choices=OutState, default=OutState.SENT)
    since = models.DateField(_("in this state since"))
    due_on = models.DateField(_("answer due on"), null=True)
    wait_until = models.DateField(_("waiting until"), null=True)
    first_service_on = models.DateField(_("first visit on"), null=True)
    declined_because = models.CharField(max_length=20, choices=Declined, blank=True)
    reminded_on = models.DateField(null=True)
    handed_back_on = models.DateField(null=True)  # the partner did not answer: the school calls

    met_key = models.UUIDField(default=uuid4, unique=True)  # opens the family's question
    met_asked_at = models.DateTimeField(null=True)
    met = models.CharField(_("was the need met?"), max_length=10, choices=Met, blank=True)
    met_at = models.DateTimeField(null=True)
    still_needed = models.TextField(_("what is still needed"), blank=True)

    objects = ReferralOutQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "met_key": Privacy.SECRET,
        **dict.fromkeys(
            ["service", "organization", "consent", "need", "shared", "words", "still_needed",
             "declined_because", "met"],
            Privacy.SENSITIVE,
        ),
        **dict.fromkeys(["student", "contact", "sent_by"], Privacy.PERSONAL),
        **dict.fromkeys(
            ["answers", "link", "elements", "nonce", "sent_at", "state", "since", "due_on",
             "wait_until", "first_service_on", "reminded_on", "handed_back_on",
             "met_asked_at", "met_at"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        verbose_name = pgettext_lazy("to a partner", "referral")
        verbose_name_plural = pgettext_lazy("to a partner", "referrals")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="referral_out_says_what_for"),
            models.CheckConstraint(
                condition=Q(elements__len__gt=0), name="referral_out_names_what_is_shared"
            ),
            models.CheckConstraint(
                condition=Q(state__in=rules.WITH_SERVICE, first_service_on__isnull=False)
                | ~Q(state__in=rules.WITH_SERVICE),
                name="referral_out_served_once_visited",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(wait_until__isnull=False),
                name="referral_out_waits_until",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") ^ Q(declined_because=""),
                name="referral_out_declined_because",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "accepted", "waiting")) | Q(due_on__isnull=False),
                name="referral_out_has_a_clock",
            ),
            models.CheckConstraint(
                condition=Q(met="", met_at=None) | (~Q(met="") & Q(met_at__isnull=False)),
                name="referral_out_met_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "due_on"],
                condition=Q(state__in=rules.OPEN),
                name="referral_out_open",
            ),
            models.Index(fields=["answers"], name="referral_out_answers"),
        ]
        triggers = [
            pgtrigger.FSM(name="legal_answers", field="state", transitions=rules.transitions()),
            pgtrigger.Protect(
                name="sent_first",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="sent"),
            ),
            pgtrigger.ReadOnly(
                name="shared_as_sent",
                fields=[
                    "student",
                    "service",
                    "organization",
                    "consent",
                    "need",
                    "elements",
                    "words",
                ],
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in rules.OPEN

    @property
    def next_day(self) -> date | None:
        """The day on which something is to come; of a service that has begun, as long as nobody has
        asked the family yet."""
        asked = self.met or self.met_asked_at
        return None if self.state == OutState.SERVED and asked else self.due_on

    @property
    def next_words(self) -> str:
        return str(NEXT.get(OutState(self.state), ""))

    @property
    def may_ask_whether_met(self) -> bool:
        """There is something to ask of once a visit took place, or nothing more is to come."""
        return not self.met and (self.first_service_on is not None or not self.is_open)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What the partner reads, each fact with its name, in the order of the list."""
        return named(self.shared)

    def get_absolute_url(self) -> str:
        return reverse("out:referral", args=[self.pk])

    def met_address(self) -> str:
        """The family's own page for one question."""
        return reverse("consent:met", args=[self.district.slug, self.met_key])


class OutStep(Owned):
    """One step of a referral out: who said it, when, in which words."""

    referral = models.ForeignKey(ReferralOut, on_delete=models.PROTECT, related_name="steps")
    came_from = models.CharField(max_length=12, choices=OutState, blank=True)
    went_to = models.CharField(max_length=12, choices=OutState)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["referral", "came_from", "went_to", "at"], Privacy.INTERNAL),
        **dict.fromkeys(["by", "contact"], Privacy.PERSONAL),
        "words": Privacy.SENSITIVE,
    }

    @property
    def title(self) -> str:
        """Where it stands from then on, or that a word was said and nothing answered."""
        is_word = self.came_from == self.went_to and self.went_to != OutState.WAITING
        return gettext("A word, no answer yet") if is_word else capfirst(self.get_went_to_display())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(came_from="", went_to="sent")
                # A word without an answer and another day of the waiting list change no state.
                | Q(*[Q(came_from=a, went_to=a) for a in rules.OPEN], _connector=Q.OR)
                | Q(*[Q(came_from=a, went_to=b) for a, b in rules.transitions()], _connector=Q.OR),
                name="out_step_is_legal",
            ),
            # Withdrawn by the family leaves nobody's name here: it stands with the consent.
            models.CheckConstraint(condition=Q(by=None) | Q(contact=None), name="out_step_by_one"),
        ]
        ordering = (F("at"), "pk")
