"""Forms that say what they ask, keep what was typed, and tell how to mend what is wrong.

`KitForm` for plain forms; put `KitFormMixin` before `forms.ModelForm` for the others. `{{ form }}`
then renders every field with its label, hint and error; `{{ form.name.as_field_group }}` one.
"""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object


class KitRenderer(DjangoTemplates):
    """Draws forms with the kit's templates."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"


class RadioCards(forms.RadioSelect):
    """One choice out of few, each a large card, with a line that explains it where one helps."""

    template_name = "kit/forms/choices.html"

    def __init__(self, *args: Any, explain: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.explain = explain or {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Ask the template for cards instead of a plain list."""
        context = super().get_context(name, value, attrs)
        context["widget"]["cards"] = True
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the line that explains this choice, where there is one."""
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "explain": self.explain.get(str(value), "")}


# What to write instead, for Django's own wordings only: a field that says more keeps its words.
_MEND: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Please fill this in.")},
    forms.ChoiceField: {
        "required": _("Please choose one."),
        "invalid_choice": _("Please choose one of the answers shown."),
    },
    forms.MultipleChoiceField: {"required": _("Please choose at least one.")},
    forms.BooleanField: {"required": _("Please tick this to go on.")},
    forms.DateField: {"invalid": _("Write the day like 2027-05-03.")},
    forms.TimeField: {"invalid": _("Write the time like 14:30.")},
    forms.IntegerField: {"invalid": _("Write a whole number, like 12.")},
    forms.EmailField: {"invalid": _("Write an e-mail address, like name@example.org.")},
    forms.FileField: {"required": _("Please choose a file.")},
}


# Nobody at a school was born before it, and nothing that a school signs runs longer.
FIRST_YEAR, YEARS_AHEAD = 1900, 50


def within_reason(day: date) -> None:
    """Days far outside a life are slips of the hand: 0202 for 2026, 20267 cut to four."""
    last = timezone.localdate().year + YEARS_AHEAD
    if not FIRST_YEAR <= day.year <= last:
        raise ValidationError(
            _("Look at the year again. Write a day between %(first)s and %(last)s."),
            code="year",
            params={"first": FIRST_YEAR, "last": last},
        )


def _mend(field: forms.Field) -> None:
    """Exchange Django's default error words for words that say what to do; no day out of reason."""
    if isinstance(field, forms.DateField) and within_reason not in field.validators:
        field.validators.append(within_reason)
    kind: Any = type(field)
    for code, (django_says, words) in _instead(kind).items():
        # The very same, not equal in words: those would be translated to be compared.
        if field.error_messages.get(code) is django_says:
            field.error_messages[code] = words


@cache
def _instead(kind: type[Any]) -> dict[str, tuple[Any, Any]]:
    """For each code what Django says of this kind of field, and what we say instead."""
    django_says: dict[str, Any] = {}
    instead: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        django_says |= getattr(base, "default_error_messages", {})
        instead |= _MEND.get(base, {})
    return {code: (django_says.get(code), words) for code, words in instead.items()}


def _dress(field: forms.Field) -> None:
    """Give a field's widget its shape: a class, a date picker, the kit's choices."""
    widget = field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        widget.template_name = "kit/forms/choices.html"
    elif isinstance(widget, forms.Select):
        widget.template_name = "kit/forms/select.html"
        widget.attrs.setdefault("class", "form-select")
    elif not isinstance(widget, forms.CheckboxInput):
        widget.attrs.setdefault("class", "form-control")
    if type(widget) is forms.DateInput:
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    if type(widget) is forms.TimeInput:
        widget.input_type, widget.format = "time", "%H:%M"
    if type(widget) is forms.Textarea:
        widget.attrs["rows"] = 4


class KitFormMixin(_Base):
    """Makes any Django form one of the kit's."""

    # One for all forms: a renderer of its own would read every template anew for each form shown.
    default_renderer = KitRenderer()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The browser's own bubbles come in the browser's language and vanish; ours stay.
        self.use_required_attribute = False
        self.label_suffix = ""
        for field in self.fields.values():
            _dress(field)

    def full_clean(self) -> None:
        """Only now: a form may add fields of its own after it was made."""
        for field in self.fields.values():
            _mend(field)
        super().full_clean()


class KitForm(KitFormMixin, forms.Form):
    """A plain form of the kit."""
