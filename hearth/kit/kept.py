"""What a template drew, kept for the process and found again by everything it was drawn from.

For parts of a page that many readers see again and again, such as one row of a directory, and that
say the same to each of them. Nothing that only some may see may be drawn so, unless it is in `of`.
"""

from collections.abc import Hashable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Kept:
    """One template. When `most` are kept, all are let go, and it begins again."""

    def __init__(self, template: str, *, most: int) -> None:
        self.template = template
        self.most = most
        self.drawn: dict[Any, SafeString] = {}

    def draw(self, of: Hashable, **context: Any) -> SafeString:
        """`of` holds all that the template reads of the context; the language is added here."""
        key = get_language(), of
        drawn = self.drawn
        if key not in drawn or settings.DEBUG:
            if len(drawn) >= self.most:
                self.drawn = drawn = {}
            drawn[key] = self.plain(**context)
        return drawn[key]

    def plain(self, **context: Any) -> SafeString:
        """Drawn where it is asked, and not kept: it holds what somebody typed."""
        return render_to_string(self.template, context)
