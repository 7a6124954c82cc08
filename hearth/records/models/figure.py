"""Public figures: what the state prints about schools, kept beside ours as context."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.records.models.attendance import OfSystem


class PublicFigure(OfSystem):
    """One printed figure of one place, one year and one group. A figure the state withheld has
    no value here either, and nobody works it out.

    Kept are the state, the district with its county and its schools, and schools like them.
    """

    class Near(models.TextChoices):
        STATE = "state", _("California")
        COUNTY = "county", _("the county")
        DISTRICT = "district", _("the district")
        SCHOOL = "school", _("a school of the district")
        SIMILAR = "similar", _("a similar school")

    near = models.CharField(max_length=10, choices=Near)
    cds_code = models.CharField(_("CDS code"), max_length=14)
    name = models.CharField(_("name"), max_length=200, blank=True)
    year = models.SmallIntegerField(_("year"))
    measure = models.CharField(_("measure"), max_length=60)
    group = models.CharField(_("group"), max_length=60, db_column="group_key")
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2, null=True)
    numerator = models.IntegerField(null=True)
    denominator = models.IntegerField(null=True)
    source = models.CharField(_("source"), max_length=200)

    PRIVACY: ClassVar = dict.fromkeys(
        ["near", "cds_code", "name", "year", "measure", "group", "value", "numerator",
         "denominator", "source"],
        Privacy.PUBLIC,
    )  # fmt: skip

    class Meta:
        verbose_name = _("public figure")
        verbose_name_plural = _("public figures")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "measure", "year", "cds_code", "group"],
                name="public_figure_once",
            ),
            models.CheckConstraint(
                condition=Q(near__in=["state", "county", "district", "school", "similar"]),
                name="public_figure_near_known",
            ),
        ]
