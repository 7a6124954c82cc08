"""Whom Hearth itself can count: by links of their own, interviews and forums; and what came
without a name, apart. Of nobody is it known what they said."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, Value

from hearth.listening.models import (
    Audience,
    Interview,
    Invitation,
    ListeningProject,
    Statement,
    Survey,
    Way,
)
from hearth.listening.models.heard import Role
from hearth.listening.models.reach import By, Group
from hearth.listening.reading.participation import has_answered
from hearth.listening.rules.layout import ALL
from hearth.people.models import ProgramTime, Student

OF_AUDIENCE = {
    Audience.STUDENTS: Group.STUDENTS, Audience.YOUNG: Group.STUDENTS,
    Audience.FAMILIES: Group.FAMILIES, Audience.STAFF: Group.STAFF,
    Audience.PARTNERS: Group.PARTNERS, Audience.NEIGHBORS: Group.PARTNERS,
}  # fmt: skip
OF_ROLE = {
    Role.STUDENT: Group.STUDENTS, Role.FAMILY: Group.FAMILIES, Role.STAFF: Group.STAFF,
    Role.PARTNER: Group.PARTNERS,
}  # fmt: skip


CLOSED = "students, of surveys that are closed"


@dataclass(slots=True)
class Counted:
    """People of a group by instrument, each once within it. Of a program `others` are the students
    outside it who stand on the same lists as not having answered. `anonymous` never adds to the
    people."""

    by: dict[str, int] = field(default_factory=dict)
    anonymous: int = 0
    others: int | None = None

    @property
    def people(self) -> int | None:
        """At least so many: whether those of one instrument are those of another is not known."""
        return max(self.by.values(), default=None)


def in_programs(school_id: int, today: date) -> dict[str, set[int]]:
    """The students of a school who are in each program on that day."""
    held = ProgramTime.objects.filter(
        Q(ends=None) | Q(ends__gte=today), starts__lte=today,
        person__in=Student.objects.current().filter(school=school_id).values("person"),
    )  # fmt: skip
    people: dict[str, set[int]] = defaultdict(set)
    for program, person in held.values_list("program", "person"):
        people[program].add(person)
    return people


def surveys_of(project: ListeningProject) -> list[Any]:
    """With what came, as `counted` needs them."""
    rows = Survey.objects.filter(project=project).select_related("box", "participation")
    return list(rows.order_by("opens", "pk"))


def counted(
    project: ListeningProject, programs: dict[str, set[int]], surveys: list[Any]
) -> dict[str, Counted]:
    found: dict[str, Counted] = defaultdict(Counted)
    rows = [survey for survey in surveys if survey.opened_at]
    for survey in rows:
        if survey.way == Way.OPEN:
            came = survey.box.counts[survey.places[ALL] - 1]
            found[OF_AUDIENCE[Audience(survey.audience)]].anonymous += came
    _by_link({one.pk: one for one in rows if one.way == Way.PERSONAL}, found, programs)
    interviews = Interview.objects.filter(project=project).order_by()
    # Whoever comes to two forums is one person: the fullest hall counts.
    hands = Max(F("agree") + F("disagree") + F("passed"))
    forum = Statement.objects.filter(project=project).order_by().values(of=Value(By.FORUM.value))
    told = interviews.values(of=F("role")).annotate(n=Count("pk")).union(forum.annotate(n=hands))
    for row in told:
        if row["of"] == By.FORUM.value:
            if row["n"]:
                found[Group.STUDENTS].by[By.FORUM.value] = row["n"]
        else:
            found[OF_ROLE[Role(row["of"])]].by[By.INTERVIEW.value] = row["n"]
    return found


def _by_link(
    surveys: dict[int, Any], found: dict[str, Counted], programs: dict[str, set[int]]
) -> None:
    """Over all surveys with such links a person counts once. Of a program only what is counted and
    closed: while a survey runs, who has just left the list would be told by the band that moves."""
    if not surveys:
        return
    asked: dict[str, set[int]] = defaultdict(set)
    answered: dict[str, set[int]] = defaultdict(set)
    bits = {key: bytes(survey.participation.answered) for key, survey in surveys.items()}
    invited = Invitation.objects.filter(survey__in=surveys)
    for survey, person, slot in invited.values_list("survey", "person", "slot"):
        group = OF_AUDIENCE[Audience(surveys[survey].audience)].value
        closed = CLOSED if group == Group.STUDENTS.value and surveys[survey].sealed_at else group
        for one in {group, closed}:
            asked[one].add(person)
            if has_answered(bits[survey], slot):
                answered[one].add(person)
    learners, of_learners = asked.pop(CLOSED, set()), answered.pop(CLOSED, set())
    for program, people in programs.items():
        if people & learners:
            found[program].by[By.SURVEY.value] = len(people & of_learners)
            found[program].others = len(learners - of_learners - people)
    for group in asked:
        found[group].by[By.SURVEY.value] = len(answered[group])
