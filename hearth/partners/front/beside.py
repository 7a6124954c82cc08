"""What the community can offer, for a page upstairs that stands before a need."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.partners.models import Listing
from hearth.partners.reading.search import Wanted, search

SHOWN = 5


@dataclass(frozen=True)
class Offered:
    """One service, one tap away."""

    url: str
    name: str
    organization: str
    languages: Sequence[str]


def what_we_can_offer(
    user: User, *, need: str = "", language: str = "", grade: str = ""
) -> list[Offered]:
    """The first services that would fit: two queries, and nothing about the student is kept."""
    if not user.may(May.SEE_DIRECTORY):
        return []
    wanted = Wanted(need=need, language=language, grade=grade)
    keys = list(search(user, wanted, timezone.localtime()).keys[:SHOWN])
    rows = Listing.objects.select_related("service__organization").in_bulk(keys)
    return [
        Offered(
            reverse("partners:service", args=[key]), rows[key].name,
            rows[key].service.organization.name, rows[key].languages,
        )
        for key in keys
    ]  # fmt: skip


def directory_url(*, need: str = "", language: str = "", grade: str = "") -> str:
    """The same search as a page of its own."""
    asked = {"need": need, "language": language, "grade": grade}
    chosen = {name: value for name, value in asked.items() if value}
    return f"{reverse('partners:directory')}{f'?{urlencode(chosen)}' if chosen else ''}"
