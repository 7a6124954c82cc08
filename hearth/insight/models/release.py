"""What was told, and when: the ledger of releases, and the tables as pages read them."""

from typing import ClassVar

from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.privacy import Privacy
from hearth.insight.models.grounds import FigureQuerySet
from hearth.schools.models import Owned, School


class Release(Owned):
    """One table that left the mart. Never changed: the next one is protected against it.

    `shown` holds each count that was printed, by its cell; what was withheld is not in it.
    """

    measure = models.CharField(_("measure"), max_length=60)
    year = models.SmallIntegerField(_("school year, by its end"))
    cut = models.CharField(_("told by"), max_length=200, blank=True)
    stamp = models.CharField(_("made from"), max_length=40)
    released_on = models.DateField(_("released"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    shown = models.JSONField(default=dict)

    objects = FigureQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["measure", "year", "cut", "released_on", "shown"], Privacy.PUBLIC),
        **dict.fromkeys(["stamp", "by"], Privacy.INTERNAL),
    }

    class Meta:
        indexes = [models.Index(fields=["district", "measure", "year"], name="release_of_measure")]


def _read_from_figures(function: str, path: str) -> Func:
    return Func("figures", Value(path), function=function)


class DisclosedTable(Owned):
    """One measure of one year at one place, built ahead: a page about it reads this one row.

    Without a school it is the district's. `cut` is empty for everybody and each group alone; a
    table of two groups together, built when somebody asked for it, names them.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True)
    measure = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    cut = models.CharField(max_length=200, blank=True)
    figures = models.JSONField()
    # A school's picture reads everybody's figure of forty tables, and no group of any: the database
    # keeps that part apart, since to read a table whole costs more than all else on the page.
    everybody = models.GeneratedField(
        expression=_read_from_figures("jsonb_path_query_array", '$[*] ? (@.cut == "")'),
        output_field=models.JSONField(),
        db_persist=True,
    )
    in_groups = models.GeneratedField(
        expression=_read_from_figures(
            "jsonb_path_exists",
            '$[*] ? (@.cut != "" && !(exists(@.because) && @.because == "few"))',
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    as_of = models.DateField()
    release = models.ForeignKey(Release, on_delete=models.PROTECT)

    objects = FigureQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            [
                "school",
                "measure",
                "year",
                "cut",
                "figures",
                "everybody",
                "in_groups",
                "as_of",
            ],
            Privacy.PUBLIC,
        ),
        "release": Privacy.INTERNAL,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "school", "measure", "year", "cut"],
                condition=Q(school__isnull=False),
                name="disclosed_once_a_school",
            ),
            models.UniqueConstraint(
                fields=["district", "measure", "year", "cut"],
                condition=Q(school=None),
                name="disclosed_once_a_district",
            ),
        ]
