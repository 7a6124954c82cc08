"""Three plans as they would be told at the table, with what was counted since, week by week."""

from dataclasses import dataclass
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


PLAN_STORIES = (
    PlanStory(
        student="diego",
        by="rosa",
        counter="tom",
        builds_on="Knows every dinosaur, and explains to anybody how to tell their bones apart.",
        student_words="I like reading when it is about real things and nobody waits for me.",
        family_words="Le lee a su hermanita todas las noches, también cuando está cansado.",
        family_language="es",
        goal=NewGoal("I want to read the whole dinosaur book to my sister.", "student", "academic"),
        what="Reads aloud with Tom before lunch",
        doer="tom",
        how_often="three times a week, ten minutes",
        title="Words read aloud in one minute",
        unit="words",
        baseline=38,
        target=70,
        counts=(41, 42, 43, 47, 50, 53, 55, 58, 61, 63),
        changed_after=4,
        instead="Reads dinosaur pages with a fifth grader of the book club",
        tier={
            "domain": "academic",
            "level": 2,
            "entry_rule": "Two readings in a row below the range of the grade.",
            "exit_rule": "Four counts in a row above the goal line, and Diego says he is ready.",
            "reason": "Reads with care, and slowly; practice with a friend helps.",
        },
        review="He reads more at home. We go on with the book club.",
        entitlement={
            "kind": "iep",
            "services": "Speech: twice a week, 20 minutes, in the small room by the library.",
            "accommodations": "Time to answer before somebody else is asked.\n"
            "May read in pairs instead of alone in front of the class.",
            "general_education_percent": 94,
        },
    ),
    PlanStory(
        student="minh_anh",
        by="amina",
        counter="tom",
        builds_on="Draws whole worlds, and tells a story to each picture when asked quietly.",
        student_words="I know the answer, and then it is too loud.",
        family_words="Ở nhà con nói chuyện cả ngày, nhất là khi đang vẽ.",
        family_language="vi",
        goal=NewGoal(
            "She says one idea of her own in each discussion.", "family", "social_emotional"
        ),
        what="Tells her idea to a partner before the class talks",
        doer="tom",
        how_often="every discussion",
        title="Discussions in which she spoke, of five",
        unit="discussions",
        baseline=1,
        target=4,
        counts=(1, 1, 2, 1, 1, 2, 1, 1, 1, 1),
        tier={
            "domain": "social_emotional",
            "level": 2,
            "entry_rule": "Teacher and family both see it for six weeks.",
            "exit_rule": "Speaks in four of five discussions for a month.",
            "reason": "Has much to say, and rarely says it in the large group.",
        },
        review="Partner talk began late because of the fire drills. We give it time.",
    ),
    PlanStory(
        student="sam",
        by="coordinator",
        counter="joy",
        builds_on="Runs cross-country before school, and never misses a training.",
        student_words="The early bus skips our street. On training days my coach drives me.",
        family_words="Sam gets up alone; I work nights.",
        family_language="en",
        goal=NewGoal("I want to be there when biology starts.", "student", "attendance"),
        what="Rides with the cross-country van on all five days",
        doer="joy",
        how_often="every morning",
        title="Days late in a week",
        unit="days",
        baseline=4,
        target=0,
        counts=(4, 4, 3, 3, 3, 2, 2, 1, 1, 1),
        tier={
            "domain": "attendance",
            "level": 2,
            "entry_rule": "Late on more than two days a week for a month.",
            "exit_rule": "Four counts in a row below the goal line.",
            "reason": "The bus is the reason, and not the will.",
        },
        review="The van works. The district has been told about the bus line.",
        entitlement={
            "kind": "section_504",
            "services": "",
            "accommodations": "May take the test in a quiet room.\n"
            "May stand up and move when needed.",
            "general_education_percent": None,
        },
    ),
)
