"""The page on paper: a tagged PDF with the same words, tables and reasons."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hearth.insight.fairness.page import Fair
from hearth.insight.fairness.tables import Table
from hearth.insight.reading import Told, said, year_said
from hearth.kit.document import pdf

FAIR = "insight/typst/fair.typ"


def drawn(page: Fair, not_so: Sequence[str]) -> bytes:
    one = page.one
    said_first = [
        (_("What is in place"), [*page.strong, *_alike(page)]),
        (_("Where to look, and whom to ask"), page.look),
    ]
    title = _("%(title)s: is it fair?") % {"title": said(one.card.title)}
    return _pdf(one, title, page.tables, said_first, not_so)


def drawn_likeness(one: Told, tables: Sequence[Table], not_so: Sequence[str]) -> bytes:
    return _pdf(one, _("Do our grown-ups look like our students?"), tables, [], not_so)


def _alike(page: Fair) -> list[str]:
    if not page.alike:
        return []
    names = ", ".join(page.alike)
    return [_("No clear difference from everybody else: %(groups)s") % {"groups": names}]


def _pdf(
    one: Told, title: str, tables: Sequence[Table], first: Sequence[tuple[str, list[str]]],
    not_so: Sequence[str],
) -> bytes:  # fmt: skip
    return pdf(
        FAIR,
        {
            "title": title,
            "place": one.place.name,
            "year": _("School year %(year_said)s") % {"year_said": year_said(one.year)},
            "day": date_format(one.as_of, "DATE_FORMAT"),
            "first": [{"title": name, "lines": lines} for name, lines in first if lines],
            "tables": [_table(table) for table in tables],
            "not_so_title": _("What this is, and what it is not"),
            "not_so": list(not_so),
        },
    )


def _table(table: Table) -> dict[str, object]:
    return {
        "title": table.title,
        "says": table.says,
        "headings": list(table.headings),
        "rows": [
            [f"{cell.words} · {cell.more}" if cell.more else cell.words for cell in row]
            for row in table.rows
        ],
        "shares": [3] * len(table.headings),
        "notes": list(table.notes),
    }
