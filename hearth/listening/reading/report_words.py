"""A version of a report in the reader's language: the same words for the page and for the paper."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hearth.kit import dates
from hearth.listening.models import Audience, Report
from hearth.listening.models.finding import Finding, FindingSide, Recommendation, Sure
from hearth.listening.models.heard import Role
from hearth.listening.models.reach import Group
from hearth.listening.reading.element_words import in_families, kinds_in_words
from hearth.listening.reading.elements import of_version
from hearth.listening.reading.gap import sentence
from hearth.listening.rules.gap import Difference
from hearth.listening.rules.report import Difference as Changed

Row = Mapping[str, Any]
May = Collection[tuple[int, str]]  # the quotes whose very words may leave today


def in_words(report: Report, may_leave: May) -> dict[str, Any]:
    """A quote that was taken back, or put in other words, is told no more: consent goes first."""
    told = report.told
    language = "es" if (get_language() or "en").startswith("es") else "en"
    quotes = [row for row in told["quotes"] if (row["pk"], row["words"]) in may_leave]
    findings = [_finding(row, told["about"], language) for row in told["findings"]]
    starts, ends = (date.fromisoformat(told[key]) for key in ("starts", "ends"))
    return {
        **{key: said_in(told, key, language) for key in ("title", "purpose", "guiding_group")},
        "story": said_in({"story": "", **told}, "story", language),
        "questions": (language == "es" and told.get("questions_es")) or told["questions"],
        "school": told["school"], "year": told["year"],
        "days": dates.between(starts, ends, timezone.localdate()),
        "methods": kinds_in_words(told["methods"]),
        "families": in_families(of_version(report, language, timezone.localdate()), language),
        "strengths": [one for one in findings if one["side"] == FindingSide.STRENGTH],
        "opportunities": [one for one in findings if one["side"] != FindingSide.STRENGTH],
        "quotes": [
            {"words": row["words"], "who": _label(Role, row["role"]), "language": row["language"]}
            for row in quotes
        ],
        "quotes_held": len(told["quotes"]) - len(quotes),
        "reach": [
            {"name": _label(Group, row["group"]), "says": _band(row["band"]),
             "missing": row["missing"]}
            for row in told["reach"]
        ],
        # A version that was made before this was told has none.
        "gaps": [_gap(row, language) for row in told.get("gaps", ()) if row["found"]["clear"]],
        "surveys": [_survey(row, language) for row in told["surveys"]],
        "limits": limits(),
    }  # fmt: skip


def limits() -> list[str]:
    return [
        _("A finding stands on at least two kinds of source, and learners are among those heard. "
          "Drafts are not in this report."),
        _("Words are quoted only as the speaker allowed. What they are to the school stands there, "
          "never who they are."),
        _("How many of a group were heard is told in the state's bands, and of a small group not "
          "at all. Each person counts once."),
        _("A survey is told once it is counted, and only where enough people answered."),
        _("Whoever did not speak may see it otherwise."),
        _("What people wrote stands in the language in which they wrote it, unless a person put it "
          "into the other."),
        _("How it stands with an element is told in words and by a rule, never as a score: a word "
          "is taken when its findings stand, and nothing is added up."),
    ]  # fmt: skip


def what_differs(found: Changed) -> dict[str, str]:
    """One difference in words. What a quote said that was taken back is not said again."""
    hidden = found.kind == "quote" and found.how == "withdrawn"
    rewritten = found.kind == "quote" and found.how == "changed"
    then = "" if hidden or rewritten else found.then
    return {
        "head": _head(found.kind, found.how),
        "words": then or found.now,
        "now": found.now if found.now not in ("", then) and then else "",
        "parts": ", ".join(_part(found.kind, part) for part in found.parts if part != "words"),
    }


def _head(kind: str, how: str) -> str:
    return {
        ("finding", "added"): _("A finding was added"),
        ("finding", "changed"): _("A finding was changed"),
        ("finding", "withdrawn"): _("A finding no longer stands"),
        ("recommendation", "added"): _("A recommendation was added"),
        ("recommendation", "changed"): _("A recommendation was changed"),
        ("recommendation", "withdrawn"): _("A recommendation no longer stands"),
        ("quote", "added"): _("A quote was added"),
        ("quote", "changed"): _("A quote was put in other words"),
        ("quote", "withdrawn"): _("A quote was taken back"),
    }[kind, how]


def _part(kind: str, part: str) -> str:
    if part == "rests_on":
        return _("what it rests on")
    model: Any = Finding if kind == "finding" else Recommendation
    return str(model._meta.get_field(part).verbose_name)


def _label(choices: Any, key: str) -> str:
    """A word that the house no longer has is told by its key: a version stands longer than it."""
    return str(dict(choices.choices).get(key, key))


def said_in(row: Row, name: str, language: str) -> str:
    """In Spanish where somebody wrote it so; else as it was written."""
    return str((language == "es" and row.get(f"{name}_es")) or row[name])


def _finding(row: Row, about: Row, language: str) -> dict[str, Any]:
    sources = ngettext("%(n)s source", "%(n)s sources", row["sources"]) % {"n": row["sources"]}
    kinds = ngettext("%(n)s kind", "%(n)s kinds", row["kinds"]) % {"n": row["kinds"]}
    return {
        "pk": row["pk"], "side": row["side"], "words": said_in(row, "words", language),
        "voices": row.get("voices"),
        "about": about.get(row["about"], {}).get(language, ""),
        "sure": _label(Sure, row["sure"]), "rests_on": f"{sources}, {kinds}",
        "recommendations": [
            {"words": said_in(each, "words", language), "owner": said_in(each, "owner", language),
             "next_step": said_in(each, "next_step", language),
             "by_when": dates.full(date.fromisoformat(each["by_when"]), timezone.localdate())}
            for each in row["recommendations"]
        ],
    }  # fmt: skip


def _band(band: str) -> str:
    if band == "not_reported":
        return _("Not reported")
    return _("too few to say") if band == "few" else f"{band} %"


def _gap(row: Row, language: str) -> dict[str, Any]:
    """Where those who were asked the same see it differently, and what each of them said."""
    shown = _("%(who)s: %(percent)s %% of %(n)s")
    sides = [
        shown % {"who": capfirst(_label(Audience, side["audience"])), "percent": side["percent"],
                 "n": side["answered"]}
        for side in row["sides"]
    ]  # fmt: skip
    return {
        "words": row["words"].get(language, ""), "says": sentence(Difference(**row["found"])),
        "sides": " · ".join(sides),
    }  # fmt: skip


def _survey(row: Row, language: str) -> dict[str, Any]:
    people = row["people"]
    says = ngettext("%(n)s person answered.", "%(n)s people answered.", people) % {"n": people}
    if not row["enough"]:
        says = _("Too few answered to tell what they said")
    elif row["too_many"]:
        says += " " + _("More answers came than people were asked: read it with care.")
    return {
        "title": row["title"][language], "who": _label(Audience, row["audience"]), "says": says,
        "questions": [_question(each, language) for each in row["questions"]],
    }  # fmt: skip


def _question(row: Row, language: str) -> dict[str, Any]:
    note = _("%(n)s answered this.") % {"n": row["answered"]}
    if row["groups_held"]:
        note += " " + _("Groups too small to be told do not stand here.")
    headings = [_("What they chose"), _("Everybody"), *(one[language] for one in row["groups"])]
    rows = [
        [line["words"][language], *(_share(one) for one in (line["percent"], *line["groups"]))]
        for line in row["lines"]
    ]
    return {
        "words": row["words"][language], "headings": headings, "rows": rows, "note": note,
        "labeled": [list(zip(cells, headings, strict=True)) for cells in rows],
    }  # fmt: skip


def _share(percent: int | None) -> str:
    return "–" if percent is None else f"{percent} %"
