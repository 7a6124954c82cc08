"""A data walk: the community before the school's own figures, and what it made of them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.insight.models.grounds import WalkQuerySet
from hearth.schools.models import InSchool


@keep_history
class DataWalk(InSchool):
    """Posters on the walls, one for each measure, in the languages of those who come."""

    title = models.CharField(_("what the walk is called"), max_length=200)
    held_on = models.DateField(_("on which day"))
    year = models.SmallIntegerField(_("figures of which school year"))
    measures = ArrayField(models.CharField(max_length=60), verbose_name=_("measures"))
    languages = ArrayField(models.CharField(max_length=10), verbose_name=_("languages"))
    by_group = models.CharField(_("told by"), max_length=60, default="race")
    host = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = WalkQuerySet.as_manager()

    PRIVACY: ClassVar = dict.fromkeys(
        ["title", "held_on", "year", "measures", "languages", "by_group", "host", "made_at"],
        Privacy.INTERNAL,
    )


@keep_history
class WalkNote(InSchool):
    """What somebody noticed or wondered at a poster, what was said, what was decided."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("I notice")
        WONDER = "wonder", _("I wonder")
        SAID = "said", _("We said")
        DECIDED = "decided", _("We decided")

    walk = models.ForeignKey(DataWalk, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind)
    measure = models.CharField(_("at which poster"), max_length=60, blank=True)
    words = models.TextField(_("in their words"), max_length=2000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = WalkQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["walk", "kind", "measure", "by", "at"], Privacy.INTERNAL),
        "words": Privacy.SENSITIVE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["notice", "wonder", "said", "decided"]),
                name="walk_note_kind_known",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="walk_note_says_something"),
        ]
