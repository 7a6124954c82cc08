"""What each member of the cast came to do, in the reader's language."""

from django.utils.translation import gettext as _

from hearth.demo.cast import BY_KEY


def came_to(key: str) -> str:
    return _(BY_KEY[key].came_to)
