"""What is typed about a request for an assessment, and about support instead of discipline."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.kit.forms import KitForm, RadioCards
from hearth.people.models import Student
from hearth.supports.forms.careful import CarefulForm
from hearth.supports.forms.wording import in_words
from hearth.supports.models import AssessmentRequest
from hearth.supports.models.legal import owners_for


class OpenAssessmentForm(CarefulForm):
    """Somebody asked, on paper, on the phone or in passing: a spoken request counts."""

    kind = forms.ChoiceField(
        label=_("What is asked for?"),
        choices=AssessmentRequest.Kind.choices,
        widget=RadioCards,
    )
    asked_on = forms.DateField(
        label=_("On which day was it asked?"),
        help_text=_("The day the school heard of it, on paper or aloud. The clock starts then."),
        widget=forms.DateInput,
    )
    said_aloud = forms.BooleanField(
        label=_("It was said aloud, not written"),
        help_text=_("It counts as much. Offer help to put it in writing, and write down that day."),
        required=False,
    )
    words = in_words(
        _("What was asked, in whose words?"), _("As close as you can. The family reads this, too.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("asked_on", timezone.localdate())


class DayForm(KitForm):
    """The day on which something took place."""

    on = forms.DateField(label=_("On which day?"), widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())


class MoreTimeForm(CarefulForm):
    """Until when, who of the family, why, and whether it stands on paper."""

    until = forms.DateField(label=_("Until which day?"), widget=forms.DateInput)
    agreed_on = forms.DateField(
        label=_("On which day did the family agree?"),
        help_text=_("On a paper, the day it was signed."),
        widget=forms.DateInput,
    )
    who = forms.CharField(label=_("Who of the family agreed?"), max_length=200)
    in_writing = forms.TypedChoiceField(
        label=_("How did they say so?"),
        choices=[("yes", _("In writing, signed")), ("no", _("Aloud only"))],
        coerce=lambda said: said == "yes",
        widget=RadioCards(
            explain={"no": _("It is kept. The day of the law stands until it is in writing.")}
        ),
    )
    why = in_words(_("Why is more time needed?"), _("The family reads this, too."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("agreed_on", timezone.localdate())


class FinishForm(CarefulForm):
    outcome = forms.ChoiceField(
        label=_("What was decided?"),
        choices=AssessmentRequest.Outcome.choices,
        widget=forms.RadioSelect,
    )
    words = in_words(_("In a few words, and why"), _("The family reads this, too."))


class HandOverForm(KitForm):
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Who looks after it from now on?"), empty_label="…"
    )

    def __init__(self, *args: Any, student: Student, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = owners_for(student)
        owner.label_from_instance = lambda user: user.name


class InsteadForm(CarefulForm):
    """Ask for support instead of discipline: what goes well comes first, here as everywhere."""

    strength = in_words(
        _("What is going well?"), _("Something this student loves, is good at, or did lately.")
    )
    happened = in_words(
        _("What happened?"), _("What you saw and heard. No judgment, and no other student's name.")
    )
    hoped = in_words(
        _("Which support might help?"),
        _("A talk, a circle, a quiet place, somebody to check in with. Leave it empty if unsure."),
        required=False,
    )


class DocumentForm(CarefulForm):
    action = in_words(
        _("What was done?"),
        _("If nothing was, say why. The person who asked reads this, and so may the family."),
    )


class WhyForm(CarefulForm):
    why = in_words(_("What should the new team know first?"), _("Your words stand in the history."))
