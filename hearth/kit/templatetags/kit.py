"""What templates need from the kit: icons, dates in words, and the way back from a notice."""

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.template.base import Node, Parser, Template, Token
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hearth.kit import dates, notices
from hearth.kit.icons import ICONS
from hearth.kit.templatetags.words import is_literal, written

register = template.Library()


def icon(name: str, label: str = "") -> SafeString:
    """An icon from the sprite. Without a label it is decoration, and a screen reader skips it."""
    if not label:
        return _decoration(name)
    return format_html(
        '<svg class="k-icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
        label,
        _place(name),
    )


_icon = template.Library()
_icon.simple_tag(icon)


@register.tag("icon")
def icon_tag(parser: Parser, token: Token) -> Node:
    """Drawn where the template is compiled if the template names it, as nearly all do."""
    node: Any = _icon.tags["icon"](parser, token)
    return written(node) if all(map(is_literal, node.args)) and not node.target_var else node


def _place(name: str) -> str:
    if name != "hearth" and name not in ICONS:
        raise template.TemplateSyntaxError(f"No icon is called {name!r}; add it to kit/icons.py")
    return f"{static('vendor/icons.svg')}#{name}"


@cache
def _decoration(name: str) -> SafeString:
    """Drawn thirty times a page and always the same."""
    return format_html(
        '<svg class="k-icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        _place(name),
    )


@register.simple_tag(takes_context=True)
def drawn(context: template.Context, name: str) -> SafeString:
    """`{% drawn "kit/navigation.html" as rooms %}`: a part that stands on a page twice."""
    page: Any = context.template
    part: Template = page.engine.get_template(name)
    return part.render(context)


@register.filter
def in_words(day: date | datetime | None) -> str:
    """`{{ plan.due|in_words }}`: "tomorrow", "Tuesday 3 May"."""
    return dates.in_words(dates.as_day(day), timezone.localdate()) if day else ""


@register.filter
def full_day(day: date | datetime | None) -> str:
    """`{{ visit.day|full_day }}`: always the weekday and the day, never "tomorrow"."""
    return dates.full(dates.as_day(day), timezone.localdate()) if day else ""


@register.filter
def days_left(due: date | datetime | None) -> str:
    """`{{ plan.due|days_left }}`: "2 days left", "3 days late"."""
    return dates.days_left(dates.as_day(due), timezone.localdate()) if due else ""


@register.filter
def ago(day: date | datetime | None) -> str:
    """`{{ note.written|ago }}`: "yesterday", "3 weeks ago"."""
    return dates.ago(dates.as_day(day), timezone.localdate()) if day else ""


@register.filter
def until(first: date | datetime, last: date | datetime) -> str:
    """`{{ week.first|until:week.last }}`: "3 to 7 May"."""
    return dates.between(dates.as_day(first), dates.as_day(last), timezone.localdate())


@register.filter
def school_days(count: int) -> str:
    """`{{ 5|school_days }}`: "5 school days"."""
    return dates.school_days(count)


@register.simple_tag
def clock(
    due: date | datetime | None, school_days: Any = None, done: Any = None, label: str = "",
    attrs: Any = "",
) -> SafeString | str:  # fmt: skip
    """How a due date stands today. In rows of a list; elsewhere `<c-clock>`."""
    if not due:
        return ""
    counted = int(school_days) if school_days not in (None, "") else None
    finished = dates.as_day(done) if done else None
    standing, face = _face(
        dates.as_day(due), timezone.localdate(), counted, finished, get_language()
    )
    return format_html(
        '<span class="k-clock" data-standing="{}" {}>{}<span>{}{}</span></span>',
        standing,
        attrs,
        _decoration({"late": "alert", "done": "check"}.get(standing, "clock")),
        f"{label} " if label else "",
        face,
    )


@lru_cache(maxsize=1024)
def _face(
    due: date, today: date, school_days: int | None, done: date | None, _language: str | None
) -> tuple[str, SafeString | str]:
    """A list shows the same few days; `_language` keeps each reader's words apart."""
    stands = dates.clock(due, today, school_days=school_days, done=done)
    if done:
        return stands.standing, stands.left
    face = '<time datetime="{}">{}</time>, <strong>{}</strong>'
    return stands.standing, format_html(face, due.isoformat(), stands.day, stands.left)


@register.filter
def undo_url(message: Any) -> str:
    """The URL that takes back what this message speaks of, or nothing."""
    return notices.undo_url(message.extra_tags)


@register.filter
def iso(day: date | datetime | None) -> str:
    """A day for the `datetime` attribute of `<time>`."""
    return dates.as_day(day).isoformat() if day else ""


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, param: str, number: int) -> str:
    """The same page with the same filters, at another page number."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    query[param] = str(number)
    return f"?{query.urlencode()}"
