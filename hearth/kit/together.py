"""Many tables made in one step of a migration.

Django draws the models anew after every operation, and here every table knows its district: of the
minute that an empty database took, nine tenths went into drawing. One step draws them once.
"""

from typing import Any

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger


class Together(Operation):
    """These operations as one. A table is made as it is after the last of them, with the fields,
    indexes and constraints that the others add to it; those then have nothing left to do."""

    reversible = True

    def __init__(self, *operations: Any) -> None:
        self.operations = operations
        self.made = {each.name_lower for each in operations if isinstance(each, CreateModel)}

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return "Together", self.operations, {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for each in self.operations:
            if not self._is_in_its_table(each):
                each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for each in reversed(self.operations):
            if isinstance(each, CreateModel) or not self._is_of_its_table(each):
                each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Together: " + "; ".join(each.describe() for each in self.operations)

    def _is_of_its_table(self, operation: Any) -> bool:
        return getattr(operation, "model_name_lower", "") in self.made

    def _is_in_its_table(self, operation: Any) -> bool:
        return self._is_of_its_table(operation) and not isinstance(operation, AddTrigger)
