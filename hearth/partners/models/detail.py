"""Detail: the smaller facts of a directory, each as its file wrote it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import (
    DirectoryQuerySet,
    Sourced,
    indexed_where_said,
    once_per_source,
)
from hearth.partners.models.location import Location, ServiceAtLocation
from hearth.partners.models.organization import Organization
from hearth.partners.models.service import Service


class Detail(Sourced):
    """An address, a phone, somebody to call, a language, a cost, a document to bring, and so on.

    Nothing else of the house points at one, so the fields of its kind stand in `row`, as the file
    has them (HSDS 3). The keys beside it say whose it is; one may be of several.
    """

    class Kind(models.TextChoices):
        PHONE = "phone", _("phone")
        CONTACT = "contact", _("who to call")
        ADDRESS = "address", _("address")
        LANGUAGE = "language", _("language")
        COST = "cost_option", _("cost")
        DOCUMENT = "required_document", _("document to bring")
        ACCESSIBILITY = "accessibility", _("accessibility")
        AREA = "service_area", _("area")
        PROGRAM = "program", _("program")
        FUNDING = "funding", _("funding")
        IDENTIFIER = "organization_identifier", _("number of an organization")
        ATTRIBUTE = "attribute", _("category of something else")
        TAXONOMY = "taxonomy", _("list of categories")
        METADATA = "metadata", _("change in its source")
        ABOUT_TABLE = "meta_table_description", _("about a table")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="details",
        db_index=False, db_constraint=False,
    )  # fmt: skip
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, related_name="details", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, related_name="details", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.PROTECT, null=True, related_name="details",
        db_index=False, db_constraint=False,
    )  # fmt: skip
    row = models.JSONField(default=dict)

    objects = DirectoryQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ["kind", "organization", "service", "location", "service_at_location"],
            Privacy.INTERNAL,
        ),
        # A contact is a person's name, printed by the organization for whoever needs it.
        "row": Privacy.PERSONAL,
    }

    class Meta:
        verbose_name = _("detail")
        verbose_name_plural = _("details")
        constraints = [once_per_source("detail_source", "kind")]
        indexes = indexed_where_said(
            "detail", "organization", "service", "location", "service_at_location"
        )
