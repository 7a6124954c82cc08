"""Person: somebody with a name, found however the name is typed."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.schools.models import FromFile, Owned, one_per_source


class NameWords(Func):
    """The words of a name as search sees them: no accents, no case (see migration 0002)."""

    function = "people_name_words"
    output_field = SearchVectorField()


class NameQuery(Func):
    """What somebody typed as a search for names: every word must begin a word of the name."""

    function = "people_name_query"
    output_field = SearchQueryField()


class Matches(Func):
    """Whether words answer a query; Django's own lookup insists on building the query itself."""

    arg_joiner = " @@ "
    template = "%(expressions)s"
    output_field = models.BooleanField()


class PersonQuerySet(models.QuerySet["Person"]):
    def named(self, typed: str) -> "PersonQuerySet":
        """People whose name has words that begin like the ones typed, in any order."""
        return self.filter(Matches(F("name_words"), NameQuery(Value(typed))))


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
        expression=NameWords(F("given_name"), F("middle_name"), F("family_name"), F("preferred_name")),
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
        constraints = [one_per_source("person_source")]
        indexes = [GinIndex(fields=["name_words"], name="person_name_words")]

    @property
    def called(self) -> str:
        """The name on screens: the preferred one where the person has one."""
        return f"{self.preferred_name or self.given_name} {self.family_name}"


class Role(Owned):
    """What a person is to a school; shares the person's key, so there is one of each at most."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True)
    gone_on = models.DateField(null=True)
    arrived_with = models.BigIntegerField(null=True)

    PRIVACY: ClassVar = {
        "person": Privacy.INTERNAL,
        "gone_on": Privacy.INTERNAL,
        "arrived_with": Privacy.INTERNAL,
    }

    class Meta:
        abstract = True
