"""Where each count of a survey stands in its box, and what one answer adds to it.

A box is a row of whole numbers. Who answers raises some of them, and leaves nothing else. For how
well the questions of a scale agree, a box keeps the sums of their values, of their squares and of
their products in pairs, over those who answered all of them: Cronbach's alpha needs no more, and
no person's values have to be kept.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations_with_replacement

from hearth.listening.rules.questions import (
    Answers,
    Kind,
    Question,
    group_question,
    scales,
)

Place = tuple[str, ...]
ALL: Place = ("n",)


def places(questions: Sequence[Question]) -> dict[Place, int]:
    """Each place with its number, from one on, as PostgreSQL counts them."""
    found: list[Place] = [ALL]
    for question in questions:
        found.append(("answered", question.key))
        found += [("option", question.key, option.key) for option in question.options]
    group = group_question(questions)
    for one in group.options if group else ():
        found.append(("of", one.key))
        for question in _told_by_group(questions):
            found.append(("of", one.key, question.key))
            found += [("of", one.key, question.key, option.key) for option in question.options]
    for scale, items in scales(questions).items():
        found.append(("scale", scale))
        found += [("sum", scale, item.key) for item in items]
        pairs = combinations_with_replacement(items, 2)
        found += [("cross", scale, one.key, other.key) for one, other in pairs]
    return {place: number for number, place in enumerate(found, start=1)}


def marks(questions: Sequence[Question], answers: Answers) -> dict[Place, int]:
    """What this answer adds, and where."""
    added: Counter[Place] = Counter([ALL])
    for question in questions:
        chosen = answers.get(question.key, ())
        if chosen:
            added[("answered", question.key)] += 1
        if question.counted:
            added.update(("option", question.key, option) for option in chosen)
    group = group_question(questions)
    for one in answers.get(group.key, ()) if group else ():
        added[("of", one)] += 1
        for question in _told_by_group(questions):
            chosen = answers.get(question.key, ())
            if chosen:
                added[("of", one, question.key)] += 1
            added.update(("of", one, question.key, option) for option in chosen)
    for scale, items in scales(questions).items():
        if all(item.key in answers for item in items):
            added.update(_agreement(scale, items, answers))
    return dict(added)


def _agreement(scale: str, items: Sequence[Question], answers: Answers) -> Counter[Place]:
    worth = {item.key: item.worth(answers[item.key][0]) for item in items}
    added: Counter[Place] = Counter([("scale", scale)])
    for key, value in worth.items():
        added[("sum", scale, key)] += value
    for one, other in combinations_with_replacement(worth, 2):
        added[("cross", scale, one, other)] += worth[one] * worth[other]
    return added


def _told_by_group(questions: Sequence[Question]) -> list[Question]:
    return [q for q in questions if q.kind is not Kind.TEXT and not q.group]


def without_groups(
    counts: Sequence[int], where: dict[Place, int], kept: frozenset[str]
) -> list[int]:
    """The box with nothing left of the groups that are not told."""
    gone = {n for place, n in where.items() if place[0] == "of" and place[1] not in kept}
    return [0 if number in gone else count for number, count in enumerate(counts, start=1)]
