"""The referrals of a district as the county's export reads them: no name, and nothing typed."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from hearth.partners.models import Element, Listing, Need, Organization, ReferralOut, RowKey
from hearth.partners.models.words import OutState
from hearth.partners.reading.sharing import Refusal, may_share, under
from hearth.partners.rules import county as rules

ASKED = (Element.SCHOOL_GRADE, Element.ASKED_FOR)
PURPOSE = "figures"


def may_send(organization: Organization, today: date) -> Refusal | None:
    """None says yes: they signed that they may be told this, to count, without any name."""
    return may_share(organization, ASKED, PURPOSE, today)


def recipients(today: date) -> list[Organization]:
    """Whoever has signed so much, by name."""
    rows = Organization.objects.filter(agreements__purposes__contains=[PURPOSE]).distinct()
    return [one for one in rows.order_by("name", "pk") if may_send(one, today) is None]


def with_language(organization: Organization, today: date) -> bool:
    return under(organization, [*ASKED, Element.HOME_LANGUAGE], PURPOSE, today) is not None


FIELDS = (
    "pk", "student_id", "service_id", "state", "met", "sent_at", "school__name", "student__grade",
    "student__person__home_language",
)  # fmt: skip


def referrals() -> list[dict[str, Any]]:
    """Every referral that was ever sent, the first before the last."""
    return list(ReferralOut.objects.order_by("pk").values(*FIELDS))


def told_before(organization: Organization) -> dict[int, RowKey]:
    return {row.referral_id: row for row in RowKey.objects.filter(organization=organization)}


def new_rows(
    found: Collection[dict[str, Any]], known: Collection[int], today: date, *, language: bool
) -> list[rules.Row]:
    """What the county has not been told of. What a family has taken back before is not begun."""
    needs = _needs({row["service_id"] for row in found})
    return [
        rules.Row(row["pk"], row["student_id"], _facts(row, needs, today, language=language))
        for row in found
        if row["pk"] not in known and row["state"] != OutState.WITHDRAWN
    ]


def _facts(
    row: dict[str, Any], needs: dict[int, str], today: date, *, language: bool
) -> rules.Facts:  # fmt: skip
    spoken = row["student__person__home_language"] or rules.NOT_KNOWN
    return rules.Facts(
        school=row["school__name"],
        need=needs.get(row["service_id"], rules.NOT_KNOWN),
        asked_in=f"{timezone.localtime(row['sent_at']):%Y-%m}",
        grades=rules.grade_span(row["student__grade"], today),
        language=spoken if language else rules.NOT_TOLD,
    )


def _needs(services: Collection[int]) -> dict[int, str]:
    """One need to a service: the first of ours that it meets."""
    order = {key: place for place, key in enumerate(Need.values)}
    rows = Listing.objects.filter(service__in=services).values_list("service_id", "needs")
    return {key: min(needs, key=lambda n: order.get(n, 99)) for key, needs in rows if needs}
