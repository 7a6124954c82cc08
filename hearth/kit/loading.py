"""Templates are compiled once for each language, so that words can be looked up while compiling
(`templatetags/words.py`) and not three hundred times for each page."""

from typing import Any

from django.template.loaders import cached
from django.utils.translation import get_language


class Loader(cached.Loader):
    def cache_key(self, template_name: str, skip: Any = None) -> str:
        return f"{get_language()} {super().cache_key(template_name, skip)}"
