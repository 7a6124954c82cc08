"""Asset: what the neighborhood has beside services: people, places, traditions, clubs, businesses.

Anybody may tell of one; it stands where others read it once somebody of the school has looked.
"""

from typing import Any, ClassVar, Self
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hearth.access.models import User
from hearth.access.visible import VisibleQuerySet
from hearth.audit.history import keep_history
from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import KEEPS
from hearth.partners.models.location import ON_EARTH, Location
from hearth.partners.rules.asset import STEPS
from hearth.schools.models import Owned


class AssetQuerySet(VisibleQuerySet[Any]):
    """Seen whole by those who keep the directory; what is shown, everybody reads."""

    grounds: ClassVar = (KEEPS,)

    def shown(self) -> Self:
        return self.filter(state=Asset.State.SHOWN)

    def waiting(self) -> Self:
        return self.filter(state=Asset.State.PROPOSED).order_by("at", "pk")


@keep_history
class Asset(Owned):
    """A strength. A person's name and number are shown with that person's own yes, heard by
    somebody of the school; of somebody younger than 18 neither is even kept."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Somebody with something to teach")
        PLACE = "place", _("A place")
        TRADITION = "tradition", _("A tradition")
        CLUB = "club", _("A club or a group")
        BUSINESS = "business", _("A business")
        CONGREGATION = "congregation", _("A congregation")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for somebody to look")
        SHOWN = "shown", _("shown to everybody")
        DECLINED = "declined", _("not shown")
        ENDED = "ended", pgettext_lazy("of an asset", "not there any more")

    kind = models.CharField(_("what is it?"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    about = models.TextField(_("about"), blank=True)
    languages = ArrayField(
        models.CharField(max_length=20), verbose_name=_("languages"), default=list
    )
    who = models.CharField(_("who"), max_length=200, blank=True)
    reach = models.CharField(_("phone or e-mail"), max_length=254, blank=True)
    is_young = models.BooleanField(_("younger than 18"), default=False)
    name_shown = models.BooleanField(default=False)
    reach_shown = models.BooleanField(default=False)
    yes_heard_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    yes_heard_on = models.DateField(null=True)

    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, related_name="assets"
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    nonce = models.UUIDField(default=uuid4, unique=True)  # the same form sent twice is one
    at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    from_whom = models.CharField(_("your name"), max_length=200, blank=True)
    reach_at = models.CharField(_("how to reach you"), max_length=254, blank=True)
    language = models.CharField(max_length=20, default="en")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AssetQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["kind", "languages", "location"], Privacy.PUBLIC),
        **dict.fromkeys(
            ["name", "about", "who", "reach", "is_young", "address", "latitude", "longitude",
             "sent_by", "from_whom", "reach_at"],
            Privacy.PERSONAL,
        ),
        **dict.fromkeys(
            ["name_shown", "reach_shown", "yes_heard_by", "yes_heard_on", "state", "nonce", "at",
             "language", "decided_at", "decided_by"],
            Privacy.INTERNAL,
        ),
    }  # fmt: skip

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="asset_has_a_name"),
            models.CheckConstraint(
                condition=Q(is_young=False) | Q(who="", reach=""), name="asset_names_no_child"
            ),
            models.CheckConstraint(
                condition=Q(name_shown=False, reach_shown=False)
                | Q(yes_heard_by__isnull=False, yes_heard_on__isnull=False, is_young=False),
                name="asset_shown_with_their_yes",
            ),
            # Where somebody lives is nobody's to draw: a person is met at a place of the directory.
            models.CheckConstraint(
                condition=~Q(kind="person") | Q(address="", latitude=None, longitude=None),
                name="asset_person_has_no_home",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | (Q(latitude__isnull=False, longitude__isnull=False) & ON_EARTH),
                name="asset_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None, decided_by=None)
                | (~Q(state="proposed") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="asset_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "at"], name="asset_waiting")]
        triggers = [
            pgtrigger.FSM(name="legal_asset", field="state", transitions=list(STEPS)),
            pgtrigger.Protect(
                name="proposed_first",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__state="proposed"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:asset", args=[self.pk])

    @property
    def called(self) -> str:
        """Whose name everybody may read; empty without that person's yes."""
        return self.who if self.name_shown else ""

    @property
    def reached(self) -> str:
        return self.reach if self.reach_shown else ""

    @property
    def is_on_map(self) -> bool:
        if self.latitude is not None:
            return True
        return self.location is not None and self.location.latitude is not None
