"""The memory that two entries which look alike are two people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hearth.access.models import User
from hearth.audit.privacy import Privacy
from hearth.people.models.person import Person
from hearth.schools.models import Owned


class TwoPeople(Owned):
    """Somebody compared these two and said so; nobody is asked again until it is taken back.

    `one` is the older entry, so that a pair has one name only.
    """

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY: ClassVar = dict.fromkeys(
        ["one", "other", "by", "at", "undone_at", "undone_by"], Privacy.INTERNAL
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="two_people_older_first"),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(undone_at=None), name="two_people_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="two_people_undone_by_somebody",
            ),
        ]
