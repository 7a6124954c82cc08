"""What a load would do, in counts and in rows, kept so that a page can show it."""

# ruff: noqa: S608 - every name in these statements is our own; values travel as parameters

from django.db import connection
from django.db.models import QuerySet

from hearth.imports.models import ImportRun, Sample
from hearth.imports.tables import TARGETS, Target

KEPT = 200
"""So many rows of each table and fate can be looked at one by one."""

PAGE = 25
SMALL = 10
TENTH = 10

Counts = dict[str, dict[str, int]]


def vanishing(counts: Counts) -> list[str]:
    """The tables of which more than a tenth would go; very small ones may."""
    return [
        name
        for name, count in counts.items()
        if count["before"] >= SMALL and count["gone"] * TENTH > count["before"]
    ]


def changes(counts: Counts) -> int:
    """How many rows would be written."""
    return sum(count["new"] + count["changed"] + count["gone"] for count in counts.values())


def rows(run: ImportRun, *, table: str, fate: str, page: int = 1) -> QuerySet[Sample]:
    """One page of the rows that are new, changed or gone: each with a label and its values."""
    found = Sample.objects.filter(run=run, table=table, fate=fate).order_by("number")
    return found[(page - 1) * PAGE : page * PAGE]


def keep_samples(run: ImportRun) -> None:
    """Keep the first rows of each fate: the plan itself is gone when its transaction ends."""
    forget_samples(run)
    with connection.cursor() as cursor:
        for target in TARGETS:
            for fate in ("new", "changed", "gone"):
                cursor.execute(
                    _samples(target), [run.district_id, run.pk, target.name, fate, fate, KEPT]
                )


def forget_samples(run: ImportRun) -> None:
    Sample.objects.filter(run=run).delete()


def _samples(target: Target) -> str:
    pairs = ", ".join(
        f"'{column}', jsonb_build_array(t.{column}, p.{column})" for column in target.values
    )
    return f"""
        INSERT INTO imports_sample (district_id, run_id, "table", fate, number, line, label, cells)
        SELECT %s, %s, %s, %s, row_number() OVER (), p.line, {_label(target)},
            jsonb_build_object({pairs})
        FROM (SELECT * FROM plan_{target.name} WHERE fate = %s ORDER BY line, id LIMIT %s) p
        LEFT JOIN {target.table} t ON t.{target.key} = p.id
        {_label_joins(target)}
    """


# Whom or what a row is about, in the words of the file or, where it is gone, of the table.
PERSONS = {
    "people": ["p.id"],
    "students": ["p.id"],
    "guardians": ["p.id"],
    "staff": ["p.id"],
    "guardianships": [
        "coalesce(p.guardian_id, t.guardian_id)",
        "coalesce(p.student_id, t.student_id)",
    ],
    "members": ["coalesce(p.person_id, t.person_id)"],
    "identities": ["coalesce(p.person_id, t.person_id)"],
}
TITLES = {
    "schools": "coalesce(p.name, t.name)",
    "sessions": "coalesce(p.title, t.title)",
    "sections": "coalesce(p.title, t.title)",
}


def _label(target: Target) -> str:
    if target.name in TITLES:
        return TITLES[target.name]
    names = [
        f"coalesce(n{i}.given_name || ' ' || n{i}.family_name,"
        f" o{i}.given_name || ' ' || o{i}.family_name)"
        for i in range(len(PERSONS[target.name]))
    ]
    return f"concat_ws(' – ', {', '.join(names)})"


def _label_joins(target: Target) -> str:
    return " ".join(
        f"LEFT JOIN plan_people n{i} ON n{i}.id = {person} AND NOT n{i}.absorbed "
        f"LEFT JOIN people_person o{i} ON o{i}.id = {person}"
        for i, person in enumerate(PERSONS.get(target.name, []))
    )
