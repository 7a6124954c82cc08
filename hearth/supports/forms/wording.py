"""Fields that hold sentences: how long they may be, and who reads them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONG = 4000
CALL_FIRST = {
    "now": _("Call one of the numbers above first. We send for a person at the school, too.")
}


def in_words(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """A few sentences in the person's own words."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=LONG, widget=forms.Textarea
    )


def said_why(label: Any, *, required: bool = False) -> forms.CharField:
    """The reason that stands in the history beside the step."""
    return in_words(label, _("Your team reads this in the history."), required=required)
