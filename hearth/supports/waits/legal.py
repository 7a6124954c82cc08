"""What the law's clocks ask of a user, for Today and for the digest; and what of them stands on a
student's page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.people.models import Person
from hearth.supports.models import AssessmentRequest, InsteadOfDiscipline
from hearth.supports.models.legal import RUNS_NOW, AssessmentQuerySet, InsteadQuerySet
from hearth.supports.waits.line import Waits

AT_MOST = 10
NEAR = timedelta(days=7)
INSTEAD = _("Support instead of discipline")
STANDS: dict[str, Promise] = {
    "plan": _("Assessment plan to the family"),
    "family": _("Waiting for the family's consent"),
    "evaluation": _("Evaluation and meeting"),
    "decided": _("Decided"),
    "write": _("Write down what was done, and tell"),
    "told": _("Written down and told"),
}
NAMES = [f"student__person__{part}_name" for part in ("given", "family", "preferred")]


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


ASSESSMENT_STANDS = Case(
    When(finished_on__isnull=False, then=_word("decided")),
    When(consent_on__isnull=False, then=_word("evaluation")),
    When(plan_given_on__isnull=False, then=_word("family")),
    default=_word("plan"),
)
INSTEAD_STANDS = Case(When(told_at__isnull=False, then=_word("told")), default=_word("write"))


@dataclass(frozen=True)
class Running:
    """One request on a student's page; without a day while it is the family's turn, or done."""

    about: str
    stands: str
    day: date | None
    is_open: bool
    url: str


def waits(user: User, today: date) -> list[Waits]:
    """Dates of the law that are past or near, the longest late first: assessments the user looks
    after, those of the team once they are late, and what an administrator has to write down.
    One query."""
    if not user.may(May.ASK_FOR_SUPPORT):
        return []
    return [
        Waits(
            pk=row["pk"],
            student=_called(row),
            about=_about(row),
            stands=str(STANDS[row["stands"]]),
            day=row["day"],
            late=row["day"] < today,
            url=_url(row),
        )
        for row in _past_or_near(user, today)
    ]


@written_once
def _past_or_near(user: User, today: date) -> QuerySet[Any, dict[str, Any]]:
    own_soon = Q(owner=user, runs_now__lte=today + NEAR)
    assessments = AssessmentRequest.objects.where_may_work(user).annotate(runs_now=RUNS_NOW)
    insteads = InsteadOfDiscipline.objects.where_may_document(user).open()
    rows = _union(assessments.filter(own_soon | Q(runs_now__lt=today)), insteads)
    found: QuerySet[Any, dict[str, Any]] = rows.order_by("day", "pk")[:AT_MOST]
    return found


def late_for(user: User, today: date) -> tuple[AssessmentQuerySet, InsteadQuerySet]:
    """The rows on which the user is expected to act and whose day has passed."""
    return (
        AssessmentRequest.objects.where_may_work(user).late(today),
        InsteadOfDiscipline.objects.where_may_document(user).late(today),
    )


def of_student(user: User) -> dict[str, ArraySubquery]:
    """What of the two clocks the user may see of a student, as two columns of a query for that
    student; `running` reads them."""
    assessments = AssessmentRequest.objects.visible_to(user).annotate(runs_now=RUNS_NOW)
    insteads = InsteadOfDiscipline.objects.visible_to(user)
    return {
        "assessments_now": _as_column(assessments, F("kind"), ASSESSMENT_STANDS, F("runs_now")),
        "insteads_now": _as_column(insteads, _word(""), INSTEAD_STANDS, F("due_on")),
    }


def _as_column(rows: Any, of: Any, stands: Case, day: F) -> ArraySubquery:
    told = JSONObject(pk=F("pk"), of=of, stands=stands, day=day)
    return ArraySubquery(rows.filter(student=OuterRef("pk")).values(row=told))


def running(*columns: list[dict[str, Any]]) -> list[Running]:
    """What runs, the nearest day first, then what is done."""
    rows = [
        {**row, "day": date.fromisoformat(row["day"]) if row["day"] else None}
        for column in columns
        for row in column
    ]
    found = [
        Running(
            about=_about(row),
            stands=str(STANDS[row["stands"]]),
            day=None if row["stands"] == "told" else row["day"],
            is_open=row["stands"] not in ("decided", "told"),
            url=_url(row),
        )
        for row in sorted(rows, key=lambda row: (row["day"] or date.max, row["pk"]))
    ]
    return sorted(found, key=lambda one: not one.is_open)


def _union(assessments: AssessmentQuerySet, insteads: InsteadQuerySet) -> Any:
    """Both kinds as rows of the same shape; `of` names the kind, or says that it is the other."""
    names = {f"n{number}": F(path) for number, path in enumerate(NAMES)}
    return (
        assessments.annotate(of=F("kind"), stands=ASSESSMENT_STANDS, day=F("runs_now"), **names)
        .values("pk", "of", "stands", "day", *names)
        .union(
            insteads.annotate(of=_word(""), stands=INSTEAD_STANDS, day=F("due_on"), **names)
            .values("pk", "of", "stands", "day", *names),
            all=True,
        )
    )  # fmt: skip


def _about(row: dict[str, Any]) -> str:
    return capfirst(str(AssessmentRequest.Kind(row["of"]).label if row["of"] else INSTEAD))


def _called(row: dict[str, Any]) -> str:
    given, family, preferred = row["n0"], row["n1"], row["n2"]
    return Person(given_name=given, family_name=family, preferred_name=preferred).called


def _url(row: dict[str, Any]) -> str:
    name = "supports:assessment" if row["of"] else "supports:instead"
    return reverse(name, args=[row["pk"]])
