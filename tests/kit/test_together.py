"""Tables made in one step are the tables that one step each would have made."""

from collections.abc import Iterator

import pytest
from django.db import connections, models
from django.db.migrations import AddConstraint, AddField, CreateModel
from django.db.migrations.state import ProjectState

from hearth.kit.together import Together

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
LABEL = "schools"
STEPS = [
    CreateModel("Oven", [("id", models.BigAutoField(primary_key=True))]),
    CreateModel("Loaf", [("id", models.BigAutoField(primary_key=True)),
                         ("weight", models.IntegerField())]),
    AddField("loaf", "oven", models.ForeignKey(f"{LABEL}.Oven", models.CASCADE)),
    AddConstraint("loaf", models.CheckConstraint(condition=models.Q(weight__gt=0), name="weighs")),
]  # fmt: skip


@pytest.fixture
def nothing() -> Iterator[None]:
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS schools_loaf, schools_oven")


def before_and_after(*steps: object) -> tuple[ProjectState, ProjectState]:
    before = ProjectState()
    after = before.clone()
    for step in steps:
        step.state_forwards(LABEL, after)  # type: ignore[attr-defined]
    return before, after


def what_stands() -> set[tuple[str, str]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name::text, column_name::text FROM information_schema.columns"
            " WHERE table_name IN ('schools_loaf', 'schools_oven') UNION "
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype IN ('c', 'f') AND conrelid = to_regclass('schools_loaf')"
        )
        return set(cursor.fetchall())


def test_the_tables_and_what_is_added_to_them_are_made_and_taken_away(nothing: None) -> None:
    together = Together(*STEPS)
    before, after = before_and_after(together)
    with connections["owner"].schema_editor() as editor:
        together.database_forwards(LABEL, editor, before, after)
    assert what_stands() == {
        ("schools_oven", "id"),
        ("schools_loaf", "id"),
        ("schools_loaf", "weight"),
        ("schools_loaf", "oven_id"),
        ("schools_loaf", "CHECK ((weight > 0))"),
        ("schools_loaf", "FOREIGN KEY (oven_id) REFERENCES schools_oven(id)"
                         " DEFERRABLE INITIALLY DEFERRED"),
    }  # fmt: skip
    with connections["owner"].schema_editor() as editor:
        together.database_backwards(LABEL, editor, after, before)
    assert what_stands() == set()


def test_what_is_added_to_an_older_table_is_still_added(nothing: None) -> None:
    oven, loaf, *later = STEPS
    before, between = before_and_after(oven, loaf)
    with connections["owner"].schema_editor() as editor:
        Together(oven, loaf).database_forwards(LABEL, editor, before, between)
    together = Together(*later)
    after = between.clone()
    together.state_forwards(LABEL, after)
    with connections["owner"].schema_editor() as editor:
        together.database_forwards(LABEL, editor, between, after)
    assert ("schools_loaf", "oven_id") in what_stands()
