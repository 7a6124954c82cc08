"""District, school, year, calendar, and the abstract owned row that everything else stands on."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.schools import rules


class District(models.Model):
    """A local education agency. Its name and address are public; its rows are walled off."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("part of the address"), unique=True)
    source_id = models.CharField(max_length=255, blank=True)
    cds_code = models.CharField(_("CDS code"), max_length=14, blank=True)
    is_demo = models.BooleanField(default=False)

    PRIVACY: ClassVar = dict.fromkeys(
        ["name", "slug", "source_id", "cds_code", "is_demo"], Privacy.PUBLIC
    )


class Owned(models.Model):
    """A row that belongs to one district: PostgreSQL refuses it to every other."""

    # No index of its own: a table of one district would carry an index of one value. And no check
    # of the key for every row: the wall already refuses any value but the district acted for.
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )

    PRIVACY: ClassVar = {"district": Privacy.INTERNAL}

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802 - Django's name
        """The words for a stored value. Django's own looks up every other word of the list too."""
        value = getattr(self, field.attname)
        return str(dict(field.flatchoices).get(value, value))


class FromFile(Owned):
    """A row that a roster file keeps up to date, known there by its `source_id`.

    `arrived_with` is the import run that first brought the row, `gone_on` the day a later file
    no longer had it. A row is never deleted by a file: people's stories hang on it.
    """

    source_id = models.CharField(max_length=255, blank=True)
    arrived_with = models.BigIntegerField(null=True)
    gone_on = models.DateField(null=True)

    PRIVACY: ClassVar = {
        "source_id": Privacy.PERSONAL,
        "arrived_with": Privacy.INTERNAL,
        "gone_on": Privacy.INTERNAL,
    }

    class Meta:
        abstract = True


def one_per_source(name: str) -> models.UniqueConstraint:
    """Two rows of a district cannot share a file's id; rows made by hand have none."""
    return models.UniqueConstraint(
        fields=["district", "source_id"], condition=~Q(source_id=""), name=name
    )


class School(FromFile):
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("part of the address"), max_length=80)
    cds_code = models.CharField(_("CDS code"), max_length=14, blank=True)
    urgent_phone = models.CharField(
        _("number to call when it cannot wait"), max_length=40, blank=True
    )

    PRIVACY: ClassVar = dict.fromkeys(["name", "slug", "cds_code", "urgent_phone"], Privacy.PUBLIC)

    class Meta:
        constraints = [
            one_per_source("school_source"),
            models.UniqueConstraint(fields=["district", "slug"], name="school_slug"),
        ]


class InSchool(Owned):
    """An owned row of one school."""

    school = models.ForeignKey(School, on_delete=models.PROTECT)

    PRIVACY: ClassVar = {"school": Privacy.INTERNAL}

    class Meta:
        abstract = True


class Session(FromFile):
    """A school year, or a term within it, as the district's file names it."""

    class Kind(models.TextChoices):
        YEAR = "schoolYear", _("school year")
        SEMESTER = "semester", _("semester")
        TERM = "term", _("term")
        GRADING = "gradingPeriod", _("grading period")

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    starts = models.DateField()
    ends = models.DateField()

    PRIVACY: ClassVar = dict.fromkeys(["title", "kind", "starts", "ends"], Privacy.PUBLIC)

    class Meta:
        constraints = [
            one_per_source("session_source"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="session_ends_after"),
        ]


class ClosedDay(Owned):
    """A weekday without instruction. Every other weekday of the year is a school day."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        BREAK = "break", _("break")
        STAFF = "staff day", _("staff day")

    day = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=100)

    PRIVACY: ClassVar = dict.fromkeys(["day", "kind", "name"], Privacy.PUBLIC)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "day"], name="closed_day_once"),
        ]


class Calendar:
    """The closed days of the district in whose name we act, read once and asked many times."""

    def __init__(self) -> None:
        self.closed = frozenset(ClosedDay.objects.values_list("day", flat=True))

    def after(self, start: date, school_days: int) -> date:
        return rules.add_school_days(start, school_days, self.closed)

    def days_until(self, start: date, end: date) -> int:
        return rules.school_days_between(start, end, self.closed)
