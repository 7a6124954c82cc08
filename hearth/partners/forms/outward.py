"""What goes to a partner, what comes back, and the family's word on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, RadioCards
from hearth.partners.forms.search import how_far
from hearth.partners.models import Contact, SchoolPlace
from hearth.partners.models.words import Declined, Met, Need, OutState
from hearth.partners.reading.search import Wanted
from hearth.partners.rules import outward as rules
from hearth.partners.rules.said import read_as
from hearth.people.words import LANGUAGES

ANSWERS = {
    OutState.ACCEPTED: _("We take it"),
    OutState.WAITING: _("They are on our waiting list"),
    OutState.SERVED: _("A first visit took place"),
    OutState.DECLINED: _("We cannot take it"),
    OutState.ENDED: _("The service has ended"),
}


class FindForm(KitForm):
    """What could help this student: a need, a language, words."""

    q = forms.CharField(label=_("In your own words"), max_length=200, required=False)
    need = forms.ChoiceField(
        label=_("Need"), choices=[("", _("Any")), *Need.choices], required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=(), required=False)
    near = forms.TypedChoiceField(
        label=_("How far from school"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, place: SchoolPlace | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        if place:
            near: Any = self.fields["near"]
            near.choices = how_far()
        else:
            del self.fields["near"]
        spoken: Any = self.fields["language"]
        named = sorted(((code, str(name)) for code, name in LANGUAGES.items()), key=lambda e: e[1])
        spoken.choices = [("", _("Any")), *named]

    @property
    def wanted(self) -> Wanted:
        """As the search asks for it. A first look shows everything that fits the grade."""
        if not self.is_bound or not self.is_valid():
            return Wanted()
        said = self.cleaned_data
        return Wanted(
            typed=said["q"], said=read_as(said["q"]), need=said["need"], language=said["language"],
            miles=said.get("near"), place=self.place,
        )  # fmt: skip


class SendForm(KitForm):
    """To whom, and what you ask for in one or two sentences."""

    contact = forms.ChoiceField(label=_("Who reads it there?"), widget=RadioCards)
    words = forms.CharField(
        label=_("What do you ask for?"),
        help_text=_("One or two sentences that the family may read. No story, no diagnosis, "
                    "nothing that was told in confidence."),
        widget=forms.Textarea, max_length=600,
    )  # fmt: skip

    need = forms.ChoiceField(
        label=_("What is it about?"),
        help_text=_("The service helps with several things. This says for which one it is asked."),
        required=False,
    )

    def __init__(
        self, *args: Any, contacts: list[Contact], needs: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(needs) > 1:
            about: Any = self.fields["need"]
            about.choices = [(key, Need(key).label) for key in needs]
        else:
            del self.fields["need"]
        self.contacts = {str(one.pk): one for one in contacts}
        chosen: Any = self.fields["contact"]
        chosen.choices = [(key, one.name) for key, one in self.contacts.items()]
        if contacts:
            self.initial.setdefault("contact", str(contacts[0].pk))

    @property
    def sent(self) -> dict[str, Any]:
        return {
            "contact": self.contacts[self.cleaned_data["contact"]],
            "words": self.cleaned_data["words"],
            "need": self.cleaned_data.get("need", ""),
        }


def belongs_to(answer: str) -> dict[str, str]:
    """The field stands there once this is chosen; without JavaScript from the start."""
    return {"data-belongs-to": f"to={answer}"}


class PartnerAnswerForm(KitForm):
    """One answer: which, and the one thing that belongs to it."""

    to = forms.ChoiceField(label=_("What can you say?"), widget=RadioCards)
    wait_until = forms.DateField(
        label=_("Until which day do they wait, as far as you know?"),
        required=False, widget=forms.DateInput(belongs_to(OutState.WAITING)),
    )  # fmt: skip
    first_service_on = forms.DateField(
        label=_("On which day was the first visit?"),
        required=False,
        widget=forms.DateInput(belongs_to(OutState.SERVED)),
    )
    declined_because = forms.ChoiceField(
        label=_("Why not?"),
        choices=[("", "-"), *Declined.choices],
        required=False,
        widget=forms.Select(belongs_to(OutState.DECLINED)),
    )
    words = forms.CharField(
        label=_("A word for the school"),
        help_text=_("When, where, what to bring. Nothing about health, please."),
        widget=forms.Textarea, max_length=600, required=False,
    )  # fmt: skip

    NEEDED = {
        OutState.WAITING: ("wait_until", _("Write a day, even a rough one: the school asks again "
                                           "then.")),
        OutState.SERVED: ("first_service_on", _("Write the day of the first visit.")),
        OutState.DECLINED: ("declined_because", _("Say why, so that the school can look for "
                                                  "something else.")),
        rules.MORE: ("words", _("Write what the school should know.")),
    }  # fmt: skip

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["to"]
        follows: list[tuple[str, Any]] = [
            (to, label) for to, label in ANSWERS.items() if rules.may_follow(state, to)
        ]
        self.is_open = bool(follows)  # whether there is anything left to say
        if follows:
            follows.append((rules.MORE, _("Only a word, no answer yet")))
        # A second press of the same button comes when it stands there already: no fault of theirs.
        again = [(to, label) for to, label in ANSWERS.items() if self.is_bound and to == state]
        chosen.choices = list(dict([*follows, *again]).items())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        to = said.get("to", "")
        for answer, (field, words) in self.NEEDED.items():
            if to == answer and not said.get(field):
                self.add_error(field, words)
            elif to != answer and field != "words":
                said[field] = "" if field == "declined_because" else None
        return said


class MetForm(KitForm):
    """The family's word: was the need met, and what is still needed."""

    met = forms.ChoiceField(label=_("Did it help?"), choices=Met.choices, widget=RadioCards)
    still_needed = forms.CharField(
        label=_("What is still needed?"),
        help_text=_("In your own words, in any language. You may leave this out."),
        widget=forms.Textarea(attrs={"dir": "auto"}), max_length=1000, required=False,
    )  # fmt: skip


class WordsForm(KitForm):
    """Why, in one sentence."""

    words = forms.CharField(label=_("Why?"), widget=forms.Textarea, max_length=600, required=False)
