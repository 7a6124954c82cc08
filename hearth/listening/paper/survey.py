"""A survey on a wall and on paper. Paper is keyed in by the tablet's page, one sheet at a time."""

import io

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hearth.kit.dates import full
from hearth.kit.document import pdf
from hearth.listening.models import Survey
from hearth.listening.reading.sheet import shown
from hearth.listening.rules.questions import said_in
from hearth.schools.models import District


def poster(survey: Survey, district: District, language: str) -> bytes:
    path = reverse("say:answer", args=[district.slug, survey.key])
    address = f"{settings.HEARTH.address.rstrip('/')}{path}"
    with translation.override(language):
        return pdf(
            "listening/typst/survey_poster.typ",
            {
                "title": said_in(survey.title, language)[0],
                "school": survey.school.name,
                "lead": said_in(survey.intro, language)[0],
                "steps": [
                    _("Point your phone's camera at the square."),
                    _("Answer what you like and leave out the rest. You need no account."),
                    _("Nobody can see who said what."),
                ],
                "code": code(f"{address}?lang={language}"),
                "code_says": _("A code that opens %(address)s") % {"address": address},
                "address": address.partition("://")[2],
                "until": _("Until %(day)s") % {"day": full(survey.closes, timezone.localdate())},
            },
        )


def paper(survey: Survey, language: str) -> bytes:
    with translation.override(language):
        return pdf(
            "listening/typst/survey_paper.typ",
            {
                "title": said_in(survey.title, language)[0],
                "school": survey.school.name,
                "lead": said_in(survey.intro, language)[0],
                "promise": _("Write no name. Answer what you like and leave out the rest. Nobody "
                             "can see who said what."),
                "consent": survey.project.consent(language),
                "many": _("Choose as many as you like."),
                "questions": [
                    {
                        "words": one.words, "help": one.help, "written": one.written,
                        "many": one.many, "options": [option.words for option in one.options],
                        "condition": _("Only if you answered: %(words)s")
                        % {"words": one.only_if_words} if one.only_if_words else "",
                    }
                    for one in shown(survey, language)
                ],
            },
        )  # fmt: skip


def code(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        drawn, kind="svg", border=2, xmldecl=False, svgns=True
    )
    return drawn.getvalue().decode()
