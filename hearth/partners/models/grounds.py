"""On what footing the directory is seen, and what every row of it has in common."""

from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import Membership
from hearth.access.permissions import May
from hearth.access.roles import ROLES
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.privacy import Privacy
from hearth.people.models.grounds import EVERY_ROW
from hearth.schools.models import FromFile


def anyone_with(verb: May) -> Q:
    """The users who hold `verb` today, however far it reaches."""
    roles = [key for key, role in ROLES.items() if verb in role.may]
    return Q(pk__in=Membership.objects.current().filter(role__in=roles).values("user"))


def to_whom_holds(verb: May, key: str, reason: Any) -> Ground[Any]:
    """Every row, to whoever holds the verb: nothing here is about a child."""
    return Ground(
        key,
        reason,
        lambda user: EVERY_ROW if user.may(verb) else NOTHING,
        lambda row: anyone_with(verb),
    )


READS = to_whom_holds(
    May.SEE_DIRECTORY, "reads", _("Your role looks up what the community offers.")
)
KEEPS = to_whom_holds(May.KEEP_DIRECTORY, "keeps", _("Your role keeps the directory right."))


class DirectoryQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (READS,)

    def current(self) -> Self:
        """Those that their file still names."""
        return self.filter(gone_on=None)


def once_per_source(name: str, *also: str) -> models.UniqueConstraint:
    """Two rows of one source cannot share its id; rows made by hand have none."""
    return models.UniqueConstraint(
        fields=["district", "source", *also, "source_id"], condition=~Q(source_id=""), name=name
    )


def indexed_where_said(table: str, *keys: str) -> list[models.Index]:
    """An index for each key, of the rows that have it. Of several keys most rows have one, and
    blanks in the indexes of the others cost a load a third of its writing."""
    return [
        models.Index(fields=[key], condition=Q((f"{key}__isnull", False)), name=f"{table}_{key}")
        for key in keys
    ]


class Sourced(FromFile):
    """A row of a directory. `source` says whose file brought it, such as "County 211": a file has
    the last word about the rows of its own source, and about no other's."""

    source = models.CharField(_("where it comes from"), max_length=100, blank=True)

    PRIVACY: ClassVar = {"source": Privacy.INTERNAL, "source_id": Privacy.INTERNAL}

    class Meta:
        abstract = True


class Listed(Sourced):
    """A row with fields of its own. What Hearth does not ask of it stands in `more`, as
    the file wrote it, so that it goes out again as it came in.

    A field that was corrected here is named in `corrected`: no file changes it back.
    """

    more = models.JSONField(default=dict)

    PRIVACY: ClassVar = {"more": Privacy.PERSONAL}

    class Meta:
        abstract = True


class Correctable(Listed):
    corrected = ArrayField(models.CharField(max_length=60), default=list)

    PRIVACY: ClassVar = {"corrected": Privacy.INTERNAL}

    class Meta:
        abstract = True


__all__ = ["KEEPS", "READS", "Correctable", "DirectoryQuerySet", "Listed", "indexed_where_said"]
