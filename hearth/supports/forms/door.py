"""What is typed at the school's door, and what the team types about it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.kit.forms import KitForm, RadioCards
from hearth.people.around import adults_of
from hearth.people.models import Person, Student
from hearth.people.words import LANGUAGES
from hearth.schools.models import School
from hearth.supports.forms.careful import CarefulForm
from hearth.supports.forms.for_whom import for_whom, offer
from hearth.supports.forms.wording import CALL_FIRST, in_words
from hearth.supports.models import Asker, Domain, HelpRequest, Phrase, Urgency
from hearth.supports.rules import phrases, safety

FEWEST_DIGITS = 7
BY_NUMBER = (Person.ReachBy.SMS, Person.ReachBy.PHONE, Person.ReachBy.WHATSAPP)


class HelpForm(CarefulForm):
    """Ask without an account: what goes well comes first, and a name of one's own comes last."""

    asker = forms.ChoiceField(label=_("Who is asking?"), choices=Asker.choices, widget=RadioCards)
    about_name = forms.CharField(
        label=_("Who is it about?"),
        help_text=_("First and last name, as far as you know them. Your own, if it is for you."),
        max_length=200,
    )
    about_grade = forms.CharField(label=_("Which grade or class?"), max_length=60, required=False)
    for_adult = forms.BooleanField(
        label=_("It is for an adult of this student's family"), required=False
    )
    strength = in_words(_("What is going well?"), _("Something they love or are good at."))
    concern = in_words(_("What is hard just now?"), _("In your own words, in any language."))
    urgency = forms.ChoiceField(
        label=_("How soon?"),
        choices=Urgency.choices,
        initial=Urgency.SOON,
        widget=RadioCards(explain=CALL_FIRST),
    )
    asker_name = forms.CharField(
        label=_("What is your name?"),
        help_text=_("You may leave this out."),
        max_length=200,
        required=False,
    )
    reach_by = forms.ChoiceField(
        label=_("How may we reach you?"),
        choices=[
            ("", _("Not at all: I will look at my own page")),
            *[choice for choice in Person.ReachBy.choices if choice[0] != Person.ReachBy.PAPER],
        ],
        required=False,
        widget=RadioCards,
    )
    reach_at = forms.CharField(
        label=_("Your number or e-mail address"), max_length=254, required=False
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        first = [(code, LANGUAGES[code]) for code in ("en", "es")]
        rest = sorted((str(name), code) for code, name in LANGUAGES.items())
        language.choices = first + [(code, name) for name, code in rest if code not in dict(first)]
        self.initial.setdefault("language", (get_language() or "en").partition("-")[0])

    def clean(self) -> dict[str, Any]:
        # Whoever is in danger is not asked to choose other words first.
        said = self.cleaned_data if self.is_danger else super().clean()
        self._check_the_way_back(said)
        return said

    @property
    def is_danger(self) -> bool:
        """Does what was typed say that somebody may not be safe?"""
        said = getattr(self, "cleaned_data", {})
        text = "\n".join(said.get(name) or "" for name in ("strength", "concern"))
        heard = Phrase.objects.found(text, phrases.DANGER, timezone.localdate())
        return safety.is_danger(said.get("urgency", ""), heard)

    def _check_the_way_back(self, said: dict[str, Any]) -> None:
        by, at = said.get("reach_by"), said.get("reach_at", "")
        if not by:
            said["reach_at"] = ""
        elif by == Person.ReachBy.EMAIL:
            try:
                validate_email(at)
            except ValidationError:
                self.add_error("reach_at", _("Write an e-mail address, like name@example.org."))
        elif by in BY_NUMBER and len(re.findall(r"\d", at)) < FEWEST_DIGITS:
            self.add_error("reach_at", _("Write a phone number, with its area code."))


class CallForm(HelpForm):
    """The same, taken down by staff from a call or at the counter."""

    school = forms.ModelChoiceField(
        School.objects.none(), label=_("At which school?"), empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school: Any = self.fields["school"]
        school.queryset = schools_of(user)
        school.label_from_instance = lambda one: one.name
        self.fields["asker_name"].label = _("What is their name?")
        self.fields["asker_name"].help_text = _("They may leave this out.")
        self.fields["reach_by"].label = _("How may we reach them?")
        self.fields["reach_at"].label = _("Their number or e-mail address")
        self.order_fields(["school"])
        if school.queryset.count() == 1:
            school.initial = school.queryset.first()
            school.widget = forms.HiddenInput()


def schools_of(user: User) -> Any:
    """The schools at which somebody works; for those who work for the district, every one."""
    schools = School.objects.filter(gone_on=None).order_by("name", "pk")
    posts = user.standing.posts
    if any(post.school_id is None and May.ASK_FOR_SUPPORT in user.standing.may for post in posts):
        return schools
    return schools.filter(pk__in=[post.school_id for post in posts])


class JoinForm(KitForm):
    """What the team must say before a request becomes a referral."""

    domain = forms.ChoiceField(
        label=_("What is it about?"), choices=Domain.choices, widget=RadioCards
    )
    adult = for_whom()

    def __init__(self, *args: Any, student: Student, asked: HelpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("domain", asked.domain)
        offer(self, adults_of(student))

    def clean(self) -> dict[str, Any]:
        return {"adult": None, **(super().clean() or self.cleaned_data)}


class AskerAnswerForm(CarefulForm):
    """What whoever asked at the door will read."""

    answer = in_words(
        _("Your answer"),
        _("In their language, if you can. You do not know for sure who reads it: say nothing of "
          "what stands with a student."),
    )  # fmt: skip
