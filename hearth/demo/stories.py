"""Stories of referrals: what was seen, what was asked, how far it has come.

Plain data from `stories.toml`. Turning a story into rows goes through the same verbs that people
use, so the demo can show nothing that a school could not have done itself.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from hearth.demo.cast import BY_KEY

# Every story walks this path up to its stage; only some wait for a place on the way.
PATH = (
    "submitted",
    "triaged",
    "assigned",
    "assessing",
    "planned",
    "referred",
    "waitlisted",
    "linked",
    "monitoring",
    "closed",
)


@dataclass(frozen=True, slots=True)
class Story:
    """One referral as it would be told in the staff room, with its answer in two languages.

    `student` is a key of the cast; where it is empty, `hearth.demo.telling` finds a student of
    `grade` at `school` whom the story fits. `referrer` and `owner` are keys of the cast or a role
    there.
    """

    key: str
    school: str
    referrer: str
    owner: str
    domain: str
    urgency: str
    strength: str
    concern: str
    tried: str
    stage: str
    days_ago: int
    student: str = ""
    grade: str = ""
    sex: str = ""
    language: str = ""
    plan: str = ""
    service: str = ""
    provider: str = ""
    closed_because: str = ""
    answer_en: str = ""
    answer_es: str = ""
    note: str = ""

    @property
    def steps(self) -> tuple[str, ...]:
        """The stages after the first, in order, that lead to where the story stands today."""
        steps = PATH[1 : PATH.index(self.stage) + 1]
        return tuple(step for step in steps if step != "waitlisted" or step == self.stage)

    def answer(self, language: str) -> str:
        return self.answer_es if language == "es" else self.answer_en

    @property
    def told_by_cast(self) -> bool:
        return self.referrer in BY_KEY


def read_stories() -> tuple[Story, ...]:
    text = (Path(__file__).parent / "stories.toml").read_text(encoding="utf-8")
    return tuple(Story(**table) for table in tomllib.loads(text)["story"])


STORIES = read_stories()
