"""Closed lists of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom a survey asks."""

    STUDENTS = "students", _("students")
    YOUNG = "young", _("young children")
    FAMILIES = "families", _("families")
    STAFF = "staff", _("staff")
    PARTNERS = "partners", _("partners")
    NEIGHBORS = "neighbors", _("neighbors")


class Way(models.TextChoices):
    """How one comes to the survey."""

    OPEN = "open", _("one address for everybody: a link, a poster, a tablet, paper")
    PERSONAL = "personal", _("a link of one's own, once for each person who is asked")
