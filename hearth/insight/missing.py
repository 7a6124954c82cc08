"""What is still missing at a place, out of released figures, beside what the directory offers.

Nothing here counts anybody. A word stands only beside a figure that is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from hearth.access.models import User
from hearth.insight.disclose import Shown, from_json
from hearth.insight.measures.groups import GROUPS
from hearth.insight.models import DisclosedTable
from hearth.insight.reading import DISTRICT_SLUG, Line, Place, Told, card_of, told
from hearth.insight.rules.dated import school_year_end
from hearth.insight.rules.gaps import Word, measuring_on, word_for
from hearth.partners.models.words import Need
from hearth.partners.reading.offered import Offer, offered

UNMET, BY_NEED, BECAME, ENROLLED = "unmet_need", "unmet_by_need", "what_became", "enrolled"
WORDS: Mapping[Word, str | Promise] = {
    Word.MET: pgettext_lazy("a need", "met"),
    Word.PARTLY: pgettext_lazy("a need", "partly met"),
    Word.UNMET: pgettext_lazy("a need", "unmet"),
    Word.DOUBLED: pgettext_lazy("a need", "doubled"),
}
TONES = {Word.UNMET: "attention", Word.PARTLY: "calm", Word.MET: "done", Word.DOUBLED: "done"}


@dataclass(frozen=True)
class Cell:
    """One need, or one need in one language: the figure, the word beside it, what is offered."""

    label: str
    figure: Shown | None
    offer: Offer
    word: Word | None

    @property
    def said(self) -> str:
        """Never a difference between few and nobody: either would tell."""
        return str(WORDS[self.word]) if self.word else _("too few to say")

    @property
    def tone(self) -> str:
        return TONES[self.word] if self.word else ""

    @property
    def counted(self) -> str:
        if self.figure is None:
            return ""
        return _("%(open)s of %(asked)s still open") % {
            "open": int(self.figure.part), "asked": self.figure.whole,
        }  # fmt: skip

    @property
    def offers(self) -> str:
        if not self.offer.services:
            return _("nobody offers it")
        services = ngettext("%(n)d service", "%(n)d services", self.offer.services)
        said = services % {"n": self.offer.services}
        if self.offer.places is None:
            return said
        free = ngettext("%(n)d place free", "%(n)d places free", self.offer.places)
        return f"{said}, {free % {'n': self.offer.places}}"


@dataclass(frozen=True)
class Row:
    """One need, and what it is in each language."""

    whole: Cell
    cells: list[Cell]

    @property
    def is_told(self) -> bool:
        return any(cell.figure for cell in (self.whole, *self.cells))


@dataclass(frozen=True)
class Missing:
    """All that is told of unmet need at one place in one year."""

    unmet: Told
    needs: list[Row]
    became: list[Line]
    months: list[Line]
    years: list[int]

    @property
    def tables(self) -> list[tuple[bool, list[Row]]]:
        return _told_first(self.needs)


@dataclass(frozen=True)
class Matrix:
    """Needs by languages, of the whole district."""

    languages: list[str]
    rows: list[Row]
    year: int
    years: list[int]

    @property
    def told(self) -> "Matrix":
        """The needs and the languages of which something is told; all of them stand folded."""
        rows = [row for row in self.rows if row.is_told]
        keep = [
            at for at in range(len(self.languages)) if any(row.cells[at].figure for row in rows)
        ]
        return replace(
            self, languages=[self.languages[at] for at in keep],
            rows=[Row(row.whole, [row.cells[at] for at in keep]) for row in rows],
        )  # fmt: skip


def _told_first(rows: list[Row]) -> list[tuple[bool, list[Row]]]:
    """The needs of which something is told; and apart the others, for whoever unfolds them."""
    return [(told, [row for row in rows if row.is_told is told]) for told in (True, False)]


def missing_at(user: User, place: Place, year: int | None) -> Missing | None:
    """Of the year asked for, or the newest of which there is anything."""
    # Of a few and of nobody the page says the same.
    unmet = {
        year: one
        for year, one in _by_year(user, place, UNMET).items()
        if isinstance(one.everybody(), Shown)
    }
    chosen = _chosen(unmet, year)
    if chosen is None:
        return None
    became = _by_year(user, place, BECAME).get(chosen)
    whole = [became.whole(part) for part in became.card.parts] if became else []
    return Missing(
        unmet=unmet[chosen],
        needs=[
            Row(cell, [])
            for cell in _needs(
                _by_year(user, place, BY_NEED).get(chosen), offered(), chosen,
                everywhere=place.school is None,
            )
        ],
        became=[
            replace(line, label=became.part_name(line.figure.spot.part))
            for line in whole if became and line
        ],
        months=unmet[chosen].lines("asked_month"),
        years=sorted(unmet, reverse=True),
    )  # fmt: skip


def matrix(user: User, year: int | None) -> Matrix | None:
    whole = Place(DISTRICT_SLUG, "", None)
    released = _by_year(user, whole, BY_NEED)
    chosen = _chosen(released, year)
    if chosen is None:
        return None
    one, offers = released[chosen], offered()
    both = _shown(one, "language+need")
    codes = _languages(_by_year(user, whole, ENROLLED).get(chosen))
    say = GROUPS["language"].say
    rows = [
        Row(
            cell,
            [
                _cell(say(code), both.get((code, need)), offers.get((need, code)), chosen)
                for code in codes
            ],
        )
        for need, cell in zip(Need.values, _needs(one, offers, chosen), strict=True)
    ]
    return Matrix([say(code) for code in codes], rows, chosen, sorted(released, reverse=True))


def by_school(user: User, year: int, every: Sequence[Place]) -> list[tuple[Place, Line | None]]:
    """Everybody's figure at each school, where it is told: one query for all of them. A school
    where few asked and one where nobody did look alike."""
    card = card_of(UNMET)
    rows = DisclosedTable.objects.visible_to(user).filter(measure=UNMET, year=year, cut="")
    found = {row.school_id: row for row in rows.exclude(school=None)}
    lines: list[tuple[Place, Line | None]] = []
    for place in every:
        row = found.get(place.school.pk) if place.school else None
        if row and card:
            here = Told(card, place, year, row.as_of, tuple(from_json(row.figures)))
            whole = here.whole()
            lines.append((place, whole if whole and whole.shown else None))
        elif place.school:
            lines.append((place, None))
    return lines


def _by_year(user: User, place: Place, measure: str) -> dict[int, Told]:
    return {one.year: one for one in told(user, place, measure=measure)}


def _chosen(released: Mapping[int, Told], year: int | None) -> int | None:
    return year if year in released else max(released, default=None)


def _needs(
    one: Told | None, offers: Mapping[tuple[str, str], Offer], year: int, *, everywhere: bool = True
) -> list[Cell]:
    """Every need of the list, whether or not anybody asked: none left out, and so none told."""
    found = _shown(one, "need") if one else {}
    return [
        _cell(
            str(Need(need).label), found.get((need,)), offers.get((need, "")), year,
            everywhere=everywhere,
        )
        for need in Need.values
    ]  # fmt: skip


def _shown(one: Told, cut: str) -> dict[tuple[str, ...], Shown]:
    figures = one.figures
    return {f.spot.values: f for f in figures if isinstance(f, Shown) and f.spot.cut == cut}


def _languages(enrolled: Told | None) -> list[str]:
    """Those of which enough students are told, the largest first; a language of few stays out."""
    spoken = _shown(enrolled, "language") if enrolled else {}
    codes = sorted(spoken, key=lambda code: (-spoken[code].whole, code))
    return [code for (code,) in codes]


def _cell(
    label: str, figure: Shown | None, offer: Offer | None, year: int, *, everywhere: bool = True
) -> Cell:
    """What the district's services offer is more than one school's children ask for: the word for
    too much is said of the whole district."""
    offer = offer or Offer()
    if figure is None:
        return Cell(label, None, offer, None)
    word = word_for(
        still_open=int(figure.part), asked=figure.whole,
        services=offer.services if everywhere else 0, places=offer.places,
        by=measuring_on(school_year_end(year)),
    )  # fmt: skip
    return Cell(label, figure, offer, word)
