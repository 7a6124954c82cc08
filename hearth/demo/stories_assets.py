"""What the people of Alder Valley told of: most of it shown, three not looked at yet."""

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from django.utils import timezone

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY
from hearth.partners.actions import asset as actions
from hearth.partners.actions import keeping
from hearth.partners.models import Asset, Correction, Location, Service
from hearth.partners.reading.standing import as_it_stands
from hearth.schools.models import District


def tell_assets(district: District, *, today: date) -> int:
    """Through the same verbs as the open form and the page of whoever looks; once."""
    rosa = User.objects.filter(district=district, email=BY_KEY["rosa"].email).first()
    if rosa is None or Asset.objects.exists():
        return 0
    text = (files("hearth.demo") / "assets.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)["asset"]
    for number, told in enumerate(found):
        waits = told.get("waits", False)
        with clock.on(today - timedelta(days=4 if waits else 40 - number)):
            _tell(district, told, rosa, waits=waits)
    return len(found)


def _tell(district: District, told: dict[str, Any], rosa: User, *, waits: bool) -> None:
    said = {
        name: told.get(name, "") for name in ("kind", "name", "about", "who", "reach", "address")
    } | {"languages": told["languages"], "is_young": told.get("young", False)}
    asset = actions.propose(
        district_id=district.pk, said=said, from_whom=told.get("by", ""),
        language=told.get("told_in", "en"),
    )  # fmt: skip
    if waits:
        return
    actions.show(asset=asset, said=said, yes_to=told.get("yes", ()), by=rosa)
    if "point" in told:
        latitude, longitude = told["point"]
        actions.place(asset=asset, point=(latitude, longitude), by=rosa)
    elif "at" in told:
        place = Location.objects.current().filter(organization__name=told["at"]).first()
        actions.place(asset=asset, location=place, by=rosa)


def tell_correction(district: District, *, today: date) -> int:
    """A neighbor found the door closed on a Saturday; nobody of the school has looked yet."""
    service = Service.objects.offered().filter(name="Saturday food pantry").first()
    if service is None or Correction.objects.exists():
        return 0
    with clock.on(today - timedelta(days=2)):
        stands = as_it_stands(service, timezone.localtime())
        keeping.suggest(
            service=service,
            said={**stands, "wait_time": "Come before ten; by noon it is gone."},
            words="The line begins behind the building now, not at the front door.",
            from_whom="Mrs. Okafor, from the choir",
        )
    return 1
