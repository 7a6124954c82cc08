"""Three plans as they would be told at the table, with what was counted since, week by week."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hearth.supports.actions.plan import NewGoal

WEEKS_AGO = 11
WEEKS_IN_ALL = 16


@dataclass(frozen=True, slots=True)
class PlanStory:
    """One plan. `by` and the doers are keys of the cast, or a role at the school.

    `counts` are one a week since the plan began; after `changed_after` of them something else was
    done instead.
    """

    student: str
    by: str
    counter: str
    builds_on: str
    student_words: str
    family_words: str
    family_language: str
    goal: NewGoal
    what: str
    doer: str
    how_often: str
    title: str
    unit: str
    baseline: int
    target: int
    counts: tuple[int, ...]
    tier: dict[str, Any]
    review: str
    instead: str = ""
    changed_after: int = 0
    entitlement: dict[str, Any] | None = None


def _story(told: dict[str, Any]) -> PlanStory:
    """The words stand in `stories_plan.toml`."""
    told["goal"], told["counts"] = NewGoal(**told["goal"]), tuple(told["counts"])
    if "entitlement" in told:
        told["entitlement"] = {"general_education_percent": None, **told["entitlement"]}
    return PlanStory(**told)


STORIES = Path(__file__).with_name("stories_plan.toml")
PLAN_STORIES = tuple(map(_story, tomllib.loads(STORIES.read_text(encoding="utf-8"))["plan"]))
