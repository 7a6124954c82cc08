"""What whoever took a call for safety writes down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import RadioCards
from hearth.supports.actions.safety import DONE, INTO_LIST
from hearth.supports.forms.careful import CarefulForm
from hearth.supports.forms.wording import in_words


class DoneForm(CarefulForm):
    outcome = in_words(
        _("What was done?"),
        _("Whom you reached, what was agreed, who stays in touch. The support team may read it; "
          "what is for fewer eyes belongs in a restricted note."),
    )  # fmt: skip
    afterwards = forms.ChoiceField(
        label=_("And now?"),
        choices=[
            (INTO_LIST, _("The team goes on with it in its list")),
            (DONE, _("It is done with this")),
        ],
        initial=INTO_LIST,
        widget=RadioCards,
    )
