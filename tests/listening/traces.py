"""Whoever has the whole database in hand: every row of every table, with PostgreSQL's own marks.

`xmin` is the transaction that wrote a row, `ctid` where it lies: rows of one transaction belong
together, and rows that lie one behind the other were written one after the other. `traces` says
what in the rows written since a moment could tie an answer to whoever gave it.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections

MANY = 25  # so many texts together name nobody


@dataclass(frozen=True)
class Written:
    table: str
    xmin: int
    ctid: str
    values: dict[str, Any]

    @property
    def lists(self) -> Iterator[list[Any]]:
        for value in self.values.values():
            if isinstance(value, list) and value and isinstance(value[0], dict | str):
                yield value


def moment() -> int:
    """The next transaction's number: what is written from now on bears it, or a greater one."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def tables() -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def rows_in(table: str) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a table's own name
        return int(cursor.fetchone()[0])


def written_since(since: int) -> list[Written]:
    found = []
    with connections["owner"].cursor() as cursor:
        for table in tables():
            cursor.execute(
                f'SELECT xmin::text::bigint, ctid::text, to_jsonb(t)::text FROM "{table}" t '  # noqa: S608
                "WHERE xmin::text::bigint >= %s ORDER BY ctid",
                [since],
            )
            found += [Written(table, n, at, json.loads(row)) for n, at, row in cursor.fetchall()]
    return found


def traces(
    since: int, before: dict[str, int], answers: int, known: Iterable[str] = (),
    by_no_answer: Collection[str] = (),
) -> list[str]:  # fmt: skip
    """What ties. `before` is how many rows each table had, `known` what points at one person.

    `by_no_answer` are tables that something else wrote meanwhile: whoever leaves them out here
    looks at each of their rows."""
    rows = [row for row in written_since(since) if row.table not in by_no_answer]
    found = [
        f"{table}: a row for each answer"
        for table in tables()
        if rows_in(table) - before.get(table, 0) >= answers
    ]
    last = max((row.xmin for row in rows), default=0)
    for row in rows:
        if row.xmin != last and not _lies_with_many(row):
            found.append(f"{row.table}: a row still marked by the answer that wrote it")
        if any(_is_time(value) for value in row.values.values()):
            found.append(f"{row.table}: a time beside what was answered")
        if any(entries != sorted(entries, key=_plain) for entries in row.lists):
            found.append(f"{row.table}: a list in the order of answering")
        words = {str(value) for value in row.values.values()}
        found += [f"{row.table}: names who answered" for one in known if one in words]
    return sorted(set(found))


def _lies_with_many(row: Written) -> bool:
    return any(len(entries) >= MANY for entries in row.lists)


def _plain(entry: Any) -> str:
    return str(entry["said"]) if isinstance(entry, dict) and "said" in entry else str(entry)


def _is_time(value: Any) -> bool:
    if not isinstance(value, str) or len(value) < 19:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
