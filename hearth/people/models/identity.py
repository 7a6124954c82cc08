"""Identity, apart from the person: its own table, its own permission, each look logged."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.people.models.person import Person
from hearth.schools.models import Owned


@keep_history
class Identity(Owned):
    """How a family named a person's gender, race and ethnicity, from a day to a day.

    `None` and an empty list mean "not reported"; they are never read as no.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="identities", db_constraint=False
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    gender = models.CharField(_("gender"), max_length=1, blank=True)
    hispanic = models.BooleanField(_("Hispanic or Latino"), null=True)
    races = ArrayField(models.CharField(max_length=20), default=list)
    arrived_with = models.BigIntegerField(null=True)

    PRIVACY: ClassVar = {
        "person": Privacy.INTERNAL,
        "valid_from": Privacy.INTERNAL,
        "valid_to": Privacy.INTERNAL,
        "arrived_with": Privacy.INTERNAL,
        **dict.fromkeys(["gender", "hispanic", "races"], Privacy.IDENTITY),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to=None), name="identity_one_current"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="identity_ends_after",
            ),
        ]
