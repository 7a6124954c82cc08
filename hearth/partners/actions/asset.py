"""The verbs of what the neighborhood has: tell of it, show it, put it on the map, take it off."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Asset, Location
from hearth.partners.rules.asset import may_follow
from hearth.people.models import Student

TOLD = ("kind", "name", "about", "languages", "who", "reach", "is_young", "address")
NAME, REACH = "name", "reach"


@transaction.atomic
def propose(
    *, district_id: int, said: Mapping[str, Any], from_whom: str = "", reach_at: str = "",
    language: str = "en", nonce: UUID | None = None, by: User | None = None,
) -> Asset:  # fmt: skip
    """Somebody tells of a strength, signed in or not. Nobody else reads it yet."""
    asset, is_new = Asset.objects.get_or_create(
        nonce=nonce or uuid4(),
        defaults={
            **_tidy(said), "district_id": district_id, "from_whom": from_whom.strip(),
            "reach_at": reach_at.strip(), "language": language, "sent_by": by,
        },
    )  # fmt: skip
    if is_new:
        _event("asset told of", asset, by)
    return asset


@transaction.atomic
def show(*, asset: Asset, said: Mapping[str, Any], yes_to: Collection[str] = (), by: User) -> Asset:
    """Everybody reads it from now on. `yes_to` says what the person named agreed to, as `by` heard
    it from that person: the name, the number, or neither."""
    locked = _locked(asset)
    if locked.state != Asset.State.SHOWN and not may_follow(locked.state, Asset.State.SHOWN):
        raise NotAllowed(_("Somebody has decided this already. Look again."))
    for name, value in _tidy(said).items():
        setattr(locked, name, value)
    if any(Student.objects.called_exactly(name) for name in (locked.who, locked.name) if name):
        raise NotAllowed(
            _("A student here is called so, and no student is listed by name. If an adult is "
              "meant, write what tells them apart, such as Mrs. or a middle name.")
        )  # fmt: skip
    locked.name_shown = NAME in yes_to and bool(locked.who)
    locked.reach_shown = REACH in yes_to and bool(locked.reach)
    if locked.kind == Asset.Kind.PERSON:
        locked.latitude = locked.longitude = None
    heard = locked.name_shown or locked.reach_shown
    locked.yes_heard_by = by if heard else None
    locked.yes_heard_on = timezone.localdate() if heard else None
    return _decide(locked, Asset.State.SHOWN, by)


@transaction.atomic
def turn(*, asset: Asset, to: str, by: User) -> Asset:
    """Not shown, or not there any more. It may be shown again."""
    locked = _locked(asset)
    if not may_follow(locked.state, to):
        raise NotAllowed(_("Somebody has decided this already. Look again."))
    return _decide(locked, to, by)


@transaction.atomic
def place(
    *, asset: Asset, location: Location | None = None, point: tuple[float, float] | None = None,
    by: User,
) -> Asset:  # fmt: skip
    """At a place of the directory, or at a point; at neither, it is off the map again."""
    locked = _locked(asset)
    if point and locked.kind == Asset.Kind.PERSON:
        raise NotAllowed(
            _("Nobody's home is on the map. Choose a place of the directory where they are met.")
        )
    locked.location = location
    locked.latitude, locked.longitude = point or (None, None)
    locked.save(update_fields=["location", "latitude", "longitude"])
    _event("asset placed", locked, by)
    return locked


def _tidy(said: Mapping[str, Any]) -> dict[str, Any]:
    """Of somebody younger than 18 neither name nor number is kept; of no person an address."""
    told = {name: said[name] for name in TOLD if name in said}
    for name in ("name", "about", "who", "reach", "address"):
        told[name] = str(told.get(name) or "").strip()
    if told.get("is_young"):
        told["who"] = told["reach"] = ""
    if told.get("kind") == Asset.Kind.PERSON:
        told["address"] = ""
    return told


def _decide(asset: Asset, to: str, by: User) -> Asset:
    asset.state, asset.decided_at, asset.decided_by = to, timezone.now(), by
    asset.save()
    _event(f"asset {to}", asset, by)
    return asset


def _locked(asset: Asset) -> Asset:
    locked: Asset = Asset.objects.select_for_update().get(pk=asset.pk)
    return locked


def _event(verb: str, asset: Asset, by: User | None) -> None:
    record(verb, asset, district_id=asset.district_id, by=by, facts={"kind": asset.kind})
