"""A plan on paper, for the table at home: the same words as on the screen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hearth.kit.dates import full
from hearth.kit.document import DOCUMENT, pdf
from hearth.people.words import LANGUAGES
from hearth.supports.models import Plan
from hearth.supports.reading.progress import Counted, plain

Section = dict[str, Any]


def paper(plan: Plan, measures: Sequence[Counted], printed_by: str, today: date) -> bytes:
    """Strengths and own words first; then goals, who does what, how it goes, and the next day."""
    student = plan.student
    place = [student.school.name, student.grade_in_words]
    return pdf(
        DOCUMENT,
        {
            "title": _("Plan for %(name)s") % {"name": student.person.called},
            "lead": " · ".join(part for part in [*place, _next(plan, today)] if part),
            "foot": _("Printed by %(name)s, %(day)s. Please keep it private.")
            % {"name": printed_by, "day": full(today, today)},
            "sections": [
                _strengths(plan),
                *_own_words(plan),
                _goals(plan, today),
                _done(plan, today),
                *([_progress(measures, today)] if measures else []),
                _reviews(plan, today),
                {"heading": _("Good to know"), "paragraphs": [_good_to_know()]},
            ],
        },
    )


def _good_to_know() -> str:
    return _(
        "This plan stands in nobody's way. The family may ask for an assessment for special "
        "education or a 504 plan on any day."
    )


def _next(plan: Plan, today: date) -> str:
    if plan.review_on is None:
        return _("This plan has ended.")
    return _("We look at it again on %(day)s.") % {"day": full(plan.review_on, today)}


def _strengths(plan: Plan) -> Section:
    lines = [line for line in plan.builds_on.splitlines() if line.strip()]
    return {"heading": _("The strength it builds on"), "strengths": True, "list": lines}


def _own_words(plan: Plan) -> list[Section]:
    language = LANGUAGES.get(plan.family_language, "")
    family = _("In the family's own words")
    said = [
        (_("In the student's own words"), plan.student_words),
        (f"{family} ({language})" if language else family, plan.family_words),
    ]
    return [{"heading": heading, "paragraphs": [words]} for heading, words in said if words]


def _goals(plan: Plan, today: date) -> Section:
    lines = [
        f"{goal.words} ({goal.get_whose_display()})"
        + (f" – {_('met on')} {full(goal.met_on, today)}" if goal.met_on else "")
        for goal in plan.goals.order_by("pk")
    ]
    return {"heading": _("Goals"), "list": lines}


def _done(plan: Plan, today: date) -> Section:
    rows = [
        [one.what, one.doer.name if one.doer else one.doer_name, one.how_often]
        for one in plan.strategies.select_related("doer").order_by("starts_on", "pk")
        if one.ends_on is None or plan.ended_on
    ]
    headings = [_("What is done"), _("Who does it"), _("How often")]
    return {"heading": _("Who does what"), "table": {"headings": headings, "rows": rows}}


def _progress(measures: Sequence[Counted], today: date) -> Section:
    rows = [
        [
            one.measure.title,
            f"{plain(one.measure.baseline)} → {plain(one.measure.target)} {one.measure.unit}",
            f"{plain(one.points[-1].value)}, {full(one.points[-1].on, today)}"
            if one.points
            else _("not counted yet"),
            one.prompt.title,
        ]
        for one in measures
    ]
    headings = [_("What is counted"), _("From and to"), _("Newest count"), _("What it says")]
    return {"heading": _("How it goes"), "table": {"headings": headings, "rows": rows}}


def _reviews(plan: Plan, today: date) -> Section:
    lines = [
        f"{full(review.on, today)}: {review.get_decided_display()}. {review.words}"
        for review in plan.reviews.order_by("-on", "-pk")
    ]
    section: Section = {"heading": _("When we looked at it together")}
    if lines:
        return {**section, "list": lines}
    return {**section, "paragraphs": [_("Not yet.")]}
