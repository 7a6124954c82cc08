"""What is typed in a class review about one student."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import RadioCards
from hearth.supports.forms.careful import CarefulForm
from hearth.supports.forms.wording import in_words
from hearth.supports.models import StudentReview

NEXT = StudentReview.Next


class StudentReviewForm(CarefulForm):
    """A strength first; then who knows them, what would help, and what is next."""

    strength = in_words(
        _("What is going well?"), _("Something this student loves, is good at, or did lately.")
    )
    trusted_adult = forms.CharField(
        label=_("Which adult here knows them well?"),
        help_text=_("Nobody yet? Leave it empty, and think who it could be."),
        max_length=200,
        required=False,
    )
    thought = in_words(
        _("What would help?"),
        _("In class, with friends, at home. Leave out what was told in confidence."),
        required=False,
    )
    next = forms.ChoiceField(
        label=_("What is next?"),
        choices=NEXT.choices,
        widget=RadioCards(
            explain={
                NEXT.THRIVING: _("Nothing more is needed now."),
                NEXT.WATCH: _("You keep an eye on it; it stands in the class's list."),
                NEXT.ASK: _("The form for asking opens, with the strength already in it."),
            }
        ),
    )
    as_of = forms.CharField(required=False, widget=forms.HiddenInput)
