"""For whom does somebody sign, and what do they say about it?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm
from hearth.listening.models.project import LONGEST


class SignForm(KitForm):
    speaks_for = forms.CharField(
        label=_("For whom do you sign?"), max_length=120,
        help_text=_("For example: for the families of the guiding group."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What do you want to say about it?"), widget=forms.Textarea, max_length=LONGEST,
        required=False, help_text=_("It stands beside your name, for everybody who reads it."),
    )  # fmt: skip
