"""A version of the report as a tagged PDF: the same words as its page."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hearth.kit.document import pdf
from hearth.listening.models import Report, SignOff
from hearth.listening.reading.report_words import May, in_words


def paper(report: Report, signed: Sequence[SignOff], may_leave: May, language: str) -> bytes:
    with translation.override(language):
        told = in_words(report, may_leave)
        return pdf("listening/typst/report.typ", told | _around(report, signed, told))


def _around(report: Report, signed: Sequence[SignOff], told: dict[str, Any]) -> dict[str, Any]:
    made = date_format(timezone.localdate(report.made_at))  # with its year: paper stays
    version = _("Version %(number)s, %(day)s") % {"number": report.number, "day": made}
    return {
        "version": version if signed else f"{version} · " + _("Nobody has signed it yet"),
        "elements_table": [
            {"name": family["name"], "rows": [row_of(one) for one in family["elements"]]}
            for family in told["families"]
        ],
        "reach_table": [[one["name"], one["says"]] for one in told["reach"]],
        "signed": [
            {"name": one.name, "for": one.speaks_for, "words": one.words, "on": date_format(one.on)}
            for one in signed
        ],
        "say": {
            "kicker": _("What we heard, and what follows from it"),
            "questions": _("What we wanted to know"), "story": _("The story"),
            "how": _("How we listened"), "guides": _("Who guides it"),
            "strengths": _("What is strong"), "opportunities": _("What could become better"),
            "recommend": _("What we recommend"), "owner": _("Who takes it on"),
            "next_step": _("Next step"), "by_when": _("By when"),
            "none": _("No finding stands yet."), "quotes": _("In their own words"),
            "elements": _("How it stands with the sixteen elements"),
            "never": _("In words, and what is behind each word. Never a score."),
            "element_head": [_("Element"), _("How it stands"), _("What is behind it")],
            "reach": _("Who was heard, and who is still to be heard"),
            "group": _("Group"), "heard": _("How many were heard"),
            "gaps": _("Where we see it differently"),
            "surveys": _("What the surveys say"), "limits": _("How to read this"),
            "signed": _("Who stands behind this version"),
        },
    }  # fmt: skip


def row_of(one: dict[str, Any]) -> list[str]:
    """An element, the word, and the findings behind it, as cells."""
    found = [
        "{}: {} ({})".format(each["side"], each["words"], each["rests_on"])
        for each in one["behind"]
    ]
    return [one["name"], capfirst(one["word"]), "\n".join(found) or "–"]
