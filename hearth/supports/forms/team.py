"""What a new team is asked, one question at a time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.kit.forms import KitForm, RadioCards
from hearth.schools.models import School
from hearth.supports.forms.wording import in_words
from hearth.supports.models import Part, Team
from hearth.supports.models.grounds import team_of
from hearth.supports.paper import sample

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
]
RHYTHMS = [
    (1, _("Every week")),
    (2, _("Every two weeks")),
    (3, _("Every three weeks")),
    (4, _("Every four weeks")),
]


class TeamForm(KitForm):
    """One question to a team; it begins with what the team said before."""

    def __init__(self, *args: Any, school: School, team: Team | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school, self.team = school, team
        for name in self.fields:
            if team is not None and hasattr(team, name):
                self.initial.setdefault(name, getattr(team, name))

    def choose_from(self, name: str) -> None:
        """Offer those who may work on referrals at this school."""
        field: Any = self.fields[name]
        field.queryset = team_of(self.school.pk)
        field.label_from_instance = lambda user: user.name


class MembersForm(TeamForm):
    members = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who sits at the table?"),
        help_text=_(
            "Everybody who may work on referrals at this school stands here. Others come as guests."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    facilitator = forms.ModelChoiceField(
        User.objects.none(), label=_("Who leads the meeting?"), empty_label="…"
    )
    notes = forms.ModelChoiceField(
        User.objects.none(), label=_("Who takes notes?"), required=False, empty_label="…"
    )
    time = forms.ModelChoiceField(
        User.objects.none(), label=_("Who keeps the time?"), required=False, empty_label="…"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("members", *self.parts()):
            self.choose_from(name)
        rows = self.team.members.filter(ends=None) if self.team else []
        self.initial["members"] = [row.user_id for row in rows]
        self.initial.update({row.part: row.user_id for row in rows if row.part != Part.MEMBER})

    @staticmethod
    def parts() -> list[str]:
        return [part.value for part in Part if part != Part.MEMBER]

    def clean(self) -> dict[str, Any]:
        """Whoever has a part is a member; nobody has two."""
        said = super().clean() or self.cleaned_data
        parts: dict[User, str] = dict.fromkeys(said.get("members") or [], Part.MEMBER)
        chosen = [(said.get(name), name) for name in self.parts() if said.get(name)]
        if len({user for user, _name in chosen}) < len(chosen):
            raise forms.ValidationError(_("Give each part to another person, or leave it open."))
        return {"members": parts | dict(chosen)}


class NormsForm(TeamForm):
    norms = in_words(
        _("How will you work together?"),
        _("One line each. These are a beginning: strike out, add, say it in your own words."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["norms"] = self.initial.get("norms") or sample.norms()
        self.fields["norms"].widget.attrs["rows"] = 9


class RhythmForm(TeamForm):
    weekday = forms.TypedChoiceField(
        label=_("On which day?"), choices=WEEKDAYS, coerce=int, widget=RadioCards
    )
    every_weeks = forms.TypedChoiceField(
        label=_("How often?"), choices=RHYTHMS, coerce=int, widget=RadioCards
    )
    starts_at = forms.TimeField(
        label=_("When does it begin?"), required=False, widget=forms.TimeInput
    )
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=15, max_value=180)
    place = forms.CharField(label=_("Where?"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("every_weeks", 1)
        self.initial.setdefault("minutes", 45)


class WelcomeForm(TeamForm):
    welcome_en = in_words(_("Your words in English"), required=False)
    welcome_es = in_words(
        _("Your words in Spanish"),
        _("Ask somebody who speaks it at home to read it once."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in ("en", "es"):
            name = f"welcome_{language}"
            self.initial[name] = self.initial.get(name) or sample.welcome(language)


class OnCallForm(TeamForm):
    on_call = forms.ModelChoiceField(
        User.objects.none(), label=_("Who is called first?"), empty_label="…"
    )
    on_call_next = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who stands in?"),
        help_text=_("When the first cannot be reached."),
        required=False,
        empty_label="…",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("on_call", "on_call_next"):
            self.choose_from(name)


class DoorForm(TeamForm):
    door_open = forms.TypedChoiceField(
        label=_("May families and students ask without an account?"),
        choices=[
            ("True", _("Yes, open the door")),
            ("False", _("Not yet")),
        ],
        coerce=lambda said: said == "True",
        widget=RadioCards(
            explain={
                "True": _("Your school has a page and a poster. The team reads what comes in."),
                "False": _("Only staff ask. You can open the door on any day."),
            }
        ),
    )
