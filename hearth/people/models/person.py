"""Person: somebody with a name, found however the name is typed."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people import words
from hearth.schools.models import FromFile, Owned, one_per_source


class NameWords(Func):
    """The words of a name as search sees them: no accents, no case (see migration 0001)."""

    function = "people_name_words"
    output_field = SearchVectorField()


class PeopleNamed(Func):
    """The keys of the people of this district whose name answers what was typed: every word typed
    begins a word of the name (see migration 0005 for why this is a function of the database)."""

    function = "people_named"
    template = "(SELECT %(function)s(%(expressions)s))"


class PersonQuerySet(models.QuerySet["Person"]):
    def named(self, typed: str) -> "PersonQuerySet":
        """People whose name has words that begin like the ones typed, in any order."""
        return self.filter(pk__in=PeopleNamed(Value(speakable(typed))))

    def current(self) -> "PersonQuerySet":
        """One row for each person: those merged into another are left out."""
        return self.filter(merged_into=None)

    def mergeable_by(self, user: User) -> "PersonQuerySet":
        """The people whom this user may compare and bring together: the whole district's."""
        eyes = [user, *([user.viewed_by] if user.viewed_by else [])]
        if all(eye.standing.reaches(May.MERGE_PEOPLE, Reach.DISTRICT) for eye in eyes):
            return self.current()
        return self.none()


def names(path: str) -> list[str]:
    """The columns that `called` reads, for the person at the end of `path`. A list that shows
    names asks for no more: what reading costs is counted in columns, not in rows."""
    return [f"{path}__{part}_name" for part in ("given", "family", "preferred")]


def speakable(typed: str) -> str:
    """What was typed, without what PostgreSQL cannot hold (NUL, half a character), cut to a
    length that no name reaches."""
    return typed[:200].encode("utf-8", "ignore").decode().replace("\0", " ")


@keep_history
class Person(FromFile):
    """Somebody with a name. What they are to the school stands in the tables below."""

    class ReachBy(models.TextChoices):
        SMS = "sms", _("text message")
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("phone call")
        PAPER = "paper", _("letter")
        WHATSAPP = "whatsapp", _("WhatsApp")

    given_name = models.CharField(_("given name"), max_length=200)
    middle_name = models.CharField(_("middle name"), max_length=200, blank=True)
    family_name = models.CharField(_("family name"), max_length=200)
    preferred_name = models.CharField(_("preferred name"), max_length=200, blank=True)
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True)
    birth_date = models.DateField(_("birth date"), null=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    home_language = models.CharField(_("home language"), max_length=20, blank=True)
    interpreter_needed = models.BooleanField(_("interpreter needed"), default=False)
    reach_by = models.CharField(_("how to reach"), max_length=20, choices=ReachBy, blank=True)
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, related_name="person")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    name_words = models.GeneratedField(
        expression=NameWords(
            F("given_name"), F("middle_name"), F("family_name"), F("preferred_name")
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PersonQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["given_name", "middle_name", "family_name", "preferred_name", "pronouns", "birth_date",
             "email", "phone", "interpreter_needed", "reach_by", "user", "name_words"],
            Privacy.PERSONAL,
        ),
        "home_language": Privacy.IDENTITY,
        "merged_into": Privacy.INTERNAL,
    }  # fmt: skip

    class Meta:
        constraints = [
            one_per_source("person_source"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="person_not_merged_into_itself",
            ),
        ]
        indexes = [
            GinIndex(fields=["name_words"], name="person_name_words"),
            # Few rows are merged, and every student's page asks for its own.
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged"
            ),
        ]

    @property
    def called(self) -> str:
        """The name on screens: the preferred one where the person has one."""
        return f"{self.preferred_name or self.given_name} {self.family_name}"

    @property
    def language(self) -> str:
        """The home language in the reader's words; empty where nobody has said."""
        return words.language_name(self.home_language) if self.home_language else ""


class Role(Owned):
    """What a person is to a school; shares the person's key, so there is one of each at most."""

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, primary_key=True, db_constraint=False
    )
    gone_on = models.DateField(null=True)
    arrived_with = models.BigIntegerField(null=True)

    PRIVACY: ClassVar = {
        "person": Privacy.INTERNAL,
        "gone_on": Privacy.INTERNAL,
        "arrived_with": Privacy.INTERNAL,
    }

    class Meta:
        abstract = True
