"""Foreign keys and imports go down the floors, never sideways or up."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from django.db import models
from django.test.utils import isolate_apps

from hearth.people.models import Person
from tests.guards.house import ROOT, floor_of, our_models, package_of


def not_down(tables: Iterable[type[models.Model]]) -> list[str]:
    """Foreign keys that point beside or above the table's own floor."""
    return [
        f"{table._meta.label}.{field.name}"
        for table in tables
        for field in table._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and package_of(field.related_model) != package_of(table)
        and floor_of(package_of(field.related_model)) <= floor_of(package_of(table))
    ]


def test_foreign_keys_point_down() -> None:
    wrong = not_down(our_models())
    assert not wrong, f"Move the shared word down a floor, or compose in web: {wrong}"


@isolate_apps("hearth.schools")
def test_a_foreign_key_upwards_is_found() -> None:
    class Bell(models.Model):
        rung_by = models.ForeignKey(Person, on_delete=models.CASCADE)

        class Meta:
            app_label = "schools"

    Bell.__module__ = "hearth.schools.models"
    assert not_down([Bell]) == ["schools.Bell.rung_by"]


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(tool), "--no-cache"], cwd=folder, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(folder)},
    )  # fmt: skip


def _copy(folder: Path) -> Path:
    """The house's modules without their words: enough to see who imports whom."""
    for file in (ROOT / "hearth").rglob("*.py"):
        if "migrations" not in file.parts:
            target = folder / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text("")
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def test_a_sideways_or_upward_import_is_found(tmp_path: Path) -> None:
    house = _copy(tmp_path)
    assert _lint(house).returncode == 0
    (house / "hearth/people/__init__.py").write_text("import hearth.supports\n")
    assert "hearth.people -> hearth.supports" in _lint(house).stdout


def test_a_room_built_in_another_order_is_found(tmp_path: Path) -> None:
    house = _copy(tmp_path)
    (house / "hearth/supports/rules/life.py").write_text("import hearth.supports.actions\n")
    assert "hearth.supports.rules.life -> hearth.supports.actions" in _lint(house).stdout


def test_a_module_of_a_room_without_a_place_is_found(tmp_path: Path) -> None:
    house = _copy(tmp_path)
    (house / "hearth/supports/odds.py").write_text("")
    assert _lint(house).returncode == 1


def test_a_rule_that_knows_django_is_found(tmp_path: Path) -> None:
    house = _copy(tmp_path)
    (house / "hearth/supports/rules/life.py").write_text("import django\n")
    assert "hearth.supports.rules.life -> django" in _lint(house).stdout


def test_a_new_package_without_a_floor_is_found(tmp_path: Path) -> None:
    house = _copy(tmp_path)
    (house / "hearth/clubs").mkdir()
    (house / "hearth/clubs/__init__.py").write_text("")
    assert _lint(house).returncode == 1
