"""An interview, a statement of a forum, a classroom visit, a document: a small form each."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitFormMixin, RadioCards
from hearth.listening.forms.words import as_answers
from hearth.listening.models.heard import Document, Heard, Interview, Quote, Role, Statement, Visit
from hearth.listening.rules.hearing import look_fors
from hearth.people.words import LANGUAGES


class HeardForm(KitFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What a model holds, checked; the verb writes it."""

    class Meta:
        model: type[Heard]
        fields: tuple[str, ...] = ()


class InterviewForm(HeardForm):
    role = forms.ChoiceField(
        label=_("Who spoke with you?"), choices=as_answers(Role), widget=RadioCards
    )
    quote = forms.ChoiceField(
        label=_("May we quote it?"), choices=as_answers(Quote), widget=RadioCards
    )
    language = forms.ChoiceField(
        label=_("In which language?"), required=False,
        choices=[("", _("Not reported")), *LANGUAGES.items()],
    )  # fmt: skip

    class Meta:
        model = Interview
        fields = ("on", "role", "group", "language", "quote", "stories", "strengths", "needs")
        widgets = {"on": forms.DateInput()}
        labels = {
            "on": _("Which day?"), "group": _("Which group do they say they belong to?"),
            "stories": _("Which stories did they tell?"), "needs": _("What would help?"),
            "strengths": _("What is strong here?"),
        }  # fmt: skip
        help_texts = {
            "group": _("Only if they said so themselves. Never a name."),
            "stories": _("In their own words, as near as you can. No names, theirs or others'."),
        }


class StatementForm(HeardForm):
    class Meta:
        model = Statement
        fields = ("on", "words", "agree", "disagree", "passed")
        widgets = {"on": forms.DateInput()}
        labels = {
            "on": _("Which day?"), "words": _("What did somebody say?"),
            "agree": _("How many agree?"), "disagree": _("How many disagree?"),
            "passed": _("How many pass?"),
        }  # fmt: skip
        help_texts = {"words": _("One sentence, read out to everybody. It names nobody.")}


class VisitForm(HeardForm):
    seen = forms.MultipleChoiceField(
        label=_("What did you see?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Visit
        fields = ("on", "minutes", "seen", "noticed", "wondered")
        widgets = {"on": forms.DateInput()}
        labels = {
            "on": _("Which day?"), "minutes": _("How many minutes?"),
            "noticed": _("What did you notice?"), "wondered": _("What do you wonder?"),
        }  # fmt: skip
        help_texts = {"noticed": _("What learners did and said. No teacher, no class, no name.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["seen"]
        offered.choices = look_fors(get_language() or "en")

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not 1 <= minutes <= 240:
            raise forms.ValidationError(_now("Write the minutes of one visit, from 1 to 240."))
        return minutes


class DocumentForm(HeardForm):
    class Meta:
        model = Document
        fields = ("on", "title", "link", "place", "excerpt")
        widgets = {"on": forms.DateInput()}
        labels = {
            "on": _("When did you read it?"), "title": _("What is it?"),
            "link": _("Where is it?"), "place": _("On which page?"),
            "excerpt": _("Which words matter?"),
        }  # fmt: skip
        help_texts = {"link": _("A link, or the name of the file.")}
