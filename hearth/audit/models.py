"""Events and looks. Keys are plain values: the record outlives the row that it is about."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearth.audit.privacy import Privacy


class Record(models.Model):
    """What every audit row says: when, who, seen through whose eyes, about which row."""

    district_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.BigIntegerField(_("user id"), null=True)
    by_name = models.CharField(max_length=200)
    viewing_as = models.BigIntegerField(_("user id of the person viewed as"), null=True)
    about = models.CharField(_("kind of row"), max_length=60)
    about_id = models.BigIntegerField()
    student_id = models.BigIntegerField(null=True)

    PRIVACY: ClassVar = {
        "district_id": Privacy.INTERNAL,
        "at": Privacy.INTERNAL,
        "by": Privacy.INTERNAL,
        "by_name": Privacy.PERSONAL,
        "viewing_as": Privacy.INTERNAL,
        "about": Privacy.INTERNAL,
        "about_id": Privacy.INTERNAL,
        "student_id": Privacy.INTERNAL,
    }

    class Meta:
        abstract = True


class Event(Record):
    """Something was done: one row per verb, with plain facts and never a child's name."""

    verb = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    PRIVACY: ClassVar = {"verb": Privacy.INTERNAL, "facts": Privacy.INTERNAL}

    class Meta:
        indexes = [
            models.Index(fields=["district_id", "about", "about_id", "-at"], name="event_about"),
            models.Index(fields=["district_id", "student_id", "-at"], name="event_student"),
        ]


class Look(Record):
    """Somebody opened a sensitive page: which one, and why they could."""

    page = models.CharField(max_length=60)
    why = models.CharField(max_length=200)

    PRIVACY: ClassVar = {"page": Privacy.INTERNAL, "why": Privacy.INTERNAL}

    class Meta:
        indexes = [
            models.Index(fields=["district_id", "student_id", "-at"], name="look_student"),
        ]
