"""The schools side by side as a tagged PDF: the same words as the page. The language is set."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hearth.kit.document import pdf


def paper(told: dict[str, Any], district: str, today: date) -> bytes:
    return pdf(
        "listening/typst/synthesis.typ",
        {
            "title": _("What our schools tell, side by side"),
            "district": district, "day": date_format(today),
            "reports": [f"{one['school']}: {one['title']} · {one['version']}"
                        for one in told["reports"]],
            "without": [f"{one['name']}: {one['word']}" for one in told["without"]],
            "picture": told["picture"],
            "quotes": told["quotes"],
            "families": [
                {"name": family["name"], "headings": [_("Element"), *told["schools"]],
                 "rows": [[one["name"], *(capfirst(each["word"]) for each in one["schools"])]
                          for one in family["elements"]],
                 "elements": family["elements"]}
                for family in told["families"]
            ],
            "beside": told["beside"],
            "say": _say(),
        },
    )  # fmt: skip


def _say() -> dict[str, str]:
    return {
        "which": _("Which reports these are"),
        "only": _("Only a version that somebody of the guiding group signed is here, the newest of "
                  "each school. A school without one is not judged: it has not told yet."),
        "none": _("No school has a signed report yet."),
        "strong": _("What is strong, and where"),
        "shared": _("What every school tells of as a strength"),
        "learn": _("Who can learn from whom"),
        "invest": _("Where to invest"),
        "together": _("The same opportunity stands at more than one school"),
        "outside": _("No school tells of it as a strength yet: look outside the district"),
        "ask_next": _("What to ask about next: no school has told of it"),
        "beside": _("The sixteen elements, school by school"),
        "never": _("In words, and what is behind each word. Never a score, and no school stands "
                   "before another."),
        "behind": _("What is behind it"),
        "quotes": _("In their own words"),
        "nothing": _("Nothing yet."),
    }  # fmt: skip
