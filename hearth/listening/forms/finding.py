"""What did we find, on what does it rest, and what do we do about it?"""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.framework.elements import QUILT, families
from hearth.kit.forms import KitForm, RadioCards
from hearth.listening.forms.words import as_answers
from hearth.listening.models import Finding
from hearth.listening.models.finding import FindingSide, Sure
from hearth.listening.models.project import LONGEST
from hearth.listening.reading.coding import Thing
from hearth.listening.reading.conditions import family, groups
from hearth.listening.reading.names import names_at
from hearth.listening.rules.dated import harm_phrases
from hearth.listening.rules.quotes import reasons_to_look


class FindingForm(KitForm):
    side = forms.ChoiceField(
        label=_("A strength or an opportunity?"), choices=as_answers(FindingSide), widget=RadioCards
    )
    about = forms.ChoiceField(label=_("What is it about?"), required=False)
    words = forms.CharField(
        label=_("What did we find?"), widget=forms.Textarea, max_length=LONGEST,
        help_text=_("In words that those who told us would know again. No names."),
    )  # fmt: skip
    words_es = forms.CharField(
        label=_("The same in Spanish"), widget=forms.Textarea, max_length=LONGEST, required=False,
        help_text=_("So that a report in Spanish is in Spanish. Written by a person."),
    )  # fmt: skip
    elements = forms.MultipleChoiceField(
        label=_("Of which elements of the framework does it speak?"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The report, and the district's picture of its schools, show it there. Where "
                    "nothing above fits, one of these is enough."),
    )  # fmt: skip
    sure = forms.ChoiceField(
        label=_("How sure are we?"), choices=as_answers(Sure), widget=RadioCards
    )
    sources = forms.MultipleChoiceField(
        label=_("On what does it rest?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("At least two kinds of source, and learners among them, or it stays a draft."),
    )  # fmt: skip

    looked = forms.BooleanField(
        label=_("I have looked at it: it points at nobody, and it harms nobody to read it."),
        required=False,
    )

    def __init__(self, *args: Any, school: int, things: list[Thing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        about: Any = self.fields["about"]
        language = get_language() or "en"
        # The sixteen elements stand once, below: a finding may speak of several.
        elements: Any = self.fields["elements"]
        elements.choices = [
            (
                one.name.said_in(language),
                [(each.key, each.name) for each in family(one.key, language)],
            )
            for one in families()
        ]
        sixteen = {each.key for key in QUILT for each in family(key, language)}
        lists: list[Any] = [
            (name or _now("Our conditions"), rows)
            for name, found in groups(language)
            if (rows := [(one.key, one.name) for one in found if one.key not in sixteen])
        ]
        about.choices = [("", _now("Nothing of this list")), *lists]
        self.was = self.initial.get("about", "")
        if self.was in sixteen:
            said = [self.was, *self.initial.get("elements", ())]
            self.initial.update(about="", elements=list(dict.fromkeys(said)))
        sources: Any = self.fields["sources"]
        sources.choices = [
            (who, [(f"{one.kind}-{one.pk}", Truncator(one.words).chars(140)) for one in rows])
            for who, rows in groupby(sorted(things, key=_order), key=lambda one: one.who)
        ]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        spoken = said.get("elements", [])
        if not said.get("about") and "about" not in self.errors:
            if spoken:
                said["about"] = self.was if self.was in spoken else spoken[0]
            else:
                self.add_error("about", _now("Say what it is about: choose here, or below."))
        for name in ("words", "words_es"):
            if said.get(name) and not said.get("looked") and self._points_at_somebody(said[name]):
                self.add_error(name, _now(
                    "It is held back: a word looks like a name of this school, or speaks of harm. "
                    "Read it once more, change it, or say that you have looked."
                ))  # fmt: skip
        said["elements"] = [key for key in spoken if key != said.get("about")]
        return said

    def _points_at_somebody(self, words: str) -> bool:
        """What stands leaves the school: those who were heard read it, and so does a street."""
        return bool(reasons_to_look(words, names_at(self.school), harm_phrases()))

    def clean_sources(self) -> list[tuple[str, int]]:
        parts = (one.split("-") for one in dict.fromkeys(self.cleaned_data["sources"]))
        return [(kind, int(pk)) for kind, pk in parts]


def _order(one: Thing) -> tuple[str, str]:
    return one.kind, one.who


class RecommendForm(KitForm):
    words = forms.CharField(
        label=_("What do you recommend?"), widget=forms.Textarea, max_length=LONGEST
    )
    words_es = forms.CharField(
        label=_("The same in Spanish"), widget=forms.Textarea, max_length=LONGEST, required=False
    )
    owner = forms.CharField(
        label=_("Who takes it on?"), max_length=120,
        help_text=_("It goes back to students and families: a role, or somebody who agreed."),
    )  # fmt: skip
    owner_es = forms.CharField(
        label=_("Who takes it on, in Spanish?"), max_length=120, required=False
    )
    next_step = forms.CharField(label=_("What is the next step?"), max_length=300)
    next_step_es = forms.CharField(
        label=_("The next step in Spanish"), max_length=300, required=False
    )
    by_when = forms.DateField(label=_("By when?"), widget=forms.DateInput)


class DoubtForm(KitForm):
    """On the open page: which of them, and what was meant."""

    finding = forms.ModelChoiceField(
        label=_("Which one is not what you said?"), queryset=Finding.objects.none(),
        widget=forms.RadioSelect, empty_label=None,
    )  # fmt: skip
    words = forms.CharField(
        label=_("What did you mean?"), widget=forms.Textarea, max_length=LONGEST,
        help_text=_("Nobody is asked who you are. Please write no names."),
    )  # fmt: skip

    def __init__(self, *args: Any, findings: list[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["finding"]
        chosen.queryset = Finding.objects.filter(pk__in=[one.pk for one in findings]).order_by(
            "-side", "pk"
        )
        chosen.label_from_instance = lambda one: one.said
