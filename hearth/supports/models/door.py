"""The school's open door: what somebody asks without an account, and what danger sets going."""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models import Person, Student
from hearth.people.models.grounds import holders
from hearth.people.models.team import ON_TEAM, family_of, own_children
from hearth.schools.models import InSchool, Owned
from hearth.supports.models.referral import Referral
from hearth.supports.models.words import Domain, Urgency
from hearth.supports.rules import phrases


class Asker(models.TextChoices):
    FAMILY = "family", _("Family")
    STUDENT = "student", _("A student, about themselves")
    FRIEND = "friend", _("A student, about a friend")
    STAFF = "staff", pgettext_lazy("who asks", "Staff")
    NEIGHBOR = "neighbor", _("Somebody else who cares")


def _for_team(child: str) -> Ground[Any]:
    """The team of the school; of one's own child one reads nothing here, once it is known."""

    def rows(user: User) -> Q:
        own = Q(**{f"{child}__isnull": False, f"{child}__in": own_children(user)})
        return Q(school__in=user.standing.schools(May.SEE_REFERRALS)) & ~own

    def people(row: Any) -> Q:
        meant = row.meant
        at_home = family_of(meant) if meant else NOTHING
        return holders(May.SEE_REFERRALS, Reach.SCHOOL, school=row.school_id) & ~at_home

    return Ground("team", ON_TEAM, rows, people)


OWED = Q(standing="joined", answered_at=None, referral__answered_at__isnull=False)


class RequestQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (_for_team("referral__student"),)

    def where_team_may(self, user: User, verb: May) -> Self:
        return self.visible_to(user).filter(school__in=user.standing.schools(verb))

    def waiting(self) -> Self:
        return self.filter(standing="waiting").order_by("asked_at", "pk")

    def owed(self) -> Self:
        """Joined to a referral whose answer had been written before: theirs is still to come."""
        return self.filter(OWED).order_by("answer_due_on", "pk")

    def joined_to(self, referral: Referral) -> Self:
        return self.filter(referral=referral).order_by("asked_at", "pk")

    def to_tell(self) -> Self:
        """Answered, and somebody of the team has still to say so: by phone, text or letter."""
        return (
            self.filter(answered_at__isnull=False, told_at=None)
            .exclude(reach_by__in=["", "email"])
            .order_by("answered_at", "pk")
        )


@keep_history
class HelpRequest(InSchool):
    """Asked at the door, or taken down from a call. Nothing of it stands with a student until
    somebody of the team has found who is meant: an unknown hand never writes on a child's page."""

    class Standing(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        JOINED = "joined", _("became a referral")
        SET_ASIDE = "set_aside", _("answered without a referral")

    key = models.UUIDField(default=uuid4, unique=True)  # opens the asker's own page
    nonce = models.UUIDField(default=uuid4, unique=True)  # the same form sent twice is one request
    asker = models.CharField(_("who asks"), max_length=20, choices=Asker)
    asker_name = models.CharField(_("your name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=20, default="en")
    reach_by = models.CharField(
        _("how to reach you"), max_length=20, choices=Person.ReachBy, blank=True
    )
    reach_at = models.CharField(_("number or address"), max_length=254, blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    about_name = models.CharField(_("who is it about"), max_length=200)
    about_grade = models.CharField(_("grade or class"), max_length=60, blank=True)
    for_adult = models.BooleanField(_("for an adult of the family"), default=False)
    strength = models.TextField(_("what is going well"))
    concern = models.TextField(_("what is hard"))
    tried = models.TextField(_("what was tried"), blank=True)
    domain = models.CharField(_("about"), max_length=30, choices=Domain, blank=True)
    urgency = models.CharField(_("how soon"), max_length=20, choices=Urgency)
    asked_at = models.DateTimeField(auto_now_add=True)
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.WAITING)
    # Several may be joined to one referral: the second who asks for the same joins the first.
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="requests"
    )
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    answer_due_on = models.DateField()
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)
    # When somebody called, texted or wrote that there is an answer.
    told_at = models.DateTimeField(null=True)

    objects = RequestQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "key": Privacy.SECRET,
        **dict.fromkeys(["strength", "concern", "tried", "answer", "domain"], Privacy.SENSITIVE),
        **dict.fromkeys(
            ["asker_name", "reach_by", "reach_at", "about_name", "about_grade", "language",
             "referral", "taken_by", "read_by"],
            Privacy.PERSONAL,
        ),
        **dict.fromkeys(
            ["nonce", "asker", "for_adult", "urgency", "asked_at", "standing", "read_at",
             "answer_due_on", "answered_at", "told_at"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(strength="") & ~Q(concern="") & ~Q(about_name=""),
                name="help_request_said",
            ),
            models.CheckConstraint(
                condition=Q(standing="joined", referral__isnull=False)
                | (~Q(standing="joined") & Q(referral=None)),
                name="help_request_joined",
            ),
            models.CheckConstraint(
                condition=Q(standing="waiting") | Q(read_by__isnull=False, read_at__isnull=False),
                name="help_request_read_by_somebody",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.standing == self.Standing.WAITING

    @property
    def meant(self) -> int | None:
        """The student it is about, once somebody has found them."""
        return self.referral.student_id if self.referral else None

    def get_absolute_url(self) -> str:
        return reverse("supports:request", args=[self.pk])

    @property
    def told(self) -> str:
        """Where it stands, for whoever asked. Coarser than for staff: nobody knows for sure who
        holds the key, so nothing of a student's supports is said."""
        if self.standing == self.Standing.SET_ASIDE:
            return str(_("The team has read it and written you an answer."))
        if self.referral is None:
            return str(_("It has arrived. Nobody of the team has read it yet."))
        if self.referral.is_open:
            return str(_("The team has read it and taken it up."))
        return str(_("The team has finished its work on this for now."))

    def private_address(self) -> str:
        """The asker's own page; whoever holds the address may read it."""
        return reverse("door:told", args=[self.district.slug, self.school.slug, self.key])


class CallQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (_for_team("student"),)

    def where_team_may(self, user: User, verb: May) -> Self:
        return self.visible_to(user).filter(school__in=user.standing.schools(verb))

    def open(self) -> Self:
        return self.filter(done_at=None).order_by("raised_at", "pk")


@keep_history
class SafetyCall(InSchool):
    """Somebody may not be safe. A person is paged at once; no list, no meeting is waited for."""

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="safety_calls"
    )
    request = models.ForeignKey(
        HelpRequest, on_delete=models.PROTECT, null=True, related_name="safety_calls"
    )
    student = models.ForeignKey(Student, on_delete=models.PROTECT, null=True, related_name="+")
    because = models.TextField(_("what set it going"))
    raised_at = models.DateTimeField(auto_now_add=True)
    paged = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    outcome = models.TextField(_("what was done"), blank=True)
    done_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["because", "outcome"], Privacy.SENSITIVE),
        **dict.fromkeys(["referral", "request", "student", "paged", "taken_by"], Privacy.PERSONAL),
        **dict.fromkeys(["raised_at", "taken_at", "done_at"], Privacy.INTERNAL),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(referral__isnull=False) ^ Q(request__isnull=False),
                name="safety_call_about_one",
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="safety_call_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | (Q(taken_at__isnull=False) & ~Q(outcome="")),
                name="safety_call_done_with_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["school"], condition=Q(done_at=None), name="safety_call_open"),
        ]

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    @property
    def meant(self) -> int | None:
        return self.student_id

    def get_absolute_url(self) -> str:
        return reverse("supports:safety_call", args=[self.pk])


class PhraseQuerySet(models.QuerySet["Phrase"]):
    def listed(self) -> list[phrases.Phrase]:
        """What Hearth listens for in this district: its own phrases beside the shipped ones."""
        return phrases.with_own(row.plain for row in self.order_by("pk"))

    def found(self, text: str, kind: str, on: date) -> list[phrases.Found]:
        return phrases.found(text, phrases.of_kind(kind, self.listed()), on)


class Phrase(Owned):
    """Words that make Hearth stop and help: a district's own, beside those that ship with it."""

    class Kind(models.TextChoices):
        DANGER = "danger", _("somebody may not be safe")
        PRIVATE = "private", _("belongs to the counselor alone")
        ASSESSMENT = "assessment", _("asks for an assessment")

    kind = models.CharField(max_length=20, choices=Kind)
    language = models.CharField(max_length=20)
    words = models.CharField(_("words"), max_length=100)
    leads_to = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PhraseQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["kind", "language", "words", "leads_to", "valid_from", "valid_until", "by"],
        Privacy.INTERNAL,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "language", "words", "valid_from"], name="phrase_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="phrase_has_words"),
        ]

    @property
    def plain(self) -> phrases.Phrase:
        return phrases.Phrase(
            self.kind, self.language, self.words, self.valid_from, self.valid_until,
            leads_to=self.leads_to, source=str(_("This district's own.")),
        )  # fmt: skip
