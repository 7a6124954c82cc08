"""What people write about a student, and which of two rows shall stand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, RadioCards
from hearth.people.models import Person


class StrengthsForm(KitForm):
    """In the words of somebody who knows the student."""

    strengths = forms.CharField(
        label=_("What do they love? What are they good at?"),
        help_text=_(
            "The family and the student read this, too. Write it so that it makes them glad."
        ),
        widget=forms.Textarea,
        max_length=2000,
    )


class MergeForm(KitForm):
    """Which of the two stays."""

    kept = forms.ChoiceField(label=_("Which entry shall stay?"), widget=RadioCards)

    def __init__(self, *args: Any, one: Person, other: Person, **kwargs: Any) -> None:
        self.pair = {str(person.pk): person for person in (one, other)}
        super().__init__(*args, **kwargs)
        field = self.fields["kept"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(str(one.pk), _("The first")), (str(other.pk), _("The second"))]

    @property
    def chosen(self) -> tuple[Person, Person]:
        """The one that stays, and the one that goes up in it."""
        kept = self.pair[self.cleaned_data["kept"]]
        absorbed = next(person for person in self.pair.values() if person is not kept)
        return kept, absorbed
