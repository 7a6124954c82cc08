"""What Sycamore and Larkspur heard in the demonstration stands, and is told in both languages."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from hearth.framework.elements import elements
from hearth.listening.rules.findings import Source, why_draft

TOLD = tomllib.loads(
    (files("hearth.demo") / "hearing_elsewhere.toml").read_text(encoding="utf-8")
)["school"]  # fmt: skip


@pytest.mark.parametrize("told", TOLD, ids=[one["key"] for one in TOLD])
def test_every_finding_stands_and_is_in_spanish_as_well(told: dict[str, Any]) -> None:
    known = {one.key for one in elements()}
    for one in told["finding"]:
        sources = []
        for kind, at in (name.split() for name in one["rests_on"]):
            row = told[kind][int(at)]
            role = "student" if kind == "statement" else row.get("role", "")
            sources.append(Source(kind, role))
        assert why_draft(sources) == [], one["words"]
        assert known >= {one["about"], *one["elements"]}
        assert one["words_es"]
    assert any(one["side"] == "strength" for one in told["finding"])


def test_each_could_show_the_other_something() -> None:
    strong, wanted = (
        [{one["about"] for one in told["finding"] if one["side"] == side} for told in TOLD]
        for side in ("strength", "opportunity")
    )
    assert strong[1] & wanted[0], "Larkspur shows Sycamore"
