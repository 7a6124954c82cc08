"""Moving rows from one person to another inside PostgreSQL, and naming each row that moved.

Every foreign key that points at a person, a student, a guardian or a member of staff is found by
walking the models, so a table that is new tomorrow is moved, too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.db import IntegrityError, connection, models, transaction
from psycopg import sql

from hearth.people.models import Guardian, Merge, Person, Staff, Student, TwoPeople
from hearth.people.models.person import Role

ROLES: tuple[type[Role], ...] = (Student, Guardian, Staff)
# What one side may know and the other not. Names are never mixed.
FILLABLE: dict[type[models.Model], tuple[str, ...]] = {
    Person: ("preferred_name", "pronouns", "birth_date", "email", "phone", "home_language",
             "interpreter_needed", "reach_by"),
    Student: ("grade", "local_id", "strengths"),
}  # fmt: skip
LEFT_ALONE = (pghistory.models.Event, Merge, TwoPeople, Role)
Moved = dict[str, list[int]]


@dataclass(frozen=True)
class Column:
    """A foreign key: its table, its own name, and the column that names the table's rows."""

    table: str
    name: str
    key: str

    @property
    def address(self) -> str:
        return f"{self.table}.{self.name}"

    def sql(self, text: str) -> sql.Composed:
        return sql.SQL(text).format(
            table=sql.Identifier(self.table),
            name=sql.Identifier(self.name),
            key=sql.Identifier(self.key),
        )


def pointing_at(model: type[models.Model]) -> list[Column]:
    """Every foreign key to this table. History and what was decided of two entries stay as they
    were; what a person is to the school is copied, not moved, because other rows are named by its
    key."""
    fields: Iterable[Any] = model._meta.get_fields(include_hidden=True)
    relations = (f for f in fields if f.auto_created and not f.concrete and not f.many_to_many)
    return [
        Column(table._meta.db_table, relation.field.column, table._meta.pk.column)
        for relation in relations
        if not issubclass(table := relation.related_model, LEFT_ALONE)
    ]


def move(columns: Iterable[Column], *, source: int, target: int) -> Moved:
    """Let every row that points at `source` point at `target`. A row that a constraint holds back,
    because the target has its like already, stays where it is."""
    moved = {column.address: _move(column, source, target) for column in columns}
    return {address: keys for address, keys in moved.items() if keys}


def move_back(columns: Iterable[Column], moved: Moved, *, source: int, target: int) -> None:
    """Return the rows named in `moved`, as far as nobody has given them to a third since."""
    for column in columns:
        if column.address in moved:
            _move(column, source, target, moved[column.address])


def _move(column: Column, source: int, target: int, keys: list[int] | None = None) -> list[int]:
    try:
        return _update(column, source, target, keys)
    except IntegrityError:
        found = _ask(column.sql("SELECT {key} FROM {table} WHERE {name} = %s"), [source])
        wanted = [key for (key,) in found if keys is None or key in keys]
        return [key for key in wanted if _moves_alone(column, source, target, key)]


def _moves_alone(column: Column, source: int, target: int, key: int) -> bool:
    try:
        return bool(_update(column, source, target, [key]))
    except IntegrityError:
        return False


def _update(column: Column, source: int, target: int, keys: list[int] | None) -> list[int]:
    statement = column.sql(
        "UPDATE {table} SET {name} = %s WHERE {name} = %s "
        "AND (%s::bigint[] IS NULL OR {key} = ANY(%s)) RETURNING {key}"
    )
    with transaction.atomic():
        return sorted(key for (key,) in _ask(statement, [target, source, keys, keys]))


def copy_role(role: type[Role], *, source: int, target: int) -> None:
    """Make `target` the same to the school as `source` is; the source's row stays as it was."""
    _ask(
        _on_role(
            role,
            "INSERT INTO {table} (person_id, {columns}) "
            "SELECT %s, {columns} FROM {table} WHERE person_id = %s RETURNING 1",
        ),
        [target, source],
    )


def return_role(role: type[Role], *, source: int, target: int) -> None:
    """Give a copied role back, with what was written into it since."""
    _ask(
        _on_role(
            role,
            "UPDATE {table} AS back SET ({columns}) = "
            "(SELECT {columns} FROM {table} WHERE person_id = %s) "
            "WHERE back.person_id = %s RETURNING 1",
        ),
        [source, target],
    )
    _ask(_on_role(role, "DELETE FROM {table} WHERE person_id = %s RETURNING 1"), [source])


def _on_role(role: type[Role], text: str) -> sql.Composed:
    columns = [
        sql.Identifier(str(f.column)) for f in role._meta.concrete_fields if not f.primary_key
    ]
    return sql.SQL(text).format(
        table=sql.Identifier(role._meta.db_table),
        columns=sql.SQL(", ").join(columns),
    )


def _ask(statement: sql.Composed, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        # As text, because what keeps the history reads the statement before PostgreSQL does.
        cursor.execute(statement.as_string(), values)
        return list(cursor.fetchall())
