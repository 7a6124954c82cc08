"""What the directory offers, need by need and language by language: services and free places.

A count of services is no count of people. One query for all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from hearth.partners.rules.dated import setting

# Both groupings are of one reading; a place counts where the last word about it may still be so.
OFFERED = """
WITH said AS (
    SELECT DISTINCT ON (service_id) service_id, places, said_on FROM partners_capacity
    ORDER BY service_id, at DESC, id DESC
), each AS (
    SELECT l.service_id, need, l.languages, said.places
    FROM partners_listing l CROSS JOIN unnest(l.needs) AS need
    LEFT JOIN said ON said.service_id = l.service_id AND said.said_on >= %s
)
SELECT need, '' AS language, count(*), sum(places)::int FROM each GROUP BY need
UNION ALL
SELECT need, language, count(*), sum(places)::int
FROM each CROSS JOIN unnest(languages) AS language GROUP BY need, language
"""


@dataclass(frozen=True)
class Offer:
    """`places` is None where nobody has told us lately."""

    services: int = 0
    places: int | None = None


def offered() -> Mapping[tuple[str, str], Offer]:
    """By need and language; the language is empty for all of a need's services."""
    today = timezone.localdate()
    since = today - timedelta(days=setting("capacity_days", today))
    with connection.cursor() as cursor:
        cursor.execute(OFFERED, [since])
        return {
            (need, language): Offer(services, places)
            for need, language, services, places in cursor.fetchall()
        }
