"""A phrase of the district's own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, RadioCards
from hearth.people.words import LANGUAGES
from hearth.supports.models import AssessmentRequest, Phrase

BELONGS: dict[str, list[tuple[Any, Any]]] = {
    Phrase.Kind.PRIVATE: [
        ("in_confidence", _("with the counselor, in a restricted note at most")),
        ("minor_consent", _("with the counselor, and never written here")),
        ("never_asked", _("nowhere: a school does not ask it")),
    ],
    Phrase.Kind.ASSESSMENT: AssessmentRequest.Kind.choices,
}
FEWEST_LETTERS = 3


class PhraseForm(KitForm):
    words = forms.CharField(
        label=_("Which words?"),
        help_text=_(
            "A slash stands between words that may take the same place: hurt/hurts myself. "
            "A star ends a word that may go on: suicid*. Capitals and accents do not matter."
        ),
        max_length=100,
    )
    kind = forms.ChoiceField(
        label=_("What do they say?"), choices=Phrase.Kind.choices, widget=RadioCards
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=list(LANGUAGES.items()))
    leads_to = forms.ChoiceField(
        label=_("Where does it belong?"),
        help_text=_("For private words and for assessments."),
        choices=[("", "…"), *[one for belongs in BELONGS.values() for one in belongs]],
        required=False,
    )

    def clean_words(self) -> str:
        words: str = " ".join(self.cleaned_data["words"].split())
        if sum(letter.isalnum() for letter in words) < FEWEST_LETTERS:
            raise ValidationError(_("Write a whole word or more: this would be found everywhere."))
        return words

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        wanted = [key for key, _words in BELONGS.get(said.get("kind", ""), [])]
        if wanted and said.get("leads_to") not in wanted:
            self.add_error("leads_to", _("Please choose where such words belong."))
        elif not wanted:
            said["leads_to"] = ""
        return said
