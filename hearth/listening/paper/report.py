"""A version of the report as a tagged PDF: the same words as its page."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
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
        "reach_table": [[one["name"], one["says"]] for one in told["reach"]],
        "signed": [
            {"name": one.name, "for": one.speaks_for, "words": one.words, "on": date_format(one.on)}
            for one in signed
        ],
        "say": {
            "kicker": _("What we heard, and what follows from it"),
            "questions": _("What we wanted to know"),
            "how": _("How we listened"), "guides": _("Who guides it"),
            "strengths": _("What is strong"), "opportunities": _("What could become better"),
            "recommend": _("What we recommend"), "owner": _("Who takes it on"),
            "next_step": _("Next step"), "by_when": _("By when"),
            "none": _("No finding stands yet."), "quotes": _("In their own words"),
            "reach": _("Who was heard, and who is still to be heard"),
            "group": _("Group"), "heard": _("How many were heard"),
            "surveys": _("What the surveys say"), "limits": _("How to read this"),
            "signed": _("Who stands behind this version"),
        },
    }  # fmt: skip
