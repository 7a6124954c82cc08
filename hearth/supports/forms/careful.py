"""A warning before anything is stored: some words belong to the counselor alone, or nowhere."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.kit.forms import KitForm
from hearth.supports.models import Phrase
from hearth.supports.rules import phrases
from hearth.supports.rules.phrases import Found

READ_THIS = "went_on"
WHERE_IT_BELONGS = {
    "minor_consent": gettext_lazy(
        "This may be about care that a student may agree to alone. It is never written here: "
        "please take it out, and talk with the counselor."
    ),
    "in_confidence": gettext_lazy(
        "This may belong to the counselor alone. Please take it out, and talk with the counselor: "
        "what was told in confidence stands in a restricted note at most."
    ),
    "never_asked": gettext_lazy(
        "This may be about where somebody comes from and their papers. A school neither asks nor "
        "writes that. Please take it out."
    ),
}
OTHERWISE = gettext_lazy("This may belong to the counselor alone. Please take it out.")


class CarefulForm(KitForm):
    """A form whose free text is read once before it is kept.

    Where private words stand in it, the form comes back with the reason, and with a tick for
    whoever has read it and meant something else.
    """

    belongs_here: frozenset[str] = frozenset()
    also_read: tuple[str, ...] = ()  # short fields in which somebody may tell a story, too

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        texts = {name: said.get(name) or "" for name in self._free_texts()}
        heard = {name: self._private_words(text) for name, text in texts.items() if text}
        if any(heard.values()):
            self._offer_to_go_on([name for name, words in heard.items() if words][-1])
            if self.add_prefix(READ_THIS) not in self.data:
                for name, words in heard.items():
                    if words:
                        self.add_error(name, warning(words))
        return said

    def _free_texts(self) -> list[str]:
        return [
            name
            for name, field in self.fields.items()
            if isinstance(field.widget, forms.Textarea) or name in self.also_read
        ]

    def _private_words(self, text: str) -> list[Found]:
        heard = phrases.found(text, self._listed, timezone.localdate())
        return [one for one in heard if one.phrase.leads_to not in self.belongs_here]

    @property
    def _listed(self) -> list[phrases.Phrase]:
        if not hasattr(self, "_private"):
            self._private = phrases.of_kind(phrases.PRIVATE, Phrase.objects.listed())
        return self._private

    def _offer_to_go_on(self, after: str) -> None:
        """A tick beside the words that it is about."""
        names = list(self.fields)
        self.fields[READ_THIS] = forms.BooleanField(
            label=_("I have read this. I mean something else, and it may stand here."),
            required=False,
        )
        names.insert(names.index(after) + 1, READ_THIS)
        self.order_fields(names)


def warning(heard: list[Found]) -> str:
    said = ", ".join(dict.fromkeys(f"“{' '.join(one.said.split())}”" for one in heard))
    why = WHERE_IT_BELONGS.get(heard[0].phrase.leads_to, OTHERWISE)
    return f"{said}: {why}"
