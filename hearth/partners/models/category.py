"""Category: what a service is for, in the words of somebody's list (a taxonomy term)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import DirectoryQuerySet, Listed, once_per_source
from hearth.partners.models.service import Service


class Category(Listed):
    """One entry of a list of categories, such as "Food pantry"; it may stand under another."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="under", db_constraint=False
    )
    code = models.TextField(_("code"), blank=True)
    name = models.TextField(_("name"))
    description = models.TextField(_("about"), blank=True)
    taxonomy = models.TextField(_("list"), blank=True)
    language = models.TextField(_("language"), blank=True)

    objects = DirectoryQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["parent", "code", "name", "description", "taxonomy", "language"], Privacy.PUBLIC
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [once_per_source("category_source")]

    def __str__(self) -> str:
        return self.name


class ServiceCategory(Listed):
    """One service under one category."""

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="categories", db_constraint=False
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="services", db_constraint=False
    )

    objects = DirectoryQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(["service", "category"], Privacy.PUBLIC)

    class Meta:
        verbose_name = _("category of a service")
        verbose_name_plural = _("categories of services")
        constraints = [once_per_source("service_category_source")]
