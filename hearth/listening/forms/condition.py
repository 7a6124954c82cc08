"""A district's own conditions, a line each; and the phase of one strategy."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, RadioCards
from hearth.listening.models.phase import PHASES
from hearth.listening.reading.conditions import Named
from hearth.listening.rules.phases import not_yet

MOST = 20


class ConditionsForm(KitForm):
    """Two lists side by side: the third line here is the third line there."""

    english = forms.CharField(
        label=_("In English"), widget=forms.Textarea, required=False, max_length=4000,
        help_text=_("One a line. Leave both empty to use the ten to begin with."),
    )  # fmt: skip
    spanish = forms.CharField(
        label=_("In Spanish"), widget=forms.Textarea, required=False, max_length=4000,
        help_text=_("The same ones, in the same order."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        english, spanish = (_lines(said.get(name, "")) for name in ("english", "spanish"))
        if len(english) != len(spanish):
            self.add_error("spanish", _now("Write as many lines in Spanish as in English."))
        if len(english) > MOST or any(len(line) > 160 for line in (*english, *spanish)):
            self.add_error("english", _now("Keep to twenty lines at most, each a short one."))
        said["lines"] = list(zip(english, spanish, strict=False))
        return said


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class PhaseForm(KitForm):
    """Where are we with this strategy, by what, and who says so?"""

    phase = forms.ChoiceField(label=_("Where are we?"), choices=PHASES, widget=RadioCards)
    artifacts = forms.MultipleChoiceField(
        label=_("What did we judge it by?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    also = forms.CharField(label=_("What else?"), max_length=300, required=False)
    decided_by = forms.CharField(
        label=_("Who decided?"), max_length=200,
        help_text=_("A council or a team in which students and families sit, by its name."),
    )  # fmt: skip
    decided_on = forms.DateField(label=_("On which day?"), widget=forms.DateInput)

    def __init__(
        self, *args: Any, artifacts: list[Named], explain: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["artifacts"]
        offered.choices = [(one.key, one.name) for one in artifacts]
        cards: Any = self.fields["phase"].widget
        cards.explain = explain

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        day: date | None = said.get("decided_on")
        missing = not_yet(
            artifacts=said.get("artifacts", []), also=said.get("also", ""),
            decided_by=said.get("decided_by", ""), decided_on=day, today=timezone.localdate(),
        )  # fmt: skip
        if "evidence" in missing:
            self.add_error("artifacts", _now("Say by what you judged it: at least one thing."))
        if "not_decided_yet" in missing:
            self.add_error("decided_on", _now("This day is still to come."))
        return said
