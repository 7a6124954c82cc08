"""What goes back to those who told us, out of a signed version: one page for each of four groups.

No quotes stand here: this is the page that leaves the school, and a yes to be quoted in a report is
not a yes to be quoted on a street corner.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hearth.listening.models import MemberCheck, Report
from hearth.listening.models.heard import Role
from hearth.listening.reading.findings import what_stands
from hearth.listening.reading.report_words import in_words

VOICE = {
    "students": Role.STUDENT, "families": Role.FAMILY,
    "staff": Role.STAFF, "partners": Role.PARTNER,
}  # fmt: skip
MOST = 3  # of each side, so that it stays one page


def told_back(
    report: Report, audience: str, still: Collection[tuple[int, str]] | None = None
) -> dict[str, Any]:
    """In the reader's language. With `still` only findings that stand in these words today: what
    was put right after it was signed does not go on in the street."""
    told = in_words(report, ())
    if still is not None:
        as_signed = {row["pk"]: row["words"] for row in report.told["findings"]}
        for side in ("strengths", "opportunities"):
            told[side] = [one for one in told[side] if (one["pk"], as_signed[one["pk"]]) in still]
    strengths, opportunities = (
        [_told(one, VOICE[audience]) for one in _first(told[side], VOICE[audience])]
        for side in ("strengths", "opportunities")
    )
    shown = {one["pk"] for one in (*strengths, *opportunities)}
    every = (*told["strengths"], *told["opportunities"])
    return {
        "audience": audience, "for_whom": for_whom(audience), "lead": _lead(audience),
        "school": told["school"], "year": told["year"], "days": told["days"],
        "strengths": strengths, "opportunities": opportunities,
        "unheard": not any(VOICE[audience] in (one["voices"] or ()) for one in every)
        and all(one["voices"] is not None for one in every),
        "will": [
            each for one in every if one["pk"] in shown for each in one["recommendations"]
        ],
        "more": len(every) > len(shown),
        "version": _("Version %(number)s, %(day)s") % {
            "number": report.number, "day": date_format(timezone.localdate(report.made_at)),
        },
    }  # fmt: skip


def still_so(check: MemberCheck) -> set[tuple[int, str]]:
    """The findings of the project that stand today, with their words."""
    return {(one.row.pk, one.row.words) for one in what_stands(check.project)}


def signed_version(check: MemberCheck) -> Report | None:
    """The newest one of the project that somebody signed."""
    rows = Report.objects.filter(project=check.project_id, signed__isnull=False)
    found: Report | None = rows.order_by("-number").first()
    return found


def for_whom(audience: str) -> str:
    return {
        "students": _("For students"), "families": _("For families"), "staff": _("For staff"),
        "partners": _("For partners and the council"),
    }[audience]  # fmt: skip


def pages() -> list[tuple[str, str]]:
    return [(audience, for_whom(audience)) for audience in VOICE]


def _lead(audience: str) -> str:
    return {
        "students": _("We asked what a day here is like for you. This is what we understood, and "
                      "what happens now."),
        "families": _("We asked families, students and staff about this school. This is what we "
                      "understood, and what happens now."),
        "staff": _("We asked about this school. This is what we understood from everybody, and "
                   "what happens now."),
        "partners": _("We asked students, families, staff and partners. This is what we "
                      "understood, what happens now, and where you could join in."),
    }[audience]  # fmt: skip


def _first(rows: Sequence[dict[str, Any]], role: str) -> list[dict[str, Any]]:
    """Those that rest on what this group told come first."""
    return sorted(rows, key=lambda one: role not in (one["voices"] or ()))[:MOST]


def _told(one: dict[str, Any], role: str) -> dict[str, Any]:
    """An older version does not say who told what, and then nobody is named."""
    if one["voices"] is None:
        who = ""
    else:
        who = _("You told us") if role in one["voices"] else _("Others told us")
    return {"pk": one["pk"], "words": one["words"], "who": who}
