"""What is typed about a meeting: the day, who is there, what is decided, what became of it."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.kit.forms import KitForm
from hearth.people.models.team import family_of
from hearth.supports.forms.careful import CarefulForm
from hearth.supports.forms.wording import in_words
from hearth.supports.models import Meeting, Part, Referral
from hearth.supports.models.grounds import team_of
from hearth.supports.rules.meeting import NEW


class PlanMeetingForm(KitForm):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return on


A_GUEST = 200  # letters; as many as the row keeps


class PresentForm(KitForm):
    """Who is there: the team is asked by name, guests are written."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Of the team"), widget=forms.CheckboxSelectMultiple
    )
    guests = forms.CharField(
        label=_("Guests"),
        help_text=_("One name to a line, with what they do: “Dana Reyes, school nurse”."),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, meeting: Meeting, seats: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        people: Any = self.fields["people"]
        people.queryset = team_of(meeting.school_id)
        people.label_from_instance = self._with_part
        there = list(meeting.present.all())
        known = [row.user_id for row in there if row.user_id]
        # Not said yet: begin with everybody at the table, and untick who is missing.
        self.initial["people"] = known or list(seats)
        self.initial["guests"] = "\n".join(row.name for row in there if not row.user_id)

    def _with_part(self, user: User) -> str:
        part = self.seats.get(user.pk, Part.MEMBER)
        return user.name if part == Part.MEMBER else f"{user.name} · {Part(part).label}"

    def clean_guests(self) -> str:
        told: str = self.cleaned_data["guests"]
        if any(len(line.strip()) > A_GUEST for line in told.splitlines()):
            raise forms.ValidationError(_("Give each guest a line, with a name and a few words."))
        return told

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        people = said.get("people") or []
        return {
            "parts": {user: self.seats.get(user.pk, Part.MEMBER) for user in people},
            "guests": (said.get("guests") or "").splitlines(),
        }


class DecideForm(CarefulForm):
    """What, who, by when; and, for a referral, what whoever asked may know."""

    words = in_words(_("What do we do?"))
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Who does it?"), empty_label="…")
    due_on = forms.DateField(label=_("By which day?"), widget=forms.DateInput)
    takes_over = forms.BooleanField(
        label=_("This person looks after the referral from now on"), required=False
    )
    answer = in_words(
        _("What may the person who asked know?"),
        _("It is sent when the meeting is closed. Leave out what is private."),
        required=False,
    )

    def __init__(
        self, *args: Any, meeting: Meeting, referral: Referral | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        people = team_of(meeting.school_id)
        owner.queryset = (
            people.exclude(family_of(referral.student_id)) if referral is not None else people
        )
        owner.label_from_instance = lambda user: user.name
        if referral is None:
            del self.fields["answer"]
        if referral is None or referral.state not in NEW:
            del self.fields["takes_over"]
        for name in ("words", "answer"):
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 3

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return due_on


class BecameForm(CarefulForm):
    became = in_words(
        _("What became of it?"), _("A sentence is enough. The team reads it next time.")
    )
