"""Organization: who stands behind services."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import Correctable, DirectoryQuerySet, once_per_source


@keep_history
class Organization(Correctable):
    """A clinic, an agency, a club, a congregation: whoever offers services to the community."""

    name = models.TextField(_("name"))
    alternate_name = models.TextField(_("other name"), blank=True)
    description = models.TextField(_("about"), blank=True)
    email = models.TextField(_("e-mail"), blank=True)
    website = models.TextField(_("web page"), blank=True)

    objects = DirectoryQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["name", "alternate_name", "description", "email", "website"], Privacy.PUBLIC
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [once_per_source("organization_source")]

    def __str__(self) -> str:
        return self.name
