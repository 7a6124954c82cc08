"""What is it about, and may these words leave?"""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, RadioCards
from hearth.listening.forms.words import as_answers
from hearth.listening.models import Interview
from hearth.listening.models.coding import Side
from hearth.listening.models.project import LONGEST
from hearth.listening.reading.conditions import groups
from hearth.listening.reading.names import names_at
from hearth.listening.rules.dated import harm_phrases
from hearth.listening.rules.quotes import HARM, reasons_to_look, refusal


class SortForm(KitForm):
    side = forms.ChoiceField(
        label=_("What do you hear in it?"), choices=as_answers(Side), widget=RadioCards
    )
    keys = forms.MultipleChoiceField(
        label=_("What is it about?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("As many as fit; none, if none does."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["keys"]
        lists = groups(get_language() or "en")
        self.names = {one.key: one.name for _list, rows in lists for one in rows}
        offered.choices = [
            (name or _now("Our conditions"), [(one.key, one.name) for one in rows])
            for name, rows in lists
        ]


class QuoteForm(KitForm):
    words = forms.CharField(
        label=_("Which words may leave?"), widget=forms.Textarea, max_length=LONGEST
    )
    looked = forms.BooleanField(
        label=_("I have looked at it: it points at nobody, and it harms nobody to read it."),
        required=False,
    )

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interview, self.harm = interview, False

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        words, told = said.get("words", ""), self.interview
        why = refusal(told.quote, words, (told.stories, told.needs, told.strengths))
        if why == "no":
            self.add_error("words", _now("The speaker said no: nothing of it is quoted."))
        elif why == "same":
            self.add_error("words", _now("The speaker allowed it only in other words."))
        held = reasons_to_look(words, names_at(told.school_id), harm_phrases())
        self.harm = HARM in held
        if held and not said.get("looked"):
            self.add_error("words", _now(
                "It is held back: a word looks like a name of this school, or speaks of harm. "
                "Read it once more, change it, or say that you have looked."
            ))  # fmt: skip
        return said
