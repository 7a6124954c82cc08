"""Listings, made anew from all that is known of a service: a few statements for any number."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection

from hearth.partners.rules.needs import FREE, INSURANCE, LANGUAGE_CODES, NEEDS

# Nobody types accents on a phone; the same is done to what is looked for.
# What is plain already, and most is, is told by its length.
PLAIN = (
    "CASE WHEN octet_length({t}) = length({t}) THEN {t} "
    "ELSE translate({t}, 'áéíóúüñÁÉÍÓÚÜÑ', 'aeiouunAEIOUUN') END"
)

MANY = 1_000
SETTINGS = "SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off"
SETTINGS_BACK = "RESET work_mem; RESET enable_nestloop"

# A phrase can be found only where its longest word is: the words are met all at once, and a phrase
# is looked for only there.
MAKE = """
WITH worded AS MATERIALIZED (
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
        WHERE l.gone_on IS NULL AND c.gone_on IS NULL {of_link} GROUP BY l.service_id
    ) under ON under.service_id = s.id
    LEFT JOIN (
        SELECT d.service_id,
            string_agg(concat_ws(' ', d.row->>'option', d.row->>'amount_description'), ' ')
                AS words,
            bool_or(d.row->>'amount' ~ '^0+([.]0+)?$') AS nothing
        FROM partners_detail d
        WHERE d.kind = 'cost_option' AND d.gone_on IS NULL AND d.service_id IS NOT NULL {of_detail}
        GROUP BY d.service_id
    ) cost ON cost.service_id = s.id
    WHERE {missing} {of_service}
), first AS (
    SELECT id, array_agg(key ORDER BY place) AS keys FROM (
        SELECT DISTINCT w.id, n.key, n.place
        FROM (SELECT id, head, unnest(tsvector_to_array(head)) AS word FROM worded) w
        JOIN needs n USING (word) WHERE n.alone OR w.head @@ n.phrase
    ) found GROUP BY id
), needed AS (
    SELECT * FROM first
    UNION ALL
    SELECT id, array_agg(key ORDER BY place) FROM (
        SELECT DISTINCT w.id, n.key, n.place
        FROM (
            SELECT id, body, unnest(tsvector_to_array(body)) AS word FROM worded
            WHERE NOT EXISTS (SELECT FROM first WHERE first.id = worded.id)
        ) w
        JOIN needs n USING (word) WHERE n.alone OR w.body @@ n.phrase
    ) found GROUP BY id
), insured AS (
    SELECT id, array_agg(key ORDER BY place) AS keys FROM (
        SELECT DISTINCT w.id, n.key, n.place
        FROM (SELECT id, cost, unnest(tsvector_to_array(cost)) AS word FROM worded) w
        JOIN insurance n USING (word) WHERE n.alone OR w.cost @@ n.phrase
    ) found GROUP BY id
), spoken AS MATERIALIZED (
    SELECT d.service_id, d.location_id,
        coalesce(known.code, left(lower(coalesce(d.row->>'code', d.row->>'name')), 60)) AS code
    FROM partners_detail d
    LEFT JOIN (SELECT unnest(%(names)s::text[]) AS name, unnest(%(codes)s::text[]) AS code) known
        ON known.name = lower({language})
    WHERE d.kind = 'language' AND d.gone_on IS NULL {of_speaking}
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
    free, minimum_age, maximum_age, made_by)
SELECT s.id, s.district_id, s.name, setweight(s.head, 'A') || strip(s.body),
    coalesce(needed.keys, '{{}}'), coalesce(own.codes, here.codes, '{{}}'),
    coalesce(insured.keys, '{{}}'),
    CASE WHEN s.nothing OR s.cost @@ %(free)s::tsquery OR s.cost_words ~* '^[[:space:]]*none'
        THEN true WHEN s.cost_words <> '' THEN false END,
    s.minimum_age, s.maximum_age, %(made_by)s
FROM worded s
LEFT JOIN needed ON needed.id = s.id
LEFT JOIN insured ON insured.id = s.id
LEFT JOIN own ON own.service_id = s.id
LEFT JOIN here ON here.service_id = s.id
"""
OF_SERVICES = {
    "of_service": "AND s.id = ANY(%(services)s)",
    "of_link": "AND l.service_id = ANY(%(services)s)",
    "of_detail": "AND d.service_id = ANY(%(services)s)",
    "of_speaking": "AND (d.service_id = ANY(%(services)s) OR d.location_id IN (SELECT location_id "
    "FROM partners_serviceatlocation WHERE service_id = ANY(%(services)s)))",
}

# A phrase as a query, and its longest word, by which it is found.
PHRASES = """
SELECT place, key, phrase, numnode(phrase) = 1 AS alone, (
    SELECT word FROM unnest(tsvector_to_array(to_tsvector('english', said))) word
    ORDER BY length(word) DESC, word LIMIT 1
) AS word
FROM (
    SELECT place, key, said, phraseto_tsquery('english', said) AS phrase
    FROM unnest(%s::int[], %s::text[], %s::text[]) AS listed (place, key, said)
) asked WHERE numnode(phrase) > 0
"""

COUNT = """
DELETE FROM partners_tally WHERE district_id = %(district)s;
INSERT INTO partners_tally (district_id, kind, key, name, services)
SELECT %(district)s, kind, key, name, services FROM (
    SELECT 'all' AS kind, '' AS key, '' AS name, count(*) AS services
    FROM partners_listing HAVING count(*) > 0
    UNION ALL
    SELECT 'need', key, '', count(*) FROM partners_listing, unnest(needs) key GROUP BY key
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

NO_LONGER = """
DELETE FROM partners_listing l USING partners_service s
WHERE s.id = l.service_id AND (s.gone_on IS NOT NULL OR s.status <> 'active'
    OR l.made_by <> %(made_by)s OR s.id = ANY(%(changed)s))
"""
MISSING = """
s.gone_on IS NULL AND s.status = 'active'
    AND NOT EXISTS (SELECT FROM partners_listing l WHERE l.service_id = s.id)
"""


def renew_listings(*, district_id: int, services: Collection[int] | None = None) -> None:
    """Make the listings of these services anew, or of all; who is not offered now has none."""
    with connection.cursor() as cursor:
        if services is None:
            cursor.execute("DELETE FROM partners_listing WHERE district_id = %s", [district_id])
        else:
            gone = "DELETE FROM partners_listing WHERE service_id = ANY(%s)"
            cursor.execute(gone, [list(services)])
        _make(cursor, services)
        _count(cursor, district_id)


def catch_up(*, district_id: int, changed: Collection[int]) -> int:
    """After a load: make the listings that are missing, that other words than ours made, and those
    of services of which something changed. Says how many were made or taken away."""
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        cursor.execute(NO_LONGER, {"made_by": MADE_BY, "changed": list(changed)})
        left: int = cursor.rowcount
        cursor.execute(f"SELECT s.id FROM partners_service s WHERE {MISSING}")  # noqa: S608 - ours
        missing = [key for (key,) in cursor.fetchall()]
        if missing:
            _make(cursor, missing)
        if missing or left:
            _count(cursor, district_id)
        cursor.execute(SETTINGS_BACK)
    return left + len(missing)


def forget_listings(*, arrived_with: int) -> None:
    """Those of services that an import brought, before the services themselves go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM partners_listing l USING partners_service s "
            "WHERE s.id = l.service_id AND s.arrived_with = %s",
            [arrived_with],
        )


def _make(cursor: Any, services: Collection[int] | None) -> None:
    """Of these services, none of which has a listing; of many, simply of all that have none."""
    many = services is None or len(services) > MANY
    if many:
        cursor.execute(SETTINGS)
    only = dict.fromkeys(OF_SERVICES, "") if many else OF_SERVICES
    said = {
        "services": list(services or ()),
        "names": list(LANGUAGE_CODES),
        "codes": list(LANGUAGE_CODES.values()),
        "free": _query(cursor, FREE),
        "made_by": MADE_BY,
    }
    _known(cursor, "needs", NEEDS)
    _known(cursor, "insurance", INSURANCE)
    cursor.execute(_filled(MAKE, **only), said)
    if many:
        cursor.execute(SETTINGS_BACK)


def _count(cursor: Any, district_id: int) -> None:
    for statement in COUNT.split(";"):
        cursor.execute(statement, {"district": district_id})


def _filled(statement: str, **only: str) -> str:
    def plain(*parts: str) -> str:
        return PLAIN.format(t=f"concat_ws(' ', {', '.join(parts)})")

    return statement.format(
        head=plain("s.name", "s.alternate_name", "under.names"),
        body=plain("o.name", "s.description", "s.eligibility_description", "s.application_process"),
        cost=plain("s.fees_description", "cost.words"),
        language=plain("coalesce(split_part(d.row->>'code', '-', 1), d.row->>'name')"),
        missing=MISSING,
        **only,
    )


def _known(cursor: Any, table: str, words: Mapping[str, Sequence[str]]) -> None:
    """A list of words, one phrase a row, for as long as the transaction lasts."""
    rows = [
        (place, key, phrase)
        for place, (key, phrases) in enumerate(words.items())
        for phrase in phrases
    ]
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    cursor.execute(
        f"CREATE TEMP TABLE {table} ON COMMIT DROP AS {PHRASES}",
        [list(column) for column in zip(*rows, strict=True)],
    )


def _query(cursor: Any, phrases: Sequence[str]) -> str:
    joined = " || ".join(["phraseto_tsquery('english', %s)"] * len(phrases))
    cursor.execute(f"SELECT ({joined})::text", list(phrases))
    return str(cursor.fetchone()[0])


MADE = _filled(MAKE, **dict.fromkeys(OF_SERVICES, ""))
MADE_BY = hashlib.sha256(
    repr((MADE, PHRASES, NEEDS, INSURANCE, FREE, LANGUAGE_CODES)).encode()
).hexdigest()[:12]
"""Of these rules and word lists: a listing that others made is made anew at the next load."""
