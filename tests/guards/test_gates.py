"""Every address says who may open it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.views.generic import RedirectView

from hearth.access.gate import page
from hearth.access.permissions import May
from tests.guards.house import addresses

# Addresses without a gate of ours, each with its reason. Nothing of a district can be read there:
# without the gate no district is set, and the wall shows no rows.
OPEN = {
    "health": "a monitor asks it; says only well or not well",
    "demo/": "one-click sign-in, in the demonstration alone",
}


def ungated(found: Iterable[tuple[str, Callable[..., Any]]]) -> list[str]:
    return [
        address
        for address, view in found
        if not hasattr(view, "gate")
        and not any(address.startswith(o) for o in OPEN)
        and not _is_allauths(view)
    ]


def _is_allauths(view: Callable[..., Any]) -> bool:
    """Signing in comes before any gate; only allauth's views and redirects stand there."""
    owner = getattr(view, "view_class", view)
    return owner is RedirectView or owner.__module__.startswith("allauth.")


def test_every_address_has_a_gate() -> None:
    missing = ungated(addresses())
    assert not missing, f"Give these views @page(May.…) or @public_page(): {missing}"


def test_an_address_without_a_gate_is_found() -> None:
    def open_door(request: object) -> None: ...

    @page(May.SIGN_IN)
    def gated(request: object) -> None: ...

    assert ungated([("new/", open_door), ("old/", gated)]) == ["new/"]


def test_every_exception_is_still_needed() -> None:
    bare = [address for address, view in addresses() if not hasattr(view, "gate")]
    stale = [o for o in OPEN if not any(address.startswith(o) for address in bare)]
    assert not stale, f"Take these out of OPEN: {stale}"
