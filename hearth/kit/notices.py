"""Say what just happened, once, at the top of the next page; with a way back where there is one."""

from typing import Literal

from django.contrib import messages
from django.http import HttpRequest

Tone = Literal["done", "attention"]
_LEVELS = {"done": messages.SUCCESS, "attention": messages.WARNING}
UNDO_PREFIX = "undo="


def tell(request: HttpRequest, text: str, *, undo: str = "", tone: Tone = "done") -> None:
    """Queue one notice. `undo` is a URL that takes the act back when POSTed to."""
    tags = f"{UNDO_PREFIX}{undo}" if undo else ""
    messages.add_message(request, _LEVELS[tone], text, extra_tags=tags)


def undo_url(extra_tags: str | None) -> str:
    """The way back that `tell` put beside a notice, or nothing."""
    for tag in (extra_tags or "").split():
        if tag.startswith(UNDO_PREFIX):
            return tag.removeprefix(UNDO_PREFIX)
    return ""
