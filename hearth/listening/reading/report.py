"""What a report would tell today: only what stands, what may be quoted, and what may be told.

Everything is JSON and in no language: `reading.report_words` says it in one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from hearth.listening.models import (
    Document,
    Interview,
    ListeningProject,
    Statement,
    Survey,
    Visit,
)
from hearth.listening.models.coding import Quotation
from hearth.listening.reading.conditions import names
from hearth.listening.reading.elements import how_they_stand
from hearth.listening.reading.findings import Standing, sources_of, what_stands
from hearth.listening.reading.gap import for_report
from hearth.listening.reading.reach import reached
from hearth.listening.reading.results import Told, results
from hearth.listening.rules.quotes import refusal

LANGUAGES = ("en", "es")
Row = dict[str, Any]


def snapshot(project: ListeningProject, today: date) -> Row:
    """All that a version keeps."""
    surveys = Survey.objects.filter(project=project).exclude(sealed_at=None).order_by("opens", "pk")
    told = what_may_differ(project)
    methods = _methods(project, len(surveys))
    counted = [_survey(survey, today) for survey in surveys]
    return told | {
        "school": project.school.name,
        "year": project.session.title if project.session else "",
        "title": project.title, "title_es": project.title_es,
        "purpose": project.purpose, "purpose_es": project.purpose_es,
        "story": project.story, "story_es": project.story_es,
        "questions": list(project.questions), "questions_es": list(project.questions_es),
        "guiding_group": project.guiding_group, "guiding_group_es": project.guiding_group_es,
        "starts": project.starts.isoformat(),
        "ends": project.ends.isoformat(),
        "methods": methods,
        "elements": how_they_stand(
            project, told["findings"], today, listened=any(methods.values()),
            scales=_scales(surveys, counted),
        ),
        "about": _about([one["about"] for one in told["findings"]]),
        "reach": [
            {"group": one.key, "band": one.band, "missing": one.missing}
            for one in reached(project, today)
        ],
        "surveys": counted,
        "gaps": for_report(project, today),
    }  # fmt: skip


def _scales(surveys: Iterable[Survey], counted: Iterable[Row]) -> set[str]:
    """Of those of which enough answered: a survey that is not told has asked nothing aloud."""
    return {
        question.scale
        for survey, told in zip(surveys, counted, strict=True) if told["enough"]
        for question in survey.questions
    }  # fmt: skip


def what_may_differ(project: ListeningProject) -> Row:
    """The findings that stand, what is recommended, and the words that may leave."""
    return {
        "findings": [_finding(one) for one in what_stands(project)],
        "quotes": quotes([project.pk]),
    }


def may_leave(projects: Sequence[int]) -> set[tuple[int, str]]:
    """The very words that may leave today, whatever a version kept."""
    return {(row["pk"], row["words"]) for row in quotes(projects)}


def quotes(projects: Sequence[int]) -> list[Row]:
    """As each speaker allowed. What the interview says is asked again, whoever let words out."""
    rows = Quotation.objects.filter(project__in=projects).select_related("interview").order_by("pk")
    return [
        {"pk": row.pk, "words": row.words, "role": row.interview.role,
         "language": row.interview.language}
        for row in rows
        if refusal(row.interview.quote, row.words, _said(row.interview)) is None
    ]  # fmt: skip


def _said(row: Interview) -> tuple[str, str, str]:
    return row.stories, row.needs, row.strengths


def _finding(one: Standing) -> Row:
    row: Any = one.row
    return {
        "pk": row.pk, "side": row.side, "about": row.about, "elements": list(row.elements),
        "words": row.words, "words_es": row.words_es, "sure": row.sure,
        "rests_on": sorted("{}-{}".format(*source.thing) for source in row.sources.all()),
        "sources": one.sources, "kinds": one.kinds,
        "voices": sorted({each.role for each in sources_of(row.sources.all()) if each.role}),
        "recommendations": [
            {"pk": each.pk, "words": each.words, "words_es": each.words_es, "owner": each.owner,
             "owner_es": each.owner_es,
             "next_step": each.next_step, "next_step_es": each.next_step_es,
             "by_when": each.by_when.isoformat()}
            for each in sorted(row.recommendations.all(), key=lambda each: each.pk)
        ],
    }  # fmt: skip


def _methods(project: ListeningProject, surveys: int) -> dict[str, int]:
    statements = Statement.objects.filter(project=project)
    return {
        "interview": Interview.objects.filter(project=project).count(),
        "forum": statements.order_by().values("on").distinct().count(),
        "statement": statements.count(),
        "visit": Visit.objects.filter(project=project).count(),
        "document": Document.objects.filter(project=project).count(),
        "survey": surveys,
    }


def _about(keys: list[str]) -> dict[str, dict[str, str]]:
    """Kept in words: a list of conditions may be written anew."""
    said = {language: names(language) for language in LANGUAGES}
    return {key: {lang: said[lang].get(key, "") for lang in LANGUAGES} for key in set(keys)}


def _survey(survey: Survey, today: date) -> Row:
    """What its own page tells of counts. What people wrote was not asked to be quoted."""
    told = {language: results(survey, language, today) for language in LANGUAGES}
    one = told["en"]
    pairs = zip(one.questions, told["es"].questions, strict=True)
    return {
        "pk": survey.pk, "audience": survey.audience,
        "title": {language: survey.title_in(language) for language in LANGUAGES},
        "enough": one.enough, "too_many": one.too_many, "people": one.people if one.enough else 0,
        "questions": [_question(en, es) for en, es in pairs if en.lines],
    }  # fmt: skip


def _question(en: Told, es: Told) -> Mapping[str, Any]:
    return {
        "words": {"en": en.words, "es": es.words},
        "answered": en.answered,
        "groups": [{"en": one, "es": two} for one, two in zip(en.groups, es.groups, strict=True)],
        "groups_held": en.groups_held,
        "lines": [
            {"words": {"en": one.words, "es": two.words}, "percent": one.percent,
             "groups": [share for _name, share in one.groups]}
            for one, two in zip(en.lines, es.lines, strict=True)
        ],
    }  # fmt: skip
