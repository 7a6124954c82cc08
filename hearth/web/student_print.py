"""The student page on paper: a tagged PDF, for a meeting or for the family."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.dates import full
from hearth.kit.document import DOCUMENT, pdf
from hearth.people.around import Teacher, family_of, teachers_of
from hearth.people.models import Guardianship
from hearth.supports.front import around_plan
from hearth.supports.front.today import Support, for_student
from hearth.web.student import Seen, open_student

Section = dict[str, Any]


@page(May.SIGN_IN)
def print_student(request: PageRequest, pk: int) -> HttpResponse:
    """Strengths, people and what is in place, as the reader may see them on the screen."""
    seen = open_student(request, pk, "print")
    student, today = seen.student, timezone.localdate()
    supports = for_student(student, request.user) if seen.by_post else []
    sections = [
        _strengths(seen),
        _people(family_of(student), teachers_of(student)[student.pk]),
        *([_in_place(supports)] if seen.by_post else []),
        *_around(around_plan.for_student(student, request.user), today),
    ]
    place = [student.school.name, student.grade_in_words]
    words = {
        "title": student.person.called,
        "lead": " · ".join(part for part in place if part),
        "foot": _("Printed by %(name)s, %(day)s. Please keep it as private as you would your own.")
        % {"name": request.user.name, "day": full(today, today)},
        "sections": sections,
    }
    return HttpResponse(pdf(DOCUMENT, words), content_type="application/pdf")


def _strengths(seen: Seen) -> Section:
    lines = [line for line in seen.student.strengths.splitlines() if line.strip()]
    return {
        "heading": _("What they love and are good at"),
        "strengths": True,
        "list": lines or [_("Nobody has written this yet")],
    }


def _people(family: list[Guardianship], teachers: list[Teacher]) -> Section:
    rows = [
        [relation.guardian.person.called, relation.relationship_in_words, _language(relation)]
        for relation in family
    ]
    rows += [[each.person.called, _("Teacher"), ", ".join(each.classes)] for each in teachers]
    section: Section = {"heading": _("Who knows them well")}
    if rows:
        section["table"] = {
            "headings": [_("Name"), _("Who it is"), _("Language or class")],
            "rows": rows,
        }
    else:
        section["paragraphs"] = [
            _("The roster names no family and no teacher for this student yet.")
        ]
    return section


def _language(relation: Guardianship) -> str:
    person = relation.guardian.person
    language = person.language or _("Language not reported")
    return f"{language}, {_('needs an interpreter')}" if person.interpreter_needed else language


def _in_place(supports: list[Support]) -> Section:
    rows = [
        [support.about, support.stands, support.service, support.owner]
        for support in supports
        if support.is_open
    ]
    section: Section = {"heading": _("What is in place now")}
    if rows:
        headings = [_("About"), _("How it stands"), _("Service"), _("Looked after by")]
        section["table"] = {"headings": headings, "rows": rows}
    else:
        section["paragraphs"] = [_("Nothing that you may see is open for this student.")]
    return section


def _around(around: around_plan.AroundStudent, today: date) -> list[Section]:
    """Plans, tiers and what the law asks, with the next dates; nothing where there is nothing."""
    lines = [f"{plan.goal} – {_('It builds on:')} {plan.builds_on}" for plan in around.plans]
    lines += [f"{tier.domain}: {tier.level}" for tier in around.tiers]
    lines += [f"{kept.kind}: {kept.accommodations}" for kept in around.entitlements]
    lines += [f"{following.words}: {full(following.day, today)}" for following in around.next_dates]
    return [{"heading": _("Plans and support"), "list": lines}] if lines else []
