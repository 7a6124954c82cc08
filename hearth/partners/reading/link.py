"""What is known of a partner's link: whether this browser was let in, and what was asked lately."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from hearth.partners.models import Contact, Link, LinkCode, Organization
from hearth.partners.models.link import hash_of
from hearth.partners.rules.dated import setting


def is_let_in(link: Link, browser: str | None) -> bool:
    """Did this browser show a code of this link, not longer ago than a working day?"""
    if not browser:
        return False
    since = timezone.now() - timedelta(hours=setting("browser_hours", timezone.localdate()))
    shown = LinkCode.objects.filter(link=link, browser_hash=hash_of(browser), used_at__gt=since)
    return shown.exists()


def contacts_with_links(organization: Organization) -> Sequence[Contact]:
    """Who works there, those who left last; each with the links that were sent, newest first."""
    # With what each stands under, so that asking whether it still opens asks no more.
    links = Link.objects.select_related("agreement__followed_by").order_by("-made_at", "-pk")
    rows = (
        Contact.objects.filter(organization=organization)
        .select_related("worker")
        .order_by("ends", "starts", "pk")
    )
    return list(rows.prefetch_related(Prefetch("links", links)))
