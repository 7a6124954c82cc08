"""The sixteen elements in the reader's language, under the names of their four families."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.framework.elements import elements, families
from hearth.listening.reading.elements import Behind, Stands


def in_families(stands: Mapping[str, Stands], language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": family.name.said_in(language),
            "elements": [
                {
                    "key": one.key, "name": one.name.said_in(language),
                    "plain": one.plain.said_in(language) if one.plain else "",
                    "status": stands[one.key].status, "word": stands[one.key].word,
                    "behind": list(behind(stands[one.key], language)),
                }
                for one in elements(family.key)
            ],
        }
        for family in families()
    ]  # fmt: skip


def behind(one: Stands, language: str) -> Iterator[dict[str, Any]]:
    """Strengths first."""
    yield from (_finding(each, _("a strength"), language) for each in one.strengths)
    yield from (_finding(each, _("an opportunity"), language) for each in one.opportunities)


def kinds_in_words(told: Mapping[str, int]) -> list[str]:
    """What there was of each kind of source, and nothing of what there was not."""
    said = (
        ("survey", ngettext("%(n)s survey that is counted", "%(n)s surveys that are counted",
                            told.get("survey", 0))),
        ("surveyed", ngettext("%(n)s thing that a survey told", "%(n)s things that surveys told",
                              told.get("surveyed", 0))),
        ("interview", ngettext("%(n)s interview", "%(n)s interviews", told.get("interview", 0))),
        ("forum", ngettext("%(n)s day of a student forum", "%(n)s days of student forums",
                           told.get("forum", 0))),
        ("statement", ngettext("%(n)s statement of a forum", "%(n)s statements of forums",
                               told.get("statement", 0))),
        ("visit", ngettext("%(n)s classroom visit", "%(n)s classroom visits",
                           told.get("visit", 0))),
        ("document", ngettext("%(n)s document that was read", "%(n)s documents that were read",
                              told.get("document", 0))),
    )  # fmt: skip
    return [words % {"n": told[key]} for key, words in said if told.get(key)]


def _finding(one: Behind, side: str, language: str) -> dict[str, Any]:
    return {
        "pk": one.pk, "project": one.project, "side": capfirst(side), "words": one.in_(language),
        "rests_on": ", ".join(kinds_in_words(one.kinds)),
    }  # fmt: skip
