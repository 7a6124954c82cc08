"""What is typed about progress: what is counted, one count, a change."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.supports.forms.careful import CarefulForm
from hearth.supports.forms.plan import SHARED
from hearth.supports.models import Measure


def _number(label: Any, hint: Any = "") -> forms.DecimalField:
    """A number as a phone's keypad types it, with two places at most."""
    return forms.DecimalField(
        label=label,
        help_text=hint,
        max_digits=9,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )


class MeasureForm(CarefulForm):
    """From where to where, by when; the direction follows from the two numbers."""

    title = forms.CharField(
        label=_("What is counted?"),
        help_text=_("Like: words read aloud in one minute. The family and the student read this."),
        max_length=200,
    )
    unit = forms.CharField(
        label=_("In what?"), help_text=_("Like: words, days, minutes"), max_length=60
    )
    baseline = _number(_("How many at the start?"), _("Best the middle one of three counts."))
    baseline_on = forms.DateField(label=_("Counted on which day?"), widget=forms.DateInput)
    target = _number(_("How many are hoped for?"))
    target_on = forms.DateField(label=_("By which day?"), widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        first, last = typed.get("baseline"), typed.get("target")
        if isinstance(first, Decimal) and isinstance(last, Decimal):
            if first == last:
                self.add_error("target", _("This must differ from the number at the start."))
            rises = last > first
            typed["should"] = Measure.Should.RISE if rises else Measure.Should.FALL
        begins, ends = typed.get("baseline_on"), typed.get("target_on")
        if begins and ends and ends <= begins:
            self.add_error("target_on", _("This day must come after the first count."))
        return typed


class CountForm(CarefulForm):
    """Today's count: a number and one press."""

    also_read = ("note",)
    value = _number(_("How many?"))
    on = forms.DateField(label=_("On which day?"), widget=forms.DateInput)
    note = forms.CharField(
        label=_("Was anything special that day?"),
        help_text=SHARED,
        max_length=300,
        required=False,
    )


class CorrectForm(CarefulForm):
    also_read = ("note",)
    value = _number(_("How many?"))
    note = forms.CharField(
        label=_("Was anything special that day?"),
        help_text=SHARED,
        max_length=300,
        required=False,
    )


class ChangeForm(CarefulForm):
    also_read = ("words",)
    words = forms.CharField(label=_("What is done differently?"), max_length=200, help_text=SHARED)
    on = forms.DateField(label=_("From which day?"), widget=forms.DateInput)
