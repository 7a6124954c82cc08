"""Programs a student takes part in, each from a day to a day. Identity: its own permission."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models.grounds import EVERY_ROW, StudentQuerySet, holders
from hearth.people.models.person import Person
from hearth.people.models.student import Student
from hearth.schools.models import Owned


class Program(models.TextChoices):
    ENGLISH_LEARNER = "english_learner", _("English learner")
    LONG_TERM_ENGLISH_LEARNER = "long_term_english_learner", _("long-term English learner")
    DISABILITY = "disability", _("special education")
    DISADVANTAGED = "disadvantaged", _("socioeconomically disadvantaged")
    FOSTER = "foster", _("foster youth")
    HOMELESS = "homeless", _("without a fixed home")
    MIGRANT = "migrant", _("migrant education")


def _whole_district(user: User) -> Q:
    return EVERY_ROW if user.standing.reaches(May.SEE_IDENTITY, Reach.DISTRICT) else NOTHING


def _of_family(key: str) -> Ground[Any]:
    """The family, and the student, see what the school has written down about them."""
    ground = next(ground for ground in StudentQuerySet.grounds if ground.key == key)

    def rows(user: User) -> Q:
        on_this = ground.rows(user)
        if on_this is NOTHING:
            return NOTHING
        return Q(person__in=Student.objects.filter(on_this).values("person"))

    return Ground(key, ground.reason, rows, lambda row: ground.people(row.person.student))


class ProgramTimeQuerySet(VisibleQuerySet["ProgramTime"]):
    grounds: ClassVar = (
        Ground(
            "identity",
            _("Your role may see how families name their identity."),
            _whole_district,
            lambda row: holders(May.SEE_IDENTITY, Reach.DISTRICT),
        ),
        _of_family("child"),
        _of_family("self"),
    )


@keep_history
class ProgramTime(Owned):
    """One student in one program, from a day to a day; without an end it goes on.

    Shown like identity: to whoever holds its permission, with each look written down, and home.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="programs", db_constraint=False
    )
    program = models.CharField(_("program"), max_length=30, choices=Program)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"), null=True)
    arrived_with = models.BigIntegerField(null=True)

    objects = ProgramTimeQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "person": Privacy.INTERNAL,
        "arrived_with": Privacy.INTERNAL,
        **dict.fromkeys(["program", "starts", "ends"], Privacy.IDENTITY),
    }

    class Meta:
        verbose_name = _("time in a program")
        verbose_name_plural = _("times in a program")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "program", "starts"], name="program_time_once"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="program_time_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(
                    program__in=[
                        "english_learner",
                        "long_term_english_learner",
                        "disability",
                        "disadvantaged",
                        "foster",
                        "homeless",
                        "migrant",
                    ]
                ),
                name="program_time_program_known",
            ),
        ]
