"""How many of a group were heard, and how was it counted?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm
from hearth.listening.forms.words import as_answers
from hearth.listening.models.reach import By


class ReachForm(KitForm):
    people = forms.IntegerField(
        label=_("How many people were heard, each counted once?"), min_value=0, max_value=100_000,
        help_text=_("By sign-in sheets and whatever Hearth does not know. Links of their own, "
                    "interviews and forums it counts by itself."),
    )  # fmt: skip
    anonymous = forms.IntegerField(
        label=_("How many answers without a name came outside Hearth?"), min_value=0,
        max_value=100_000, required=False,
        help_text=_("They are counted apart and never added to the people."),
    )  # fmt: skip
    known = forms.IntegerField(
        label=_("How many are there?"), min_value=1, max_value=100_000, required=False,
        help_text=_("Only where the school's own rows do not know, as for partners or students who "
                    "miss many days."),
    )  # fmt: skip
    by = forms.MultipleChoiceField(
        label=_("By what?"), choices=as_answers(By), widget=forms.CheckboxSelectMultiple
    )
    rule = forms.CharField(
        label=_("How did you count?"), max_length=300,
        help_text=_("So that somebody else would count the same next year."),
    )  # fmt: skip
