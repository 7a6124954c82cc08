"""The tables of a directory package (HSDS 3), read once from `hsds.toml`."""

import tomllib
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from typing import Any


class Type(Enum):
    """How a cell is read. The specification counts whole numbers among numbers."""

    TEXT = "string"
    NUMBER = "number"
    WHOLE = "whole"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    EMAIL = "email"
    URI = "uri"


@dataclass(frozen=True)
class Field:
    name: str
    type: Type = Type.TEXT
    needed: bool = False
    points_to: str = ""
    choices: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: str) -> "Field":
        """Out of a line such as `status ! =active,temporarily closed`."""
        said, _, choices = said.partition(" =")
        name, *marks = said.split()
        types = [mark for mark in marks if mark != "!" and not mark.startswith(">")]
        points_to = next((mark[1:] for mark in marks if mark.startswith(">")), "")
        return cls(
            name, Type(types[0]) if types else Type.TEXT, "!" in marks, points_to,
            tuple(choices.split(",")) if choices else (),
        )  # fmt: skip


@dataclass(frozen=True)
class Table:
    name: str
    file: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> list[str]:
        return [field.name for field in self.fields]

    @property
    def keys(self) -> list[Field]:
        """The fields that point to another table."""
        return [field for field in self.fields if field.points_to]


def _read() -> tuple[str, dict[str, Table]]:
    said = tomllib.loads((files("hearth.partners") / "hsds.toml").read_text(encoding="utf-8"))
    version = str(said.pop("version"))
    tables = {
        name: Table(name, table["file"], tuple(Field.of(field) for field in table["fields"]))
        for name, table in said.items()
    }
    return version, tables


VERSION, TABLES = _read()
BY_FILE = {table.file: table for table in TABLES.values()}

_IN_PACKAGE = {Type.WHOLE: "number", Type.EMAIL: "string", Type.URI: "string"}
_FORMAT = {Type.EMAIL: "email", Type.URI: "uri"}


def datapackage(name: str, tables: list[str]) -> dict[str, Any]:
    """The description that lies beside the files of a package, with the schema of each."""
    return {
        "name": name,
        "profile": "tabular-data-package",
        "title": "Human Services Data Specification",
        "version": VERSION,
        "resources": [_resource(TABLES[table]) for table in tables],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": table.file,
        "format": "csv",
        "encoding": "utf-8",
        "profile": "tabular-data-resource",
        "schema": {
            "primaryKey": "id",
            "fields": [_described(field) for field in table.fields],
            "foreignKeys": [
                {"fields": key.name, "reference": {"resource": key.points_to, "fields": "id"}}
                for key in table.keys
                if key.points_to != table.name
            ],
        },
    }


def _described(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": field.needed}
    if field.name == "id":
        constraints["unique"] = True
    if field.choices:
        constraints["enum"] = list(field.choices)
    told = {"name": field.name, "type": _IN_PACKAGE.get(field.type, field.type.value)}
    if field.type in _FORMAT:
        told["format"] = _FORMAT[field.type]
    return {**told, "constraints": constraints}
