"""For whom in the family somebody asks: the student, or an adult who cares for the student."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hearth.people.models import Guardian


def for_whom() -> "forms.ModelChoiceField[Guardian]":
    return forms.ModelChoiceField(
        Guardian.objects.none(),
        label=_("For whom in the family?"),
        required=False,
        empty_label=_("For the student"),
    )


def offer(form: forms.Form, adults: QuerySet[Guardian]) -> None:
    """These adults may be chosen; where there is none, nothing is asked."""
    field: Any = form.fields["adult"]
    field.queryset = adults
    field.label_from_instance = lambda guardian: guardian.person.called
    if not adults.exists():
        del form.fields["adult"]
