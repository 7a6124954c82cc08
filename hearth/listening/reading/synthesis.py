"""A district's schools side by side: the newest signed version of each, and no other word."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.framework.elements import element
from hearth.listening.models import ListeningProject, Report
from hearth.listening.models.heard import Role
from hearth.listening.reading.element_words import behind, in_families
from hearth.listening.reading.elements import Stands, newest_signed, not_signed, of_version
from hearth.listening.reading.report import may_leave
from hearth.listening.reading.report_words import said_in
from hearth.listening.rules.synthesis import Picture, picture
from hearth.schools.models import School

BESIDE = 5  # more columns than these are read by nobody, on paper or on a screen
QUOTES = 2


def synthesis(reader: User, language: str, today: date) -> dict[str, Any]:
    """Four queries, however many schools there are."""
    schools = list(School.objects.filter(gone_on=None).order_by("name", "pk"))
    signed = newest_signed(reader, [school.pk for school in schools])
    told = [school for school in schools if school.pk in signed]
    stands = {school.pk: of_version(signed[school.pk], language, today) for school in told}
    words = {pk: {key: one.status for key, one in found.items()} for pk, found in stands.items()}
    names = {school.pk: school.name for school in told}
    begun = _begun(reader)
    return {
        "reports": [_report(signed[school.pk]) for school in told],
        "without": [
            {"name": school.name, "word": _without(school.pk in begun, language, today)}
            for school in schools if school.pk not in signed
        ],
        "picture": in_names(picture(words), names, language) if told else None,
        "schools": [school.name for school in told],
        "beside": len(told) <= BESIDE,
        "families": _side_by_side(told, stands, language),
        "quotes": _quotes([signed[school.pk] for school in told]),
    }  # fmt: skip


def in_names(found: Picture, names: dict[int, str], language: str) -> dict[str, Any]:
    """The same lists as sentences: an element's name, and the schools."""

    def called(key: str) -> str:
        return element(key).name.said_in(language)

    def listed(schools: Sequence[int]) -> str:
        return get_text_list([names[pk] for pk in schools], _("and"))

    return {
        "strong": [(called(key), listed(where)) for key, where in found.strong],
        "shared": [called(key) for key in found.shared],
        "learn": [
            (called(one.element),
             _("%(show)s: it is told of as a strength there. %(visit)s: an opportunity stands, and "
               "people from there could visit.")
             % {"show": listed(one.show), "visit": listed(one.visit)})
            for one in found.learn
        ],
        "together": [(called(key), listed(where)) for key, where in found.together],
        "outside": [(called(key), listed(where)) for key, where in found.outside],
        "ask_next": [called(key) for key in found.ask_next],
    }  # fmt: skip


def _begun(reader: User) -> set[int]:
    rows = ListeningProject.objects.visible_to(reader)
    return set(rows.order_by().values_list("school_id", flat=True).distinct())


def _without(begun: bool, language: str, today: date) -> str:
    return next(iter(not_signed(language, today, begun=begun).values())).word


def _report(row: Report) -> dict[str, Any]:
    made = _("Version %(number)s, %(day)s") % {
        "number": row.number, "day": date_format(timezone.localdate(row.made_at))
    }  # fmt: skip
    title = said_in(row.told, "title", (get_language() or "en")[:2])
    return {"school": row.school.name, "project": row.project_id, "title": title,
            "version": made}  # fmt: skip


def _side_by_side(
    told: Sequence[School], stands: dict[int, dict[str, Stands]], language: str
) -> list[dict[str, Any]]:
    """For each element the word of every school, with what is behind it there."""
    if not told:
        return []
    found = in_families(stands[told[0].pk], language)
    for family in found:
        for one in family["elements"]:
            one["schools"] = [
                {"name": school.name, "word": stands[school.pk][one["key"]].word,
                 "behind": list(behind(stands[school.pk][one["key"]], language))}
                for school in told
            ]  # fmt: skip
            one["told"] = any(each["behind"] for each in one["schools"])
    return found


def _quotes(reports: Sequence[Report]) -> list[dict[str, str]]:
    """Only what was let out, and what its speaker still allows today: at most two of a school."""
    open_words = may_leave([row.project_id for row in reports])
    roles = dict(Role.choices)
    return [
        {"words": one["words"], "who": str(roles.get(one["role"], one["role"])),
         "language": one["language"], "school": row.school.name}
        for row in reports
        for one in [q for q in row.told["quotes"] if (q["pk"], q["words"]) in open_words][:QUOTES]
    ]  # fmt: skip
