"""A page of keys and how many there are in all, asked for together."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from hearth.partners.reading.search import Found

if TYPE_CHECKING:
    _Base = Paginator[Any]
else:
    _Base = Paginator

FAR = 1_000_000


class Counted(_Base):
    """What is narrowed is walked through to be counted, and walked through again for one page of
    it; so both are one question, but where somebody turned to a page that is not there."""

    def __init__(self, found: Found, rows: int, whole: int | None) -> None:
        super().__init__(found.keys, rows)
        self.part = found.part
        self.whole = whole

    def get_page(self, number: Any) -> "Page[Any]":
        """The count comes with the rows, or is known before, or is asked for."""
        turned = _turned(number)
        if self.whole is not None:
            self.__dict__["count"] = self.whole
        elif self.part and 1 <= turned < FAR:
            first = (turned - 1) * self.per_page
            rows = list(self.part(range(first, first + self.per_page)))
            if rows or not first:
                self.__dict__["count"] = rows[0][1] if rows else 0
                return Page([key for key, _of in rows], turned, self)
        return super().get_page(number)


def _turned(number: Any) -> int:
    """As Django reads the number of a page: what is none is the first."""
    try:
        return int(number)
    except (TypeError, ValueError):
        return 1
