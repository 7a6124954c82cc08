"""Dates in words, in the reader's language.

Pure: every function takes the day it speaks of and the day it is today. Nobody has to work out
from "2027-05-03" whether there is still time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from django.utils import dateformat, timezone
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext, ngettext

from hearth.kit.family_languages import family_languages

# Django's formats know no weekday with a day and month, so the two languages of the house say
# theirs here, and those of families in their `about.toml`.
# Each entry: with the weekday, without it, and the month and day inside a range.
_PATTERNS = {
    "en": ("l j F", "j F", "j F Y"),
    "es": (r"l j \d\e F", r"j \d\e F", r"j \d\e F \d\e Y"),
}

Standing = Literal["later", "soon", "today", "late", "done"]
SOON_DAYS = 2


@dataclass(frozen=True)
class Clock:
    """A due date as a person reads it: the day, what is left, and how it stands."""

    day: str
    left: str
    standing: Standing

    @property
    def words(self) -> str:
        """Both halves in one line: "Tuesday 3 May, 2 days left"."""
        return gettext("%(day)s, %(left)s") % {"day": self.day, "left": self.left}


def _patterns() -> tuple[str, str, str]:
    language = (get_language() or "en").split("-")[0]
    if language in family_languages():
        return family_languages()[language].days
    return _PATTERNS.get(
        language,
        (get_format("DATE_FORMAT"), get_format("MONTH_DAY_FORMAT"), get_format("DATE_FORMAT")),
    )


def as_day(moment: date | datetime) -> date:
    """The calendar day of a moment, where the reader is."""
    if not isinstance(moment, datetime):
        return moment
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()


def in_words(day: date, today: date) -> str:
    """A day as one says it: "today", "tomorrow", "Tuesday 3 May", with the year when it differs."""
    near = {
        -1: gettext("yesterday"),
        0: gettext("today"),
        1: gettext("tomorrow"),
    }
    return near.get((day - today).days) or full(day, today)


def full(day: date, today: date) -> str:
    """A day with its weekday: "Tuesday 3 May"; another year is named."""
    return _full(day, day.year == today.year, get_language())


@lru_cache(maxsize=4096)
def _full(day: date, this_year: bool, _language: str | None) -> str:
    """A list says the same few days over and over; `_language` keeps each reader's words apart."""
    with_weekday, _, with_year = _patterns()
    if this_year:
        return _small(dateformat.format(day, with_weekday))
    year = f"{dateformat.format(day, 'l')} {dateformat.format(day, with_year)}"
    return _small(year)


def _small(words: str) -> str:
    """Spanish writes its days and months small; the translations at hand do not agree on it."""
    language = (get_language() or "en").split("-")[0]
    family = family_languages().get(language)
    return words.lower() if language == "es" or (family and family.small_days) else words


def days_left(due: date, today: date) -> str:
    """How much time there is: "5 days left", "due today", "3 days late"."""
    days = (due - today).days
    if days < 0:
        return ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}
    if days == 0:
        return gettext("due today")
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


def school_days(count: int) -> str:
    """A stretch of school days: "5 school days"."""
    return ngettext("%(count)d school day", "%(count)d school days", count) % {"count": count}


def school_days_left(count: int) -> str:
    """Time left counted in school days; a negative count is how late it is."""
    if count < 0:
        late = ngettext("%(count)d school day late", "%(count)d school days late", -count)
        return late % {"count": -count}
    if count == 0:
        return gettext("due today")
    left = ngettext("%(count)d school day left", "%(count)d school days left", count)
    return left % {"count": count}


def clock(
    due: date, today: date, *, school_days: int | None = None, done: date | None = None
) -> Clock:
    """A due date with its standing; `school_days` is what the school's calendar says is left."""
    if done is not None:
        return Clock(day=full(due, today), left=finished(done, due, today), standing="done")
    days = (due - today).days
    left = days_left(due, today) if school_days is None else school_days_left(school_days)
    standing: Standing = (
        "late" if days < 0 else "today" if days == 0 else "soon" if days <= SOON_DAYS else "later"
    )
    return Clock(day=full(due, today), left=left, standing=standing)


def finished(done: date, due: date, today: date) -> str:
    """When a thing was finished, and whether that was in time."""
    words = {"day": in_words(done, today)}
    if done <= due:
        return gettext("finished %(day)s, in time") % words
    return gettext("finished %(day)s, after its day") % words


def ago(day: date, today: date) -> str:
    """How long since: "today", "yesterday", "12 days ago", "3 weeks ago", "2 years ago"."""
    days = (today - day).days
    if days < 0:
        return in_words(day, today)
    if days <= 1:
        return in_words(day, today)
    if days < 14:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    if days < 60:
        weeks = days // 7
        return ngettext("%(count)d week ago", "%(count)d weeks ago", weeks) % {"count": weeks}
    if days < 730:
        months = days // 30
        return ngettext("%(count)d month ago", "%(count)d months ago", months) % {"count": months}
    years = days // 365
    return ngettext("%(count)d year ago", "%(count)d years ago", years) % {"count": years}


def between(first: date, last: date, today: date) -> str:
    """A range without saying anything twice: "3 to 7 May", "30 May to 3 June"."""
    if first == last:
        return full(first, today)
    _, plain, with_year = _patterns()
    same_year = first.year == last.year
    end = dateformat.format(last, plain if same_year and last.year == today.year else with_year)
    if same_year and first.month == last.month:
        start = str(first.day)
    else:
        start = dateformat.format(first, plain if same_year else with_year)
    return gettext("%(first)s to %(last)s") % {"first": start, "last": end}
