"""Makers of plans, measures and tiers, through the verbs that people use."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from hearth.access.models import User
from hearth.people.models import Student
from hearth.supports.actions import plan as plans
from hearth.supports.actions import progress
from hearth.supports.actions.plan import NewGoal, NewStrategy
from hearth.supports.models import Measure, Plan

BUILDS_ON = "Explains every dinosaur to whoever listens."
GOAL = "I want to read the whole dinosaur book alone."
DONE = "Reads ten minutes with an older student"


def make_plan(student: Student, by: User, **said: Any) -> Plan:
    words = {
        "nonce": uuid4(),
        "builds_on": BUILDS_ON,
        "student_words": "Reading is easier when nobody waits.",
        "family_words": "He reads to his little sister.",
        "family_language": "es",
        "goals": [NewGoal(GOAL, "student", "academic")],
        "strategies": [NewStrategy(DONE, "three times a week", doer=by)],
    }
    return plans.write_plan(student=student, by=by, **{**words, **said})


def make_measure(plan: Plan, by: User, **said: Any) -> Measure:
    """Diego's reading, from 40 words a minute to 50, ten weeks from Monday 7 September 2026."""
    words = {
        "title": "Words read aloud in one minute",
        "unit": "words",
        "should": "rise",
        "baseline": Decimal(40),
        "baseline_on": date(2026, 9, 7),
        "target": Decimal(50),
        "target_on": date(2026, 11, 16),
    }
    return progress.add_measure(goal=plan.goals.first(), by=by, **{**words, **said})


def tier_words(**said: Any) -> dict[str, Any]:
    words = {
        "domain": "academic",
        "level": 2,
        "entry_rule": "Two screenings in a row below the class's own range.",
        "exit_rule": "Four counts in a row above the goal line.",
        "reason": "Reads alone, but slowly.",
    }
    return {**words, **said}
