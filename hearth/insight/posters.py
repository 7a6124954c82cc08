"""The posters of a data walk: one page for each measure, in one language, with room to write."""

from collections.abc import Sequence

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hearth.insight.drawing import bars_of, withheld_note
from hearth.insight.models import DataWalk
from hearth.insight.reading import Line, Told, group_name, said, year_said
from hearth.kit.document import pdf

WALK = "insight/typst/walk.typ"


def posters(walk: DataWalk, told: Sequence[Told], language: str) -> bytes:
    """A tagged PDF, a page to a measure, in the order in which the walk names them."""
    order = {measure: number for number, measure in enumerate(walk.measures)}
    with translation.override(language):
        pages = sorted(told, key=lambda one: order[one.card.key])
        return pdf(
            WALK,
            {
                "title": walk.title,
                "school": walk.school.name,
                "day": date_format(walk.held_on, "DATE_FORMAT"),
                "pages": [_page(one, walk.by_group) for one in pages],
                "notice": _("I notice"),
                "wonder": _("I wonder"),
                "not_a_grade": _(
                    "No grade and no judgment: it shows where to look and whom to ask. "
                    "A group is told from 11 students on."
                ),
            },
        )


def _page(one: Told, by: str) -> dict[str, object]:
    part = one.parts[0]
    whole, lines = one.whole(part), one.lines(by, part)
    return {
        "title": said(one.card.title),
        "year": _("School year %(year_said)s") % {"year_said": year_said(one.year)},
        "why": said(one.card.why),
        "everybody": f"{_('Everybody')}: {whole.words}" if whole else "",
        "picture": bars_of(one, lines, by).svg if lines else "",
        "picture_says": _("One bar for each group: %(by)s. The thin line is how sure we are.")
        % {"by": group_name(by)},
        "headings": [str(group_name(by)), _("How many"), _("Figure"), _("How sure")],
        "rows": [_cells(line) for line in lines],
        "note": withheld_note(sum(line.shown is None for line in lines)),
        "counted": said(one.card.counted),
    }


def _cells(line: Line) -> list[str]:
    sure = line.range or "–"
    return [line.label, line.size, line.words, sure]
