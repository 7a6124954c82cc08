"""Consent: which facts about a student a family lets one partner know, for what and how long."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.visible import Ground, VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.kit.spoken import is_read_over, is_written
from hearth.partners.models.organization import Organization
from hearth.partners.models.words import Element, InterpretedBy, Need, Purpose, Understood
from hearth.partners.rules import consent as rules
from hearth.people.models import Guardian, Student
from hearth.people.models.team import TEAM
from hearth.people.models.through import through_student
from hearth.people.words import language_name
from hearth.schools.models import Owned, School

TRIES = 5
"""So often may the child's birthday be given wrong before the family's link closes."""


class AboutStudentQuerySet(VisibleQuerySet[Any]):
    """The team, the family and the student. Who teaches the student is no part of it."""

    grounds: ClassVar[Sequence[Ground[Any]]] = (
        TEAM,
        through_student("child"),
        through_student("self"),
    )

    def where_team_may(self, user: User, verb: May) -> Self:
        """Of what the user sees, the rows of students on whose team they hold `verb`. A child who
        moves takes them along: the team of the new school goes on where the old one was."""
        return self.visible_to(user).filter(student__school__in=user.standing.schools(verb))


class ConsentQuerySet(AboutStudentQuerySet):
    def live(self, on: date) -> Self:
        """Given, not withdrawn, and not over; the last day counts."""
        return self.filter(answer=Consent.Answer.GIVEN, withdrawn_at=None, expires_on__gte=on)

    def waiting(self) -> Self:
        return self.filter(answer="", withdrawn_at=None)


@keep_history
class Consent(Owned):
    """Asked of one adult of the family, for one partner, one purpose and these facts alone.

    It is theirs: they may say no, and take a yes back at any time.
    """

    class Answer(models.TextChoices):
        GIVEN = "given", _("Yes")
        DECLINED = "declined", _("No")

    class Way(models.TextChoices):
        LINK = "link", _("on their own phone, by a link")
        ACCOUNT = "account", _("signed in")
        PAPER = "paper", _("on paper, signed")
        IN_PERSON = "in_person", _("in person, spoken through together")
        INTERPRETER = "interpreter", _("in person or by phone, with an interpreter")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="consents")
    # Where the student was when it was asked: a child who moves takes no answer along into the
    # figures of another school.
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(_("what for"), max_length=30, choices=Purpose)
    elements = ArrayField(models.CharField(max_length=30, choices=Element))
    # What the service is about for which they were asked: a no ends the matter before anything is
    # sent, and is counted with what became of needs.
    need = models.CharField(_("need"), max_length=20, choices=Need, blank=True)
    adult = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="consents")
    language = models.CharField(_("language"), max_length=20)
    expires_on = models.DateField(_("holds until"))

    key = models.UUIDField(default=uuid4, unique=True)  # opens the family's own page
    nonce = models.UUIDField(default=uuid4, unique=True)  # the same form sent twice is one
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    way = models.CharField(_("how it was given"), max_length=20, choices=Way, blank=True)
    interpreted_by = models.CharField(
        _("who interpreted"), max_length=20, choices=InterpretedBy, blank=True
    )
    understood = models.CharField(
        _("how one knew that they understood"), max_length=20, choices=Understood, blank=True
    )
    # As it was typed before there was a list to choose from.
    interpreter = models.CharField(_("who interpreted"), max_length=200, blank=True)
    # Somebody of the school wrote it down; nobody where the family answered themselves.
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "key": Privacy.SECRET,
        **dict.fromkeys(["organization", "purpose", "elements", "need"], Privacy.SENSITIVE),
        **dict.fromkeys(
            ["student", "adult", "language", "interpreter", "asked_by", "written_by",
             "withdrawn_by"],
            Privacy.PERSONAL,
        ),
        **dict.fromkeys(
            ["nonce", "wrong_tries", "asked_at", "answer", "answered_at", "way", "expires_on",
             "withdrawn_at", "interpreted_by", "understood", "school"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=Q(elements__len__gt=0), name="consent_names_what_is_shared"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, way="")
                | (~Q(answer="") & Q(answered_at__isnull=False) & ~Q(way="")),
                name="consent_answered_some_way",
            ),
            models.CheckConstraint(
                condition=~Q(way="interpreter") | ~Q(interpreter="") | ~Q(interpreted_by=""),
                name="consent_names_interpreter",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["", "link", "account"]) | Q(written_by__isnull=False),
                name="consent_written_down_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("asked_at")),
                name="consent_withdrawn_after_asked",
            ),
        ]
        indexes = [
            models.Index(fields=["student", "organization"], name="consent_of_student"),
        ]

    @property
    def is_waiting(self) -> bool:
        return not self.answer and self.withdrawn_at is None

    @property
    def is_written(self) -> bool:
        """Whether the question stands in the family's language. Where it does not, somebody reads
        it to them with an interpreter: no link opens it in a language that is not theirs."""
        return is_written(self.language)

    @property
    def is_read_over(self) -> bool:
        return is_read_over(self.language)

    @property
    def language_in_words(self) -> str:
        return language_name(self.language)

    @property
    def is_shut(self) -> bool:
        """The link was tried too often with a wrong birthday."""
        return self.wrong_tries >= TRIES

    def is_live(self, on: date) -> bool:
        given = self.given
        return given is not None and rules.covers(
            given, purpose=self.purpose, elements=self.elements, on=on
        )

    @property
    def given(self) -> rules.Given | None:
        """The yes as plain values; None where there is no yes."""
        if self.answer != self.Answer.GIVEN or self.answered_at is None:
            return None
        taken_back = self.withdrawn_at and timezone.localdate(self.withdrawn_at)
        return rules.Given(
            self.purpose, frozenset(self.elements), timezone.localdate(self.answered_at),
            self.expires_on, taken_back,
        )  # fmt: skip

    @property
    def elements_in_words(self) -> list[str]:
        return [str(Element(key).label) for key in Element.values if key in self.elements]

    def get_absolute_url(self) -> str:
        return reverse("out:consent", args=[self.pk])

    def private_address(self) -> str:
        """The family's own page."""
        return reverse("consent:ask", args=[self.district.slug, self.key])
