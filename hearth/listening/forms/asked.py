"""On which day are those reminded who have not answered yet?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm


class ReminderForm(KitForm):
    day = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput,
        help_text=_("In the morning of that day, everybody who has not answered by then gets an "
                    "e-mail with their own link."),
    )  # fmt: skip
