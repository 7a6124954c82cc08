"""A text that was held back, in the words in which others may read it."""

from django import forms

from hearth.kit.forms import KitForm
from hearth.listening.rules.questions import LONGEST_TEXT


class HeldForm(KitForm):
    page = forms.IntegerField()
    said = forms.CharField(strip=False)
    instead = forms.CharField(max_length=LONGEST_TEXT)
