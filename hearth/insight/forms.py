"""What a table of two groups, a data walk and a note are asked."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hearth.insight.disclose import STANDING
from hearth.insight.measures.cards import cards
from hearth.insight.measures.groups import GROUPS
from hearth.insight.models import WalkNote
from hearth.insight.reading import said, year_said
from hearth.kit.forms import KitForm
from hearth.schools.models import School

Choices = list[tuple[Any, Any]]


def group_choices() -> Choices:
    """The groups by which every measure is told."""
    return [(key, GROUPS[key].name) for cut in STANDING for key in cut]


def measure_choices(keys: list[str]) -> Choices:
    return [(key, said(cards()[key].title)) for key in cards() if key in keys]


class TogetherForm(KitForm):
    """One measure by two groups together."""

    measure = forms.ChoiceField(label=_("Which measure?"))
    year = forms.TypedChoiceField(label=_("Which school year?"), coerce=int)
    first = forms.ChoiceField(label=_("By which group?"))
    second = forms.ChoiceField(label=_("And by which other group?"))

    def __init__(self, *args: Any, measures: list[str], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = measure_choices(measures)  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, year_said(year)) for year in years]  # type: ignore[attr-defined]
        for name in ("first", "second"):
            self.fields[name].choices = group_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("first") == cleaned.get("second"):
            self.add_error("second", _("Choose two different groups."))
        return cleaned


class WalkForm(KitForm):
    """A data walk: where, when, which posters, in which languages."""

    school = forms.ModelChoiceField(School.objects.none(), label=_("At which school?"))
    title = forms.CharField(label=_("What is the walk called?"), max_length=200)
    held_on = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"})
    )
    year = forms.TypedChoiceField(label=_("Figures of which school year?"), coerce=int)
    measures = forms.MultipleChoiceField(
        label=_("Which measures hang on the wall?"),
        help_text=_("Three to five are enough for an hour."),
        widget=forms.CheckboxSelectMultiple,
    )
    by_group = forms.ChoiceField(label=_("Told by which group?"), initial="race")
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=[code for code, _name in settings.LANGUAGES],
    )

    def __init__(
        self, *args: Any, schools: Any, measures: list[str], years: list[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        self.fields["school"].label_from_instance = lambda school: school.name  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, year_said(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["measures"].choices = measure_choices(measures)  # type: ignore[attr-defined]
        self.fields["by_group"].choices = group_choices()  # type: ignore[attr-defined]


class NoteForm(KitForm):
    """What was noticed, wondered, said or decided, in people's own words."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=WalkNote.Kind.choices)
    measure = forms.ChoiceField(label=_("At which poster?"), required=False)
    words = forms.CharField(
        label=_("In their words"),
        help_text=_("No names of children."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args: Any, measures: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: Choices = [("", _("All of them"))]
        self.fields["measure"].choices = every + measure_choices(measures)  # type: ignore[attr-defined]
