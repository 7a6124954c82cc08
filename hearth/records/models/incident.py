"""Incident: that something was written down on a day, by its number; never what was told of it."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.privacy import Privacy
from hearth.people.models.through import OfStudentQuerySet
from hearth.records.models.attendance import OfSystem, school_key, student_key


def _through_parts(ground: Ground[Any]) -> Ground[Any]:
    """Whoever sees one student's part in it sees that it was, and on which day."""

    def rows(user: User) -> Q:
        parts = ground.rows(user)
        if parts is NOTHING:
            return NOTHING
        return Q(pk__in=IncidentPart.objects.filter(parts).values("incident"))

    def people(incident: Any) -> Q:
        found = NOTHING
        for part in incident.parts.select_related("student"):
            found |= ground.people(part)
        return found

    return Ground(ground.key, ground.reason, rows, people)


class IncidentQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = tuple(_through_parts(ground) for ground in OfStudentQuerySet.grounds)


class Incident(OfSystem):
    """One incident by the number under which the school's own system keeps it.

    `statutory` says that the state counts it as an offense; the rest are reports of restraint and
    seclusion.
    """

    school = school_key()
    number = models.CharField(_("number"), max_length=60)
    day = models.DateField(_("day"))
    statutory = models.BooleanField(_("counts as an offense"), default=True)

    objects = IncidentQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "school": Privacy.INTERNAL,
        **dict.fromkeys(["number", "day", "statutory"], Privacy.SENSITIVE),
    }

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="incident_once"),
            models.CheckConstraint(condition=~Q(number=""), name="incident_has_a_number"),
        ]


class IncidentPart(OfSystem):
    """One student's part in an incident: the offenses by code, what followed, and for how long.

    A result is a code of the state: 100 suspended out of school, 110 in school, 200 expelled, 300
    and up anything else. `starts` is the first day of what followed.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="parts")
    student = student_key("incident_parts")
    offenses = ArrayField(models.CharField(max_length=10), verbose_name=_("offenses"), default=list)
    result = models.SmallIntegerField(_("result"), null=True)
    days = models.DecimalField(_("days"), max_digits=6, decimal_places=2, default=0)
    minutes = models.IntegerField(_("minutes"), default=0)
    starts = models.DateField(_("starts"), null=True)

    objects = OfStudentQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["incident", "student"], Privacy.INTERNAL),
        **dict.fromkeys(["offenses", "result", "days", "minutes", "starts"], Privacy.SENSITIVE),
    }

    class Meta:
        verbose_name = _("part in an incident")
        verbose_name_plural = _("parts in incidents")
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "student", "result", "starts"],
                name="incident_part_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(days__gte=0) & Q(minutes__gte=0), name="incident_part_lasts"
            ),
            models.CheckConstraint(
                condition=Q(result=None) | Q(result__range=(100, 999)),
                name="incident_part_result_is_a_code",
            ),
        ]
