"""The code of a link as it is typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm


class CodeForm(KitForm):
    code = forms.CharField(
        label=_("The code from the letter"),
        help_text=_("Six digits."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
        ),
    )
