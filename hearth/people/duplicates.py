"""Pairs of rows that may be one person, found by PostgreSQL in one go."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.people.models import Person

REASONS: dict[str, Promise] = {
    "number": _("the same student number"),
    "born": _("the same name and birth date"),
    "reached": _("the same name and e-mail address"),
}
AT_MOST = 1000

# Names are compared as search folds them. Each group of likes is a clique; its pairs are told
# once, and never again when somebody has said that they are two people.
PAIRS = """
WITH alive AS (
    SELECT id, birth_date, email,
        people_fold(given_name) AS given, people_fold(family_name) AS family
    FROM people_person WHERE merged_into_id IS NULL AND gone_on IS NULL
), likes AS (
    SELECT 'number' AS reason, array_agg(s.person_id ORDER BY s.person_id) AS people
    FROM people_student s JOIN alive ON alive.id = s.person_id
    WHERE s.local_id <> '' AND s.gone_on IS NULL
    GROUP BY s.district_id, s.local_id HAVING count(*) > 1
    UNION ALL
    SELECT 'born', array_agg(id ORDER BY id) FROM alive WHERE birth_date IS NOT NULL
    GROUP BY birth_date, given, family HAVING count(*) > 1
    UNION ALL
    SELECT 'reached', array_agg(id ORDER BY id) FROM alive WHERE email <> ''
    GROUP BY lower(email), given, family HAVING count(*) > 1
)
SELECT one, other, array_agg(DISTINCT reason)
FROM likes, unnest(people) AS one, unnest(people) AS other
WHERE one < other AND NOT EXISTS (
    SELECT FROM people_twopeople said
    WHERE said.one_id = one AND said.other_id = other AND said.undone_at IS NULL
)
GROUP BY one, other ORDER BY one, other LIMIT %s
"""


@dataclass(frozen=True)
class Pair:
    """Two people who may be one, and what makes us ask."""

    one: int
    other: int
    reasons: tuple[str, ...]

    @property
    def because(self) -> list[Promise]:
        return [REASONS[reason] for reason in self.reasons]


def pairs() -> list[Pair]:
    """The pairs of the district in whose name we act; the thousand oldest, where there are more."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, [AT_MOST])
        return [Pair(one, other, tuple(reasons)) for one, other, reasons in cursor.fetchall()]


def people_in(found: Iterable[Pair]) -> dict[int, Person]:
    """The people of these pairs by key, each with the student row where there is one."""
    keys = {key for pair in found for key in (pair.one, pair.other)}
    return Person.objects.select_related("student__school").in_bulk(keys)
