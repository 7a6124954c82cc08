"""Listings, made anew from all that is known of a service: one statement for any number of them."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from hearth.partners.rules.needs import FREE, INSURANCE, LANGUAGE_CODES, NEEDS

# Nobody types accents on a phone; the same is done to what is looked for.
# What is plain already, and most is, is told by its length.
PLAIN = (
    "(SELECT CASE WHEN octet_length(t) = length(t) THEN t "
    "ELSE translate(t, 'áéíóúüñÁÉÍÓÚÜÑ', 'aeiouunAEIOUUN') END FROM (SELECT %s AS t) x)"
)

SETTINGS = "SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off"
SETTINGS_BACK = "RESET work_mem; RESET enable_nestloop"

MAKE = """
WITH words AS MATERIALIZED (
    SELECT s.id, s.district_id, s.name, s.minimum_age, s.maximum_age,
        to_tsvector('english', {head}) AS head,
        to_tsvector('english', {body}) AS body,
        concat_ws(' ', s.fees_description, cost.words) AS cost_words,
        to_tsvector('english', {cost}) AS cost, cost.nothing
    FROM partners_service s
    JOIN partners_organization o ON o.id = s.organization_id
    LEFT JOIN (
        SELECT l.service_id, string_agg(c.name, ' ') AS names
        FROM partners_servicecategory l JOIN partners_category c ON c.id = l.category_id
        WHERE l.gone_on IS NULL AND c.gone_on IS NULL GROUP BY l.service_id
    ) under ON under.service_id = s.id
    LEFT JOIN (
        SELECT d.service_id,
            string_agg(concat_ws(' ', d.row->>'option', d.row->>'amount_description'), ' ')
                AS words,
            bool_or(d.row->>'amount' ~ '^0+([.]0+)?$') AS nothing
        FROM partners_detail d
        WHERE d.kind = 'cost_option' AND d.gone_on IS NULL AND d.service_id IS NOT NULL
        GROUP BY d.service_id
    ) cost ON cost.service_id = s.id
    WHERE s.gone_on IS NULL AND s.status = 'active' {only}
), spoken AS MATERIALIZED (
    SELECT d.service_id, d.location_id,
        coalesce(known.code, left(lower(coalesce(d.row->>'code', d.row->>'name')), 60)) AS code
    FROM partners_detail d
    LEFT JOIN (SELECT unnest(%(names)s::text[]) AS name, unnest(%(codes)s::text[]) AS code) known
        ON known.name = lower({language})
    WHERE d.kind = 'language' AND d.gone_on IS NULL
), own AS (
    SELECT service_id, array_agg(DISTINCT code ORDER BY code) AS codes FROM spoken
    WHERE service_id IS NOT NULL AND code IS NOT NULL GROUP BY service_id
), here AS (
    SELECT a.service_id, array_agg(DISTINCT code ORDER BY code) AS codes
    FROM spoken JOIN partners_serviceatlocation a ON a.location_id = spoken.location_id
    WHERE spoken.service_id IS NULL AND code IS NOT NULL AND a.gone_on IS NULL
    GROUP BY a.service_id
)
INSERT INTO partners_listing (service_id, district_id, name, words, needs, languages, insurance,
    free, minimum_age, maximum_age)
SELECT s.id, s.district_id, s.name, setweight(s.head, 'A') || setweight(s.body, 'C'),
    coalesce((SELECT array_agg(n.key) FROM needs n WHERE s.head @@ n.query),
        (SELECT array_agg(n.key) FROM needs n WHERE s.body @@ n.query), '{{}}'),
    coalesce(own.codes, here.codes, '{{}}'),
    coalesce((SELECT array_agg(i.key) FROM insurance i WHERE s.cost @@ i.query), '{{}}'),
    CASE WHEN s.nothing OR s.cost @@ %(free)s::tsquery OR s.cost_words ~* '^[[:space:]]*none'
        THEN true WHEN s.cost_words <> '' THEN false END,
    s.minimum_age, s.maximum_age
FROM words s LEFT JOIN own ON own.service_id = s.id LEFT JOIN here ON here.service_id = s.id
"""

COUNT = """
DELETE FROM partners_tally WHERE district_id = %(district)s;
INSERT INTO partners_tally (district_id, kind, key, name, services)
SELECT %(district)s, kind, key, name, services FROM (
    SELECT 'need' AS kind, key, '' AS name, count(*) AS services
    FROM partners_listing, unnest(needs) key GROUP BY key
    UNION ALL
    SELECT 'language', key, '', count(*) FROM partners_listing, unnest(languages) key GROUP BY key
    UNION ALL
    SELECT 'insurance', key, '', count(*) FROM partners_listing, unnest(insurance) key GROUP BY key
    UNION ALL
    SELECT 'category', c.id::text, c.name, count(DISTINCT l.service_id)
    FROM partners_servicecategory l
    JOIN partners_category c ON c.id = l.category_id
    JOIN partners_listing s ON s.service_id = l.service_id
    WHERE l.gone_on IS NULL AND c.gone_on IS NULL GROUP BY c.id, c.name
) counted
"""


def renew_listings(*, district_id: int, services: Collection[int] | None = None) -> None:
    """Make the listings of these services anew, or of all; who is not offered now has none."""
    only = "" if services is None else "AND s.id = ANY(%(services)s)"
    said: dict[str, Any] = {"services": list(services or ()), "district": district_id}
    with connection.cursor() as cursor:
        if services is None:
            cursor.execute("DELETE FROM partners_listing WHERE district_id = %(district)s", said)
            cursor.execute(SETTINGS)
        else:
            cursor.execute(
                "DELETE FROM partners_listing WHERE service_id = ANY(%(services)s)", said
            )
        _known(cursor, "needs", NEEDS)
        _known(cursor, "insurance", INSURANCE)
        cursor.execute(
            _statement(only),
            {
                **said,
                "names": list(LANGUAGE_CODES),
                "codes": list(LANGUAGE_CODES.values()),
                "free": _query(cursor, FREE),
            },
        )
        if services is None:
            cursor.execute(SETTINGS_BACK)
        for statement in COUNT.split(";"):
            cursor.execute(statement, said)


def forget_listings(*, arrived_with: int) -> None:
    """Those of services that an import brought, before the services themselves go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM partners_listing l USING partners_service s "
            "WHERE s.id = l.service_id AND s.arrived_with = %s",
            [arrived_with],
        )


def _statement(only: str) -> str:
    def plain(*parts: str) -> str:
        return PLAIN.replace("%s", f"concat_ws(' ', {', '.join(parts)})")

    return MAKE.format(
        head=plain("s.name", "s.alternate_name", "under.names"),
        body=plain("o.name", "s.description", "s.eligibility_description", "s.application_process"),
        cost=plain("s.fees_description", "cost.words"),
        language=plain("coalesce(split_part(d.row->>'code', '-', 1), d.row->>'name')"),
        only=only,
    )


def _known(cursor: Any, table: str, words: dict[str, list[str]]) -> None:
    """A list of words as queries, for as long as the transaction lasts."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    cursor.execute(f"CREATE TEMP TABLE {table} (key text, query tsquery) ON COMMIT DROP")
    cursor.execute(
        f"INSERT INTO {table} SELECT * FROM unnest(%s::text[], %s::tsquery[])",  # noqa: S608 - ours
        [list(words), [_query(cursor, phrases) for phrases in words.values()]],
    )


def _query(cursor: Any, phrases: Sequence[str]) -> str:
    joined = " || ".join(["phraseto_tsquery('english', %s)"] * len(phrases))
    cursor.execute(f"SELECT ({joined})::text", list(phrases))
    return str(cursor.fetchone()[0])
