"""What the board shows: its filters live in the address, so that a view of it can be sent on."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.kit.forms import KitForm
from hearth.supports.models import Domain, State
from hearth.supports.models.grounds import ReferralQuerySet, team_of
from hearth.supports.reading.narrowing import Wanted, narrow
from hearth.supports.rules.review import school_year, year_in_words

YEARS_BACK = 6


class BoardFilter(KitForm):
    """What to look for, and what to leave out."""

    q = forms.CharField(
        label=_("Name or word"),
        help_text=_("Notes are never searched."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto"}),
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All open ones")), *State.choices]
    )
    domain = forms.ChoiceField(
        label=_("About"), required=False, choices=[("", _("Everything")), *Domain.choices]
    )
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    year = forms.ChoiceField(label=_("Asked in the school year"), required=False)
    late = forms.BooleanField(label=_("Only what is past its day"), required=False)
    closed = forms.BooleanField(label=_("Closed ones, too"), required=False)
    folded = forms.BooleanField(
        label=_("What was closed long ago, too"),
        help_text=_("A clean slate: unfold it only when you need it. That you looked is kept."),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        team = _team(tuple(sorted(user.standing.schools(May.SEE_REFERRALS))))
        owner: Any = self.fields["owner"]
        owner.choices = [
            ("", _("Everybody")),
            ("me", _("Me")),
            ("nobody", _("Nobody yet")),
            *[(str(member.pk), member.name) for member in team if member.pk != user.pk],
        ]
        this_year = school_year(timezone.localdate())
        year: Any = self.fields["year"]
        year.choices = [
            ("", _("Every year")),
            *[(str(y), year_in_words(y)) for y in range(this_year, this_year - YEARS_BACK, -1)],
        ]

    def narrow(self, referrals: ReferralQuerySet, today: date) -> ReferralQuerySet:
        """Only what was asked for. A part of the address that makes no sense asks for nothing."""
        return narrow(referrals, self.wanted, self.user, today)

    @property
    def wanted(self) -> dict[str, str]:
        """What was chosen, as the address has it; what makes no sense is left out."""
        self.is_valid()
        return {
            name: "on" if value is True else str(value)
            for name, value in self.cleaned_data.items()
            if value
        }


@written_once
def _team(schools: tuple[int, ...]) -> QuerySet[User, Any]:
    return team_of(*schools)


def in_words(wanted: Wanted, names: Mapping[int, str]) -> list[str]:
    """Chosen filters as a person reads them; `names` are those of owners, by key."""
    said: dict[str, Callable[[str], object]] = {
        "state": lambda v: dict(State.choices).get(v, v),
        "domain": lambda v: dict(Domain.choices).get(v, v),
        "owner": lambda v: (
            {"me": _now("Me"), "nobody": _now("Nobody yet")}.get(v)
            or names.get(int(v) if v.isdecimal() else 0, v)
        ),
        "year": lambda v: year_in_words(int(v)),
    }
    fields = BoardFilter.base_fields
    return [
        f"{fields[name].label}: {said[name](value)}" if name in said
        else str(fields[name].label) if value == "on" else f"{fields[name].label}: {value}"
        for name, value in wanted.items()
        if name in fields
    ]  # fmt: skip
