"""A list taken out of the house: who took it, of what, and until when the file is kept."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import Ground, VisibleQuerySet
from hearth.audit.privacy import Privacy
from hearth.people.models.grounds import holders
from hearth.schools.models import Owned


def _of_school(user: User) -> Q:
    """Who may read the school's record sees that a list left it. The file stays its owner's."""
    schools = user.standing.schools(May.SEE_AUDIT)
    posts = Membership.objects.current().filter(school__in=schools)
    return Q(by__in=posts.values("user"))


def _heads_of(export: Any) -> Q:
    posts = Membership.objects.current().filter(user=export.by_id, school__isnull=False)
    return holders(May.SEE_AUDIT, Reach.SCHOOL, school__in=posts.values("school"))


class ExportQuerySet(VisibleQuerySet[Any]):
    grounds: ClassVar = (
        Ground(
            "own",
            _("You asked for this file."),
            lambda user: Q(by=user),
            lambda row: Q(pk=row.by_id),
        ),
        Ground(
            "school", _("You answer for what leaves this school."), _of_school, _heads_of,
        ),
    )  # fmt: skip


class Export(Owned):
    """One file of referrals, made by a job, for the eyes of who asked for it."""

    class Standing(models.TextChoices):
        WAITING = "waiting", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("did not finish")
        FORGOTTEN = "forgotten", _("deleted again")

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    nonce = models.UUIDField(unique=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    wanted = models.JSONField(default=dict)  # the board's filters, as its address has them
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.WAITING)
    rows = models.PositiveIntegerField(null=True)
    content = models.BinaryField(null=True)
    kept_until = models.DateField()

    objects = ExportQuerySet.as_manager()

    PRIVACY: ClassVar = {
        "content": Privacy.RESTRICTED,
        "wanted": Privacy.PERSONAL,  # a name may have been searched for
        **dict.fromkeys(
            ["by", "nonce", "asked_at", "standing", "rows", "kept_until"], Privacy.INTERNAL
        ),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(standing="ready", content__isnull=False, rows__isnull=False)
                | (~Q(standing="ready") & Q(content=None)),
                name="export_ready_has_file",
            )
        ]
