"""The questions that set up a team, in the order one asks them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.supports.actions import team as actions
from hearth.supports.forms import team as forms
from hearth.supports.models import Team


@dataclass(frozen=True)
class Question:
    """One page of the first run; later the same page changes the answer."""

    key: str
    label: Promise
    question: Promise
    explain: Promise
    form: type[forms.TeamForm]
    act: Callable[..., Any]
    answered: Callable[[Team], bool]


QUESTIONS = (
    Question(
        "members", _("Who"), _("Who is on the team?"),
        _("Three people are enough to begin. Somebody who knows families belongs at the table."),
        forms.MembersForm, actions.choose_members,
        lambda team: team.members.filter(ends=None).exists(),
    ),
    Question(
        "norms", _("How"), _("How do you work together?"),
        _("You read it aloud when a meeting begins. A few sentences are enough."),
        forms.NormsForm, actions.agree_norms, lambda team: bool(team.norms),
    ),
    Question(
        "rhythm", _("When"), _("When do you meet?"),
        _("Every week or every two weeks works best. Days without school are skipped."),
        forms.RhythmForm, actions.set_rhythm, lambda team: team.weekday is not None,
    ),
    Question(
        "words", _("Words"), _("What do families read first?"),
        _("It stands on your school's own page, above the questions. Change what does not fit."),
        forms.WelcomeForm, actions.write_welcome,
        lambda team: bool(team.welcome_en and team.welcome_es),
    ),
    Question(
        "on-call", _("On call"), _("Who is called when somebody may not be safe?"),
        _("Danger does not wait for a meeting. Hearth tells this person at once."),
        forms.OnCallForm, actions.put_on_call, lambda team: team.on_call_id is not None,
    ),
    Question(
        "door", _("Door"), _("Do you open the door to families and students?"),
        _("They ask without an account, in their language. You can close the door again."),
        forms.DoorForm, actions.set_door, lambda team: team.ready_on is not None,
    ),
)  # fmt: skip
BY_KEY = {question.key: question for question in QUESTIONS}


def following(question: Question) -> Question | None:
    place = QUESTIONS.index(question) + 1
    return QUESTIONS[place] if place < len(QUESTIONS) else None
