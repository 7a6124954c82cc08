"""What goes back to one group, on one page; and the posters of a data walk."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from hearth.kit.document import pdf
from hearth.listening.models import Report
from hearth.listening.paper.survey import code
from hearth.listening.reading.report_words import in_words
from hearth.listening.reading.share_back import told_back


def page(report: Report, audience: str, language: str, address: str) -> bytes:
    """`address`: where those who were heard say that it is not so; nothing, where it is closed."""
    with translation.override(language):
        told = told_back(report, audience)
        return pdf(
            "listening/typst/share_back.typ",
            told | {"title": _("What you told us, and what we will do"),
                    "address": address.partition("://")[2],
                    "code": code(f"{address}?lang={language}") if address else "",
                    "code_says": _("A code that opens %(address)s") % {"address": address},
                    "say": _say()},
        )  # fmt: skip


def posters(report: Report, language: str) -> bytes:
    """One finding or one figure a page, on tabloid: strengths first, and room to write."""
    with translation.override(language):
        told = in_words(report, ())
        return pdf(
            "listening/typst/posters.typ",
            {
                "title": told["title"], "school": told["school"], "year": told["year"],
                "pages": [*_findings(told), *_figures(told)],
                "notice": _("I notice"), "wonder": _("I wonder"),
                "not_a_grade": _("No grade and no judgment: it shows where to look and whom to "
                                 "ask."),
            },
        )  # fmt: skip


def _say() -> dict[str, str]:
    return {
        "strengths": _("What is strong"), "opportunities": _("What could become better"),
        "will": _("What we will do"), "what": _("What"), "who": _("Who"),
        "by_when": _("By when"), "next_step": _("Next step"),
        "none": _("No finding stands yet."),
        "undecided": _("What we do about it is not decided yet. This page comes again when it is."),
        "unheard": _("Nobody of you is among those whose words stand here yet. We want to hear "
                     "you."),
        "more": _("There is more in the whole report: ask for it at the school."),
        "not_so": _("Is it not what you said? Tell us, nobody is asked who you are:"),
    }  # fmt: skip


def _findings(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those who walk are asked what only they can know."""
    asked = (
        ("strengths", _("What is strong"), _("Where do you see this? For whom is it not so yet?")),
        ("opportunities", _("What could become better"),
         _("Is it so for you? What would you try first?")),
    )  # fmt: skip
    for side, kicker, question in asked:
        for one in told[side]:
            yield {"kicker": kicker, "title": one["words"], "note": one["rests_on"] + ".",
                   "question": question, "bars": []}  # fmt: skip


def _figures(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """As the report told them: a figure that it withholds is not here either."""
    for survey in told["surveys"]:
        for one in survey["questions"]:
            yield {
                "kicker": f"{survey['title']} · {survey['says']}",
                "title": one["words"], "note": one["note"],
                "question": _("What surprises you? Whom should we ask to understand it?"),
                "headings": one["headings"][:2], "bars": [row[:2] for row in one["rows"]],
            }  # fmt: skip
