"""What is typed about a referral: asking, each step, the answer, a note, the board's filters."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.kit.forms import RadioCards
from hearth.people.models import Guardian
from hearth.supports.forms.careful import CarefulForm
from hearth.supports.forms.for_whom import for_whom, offer
from hearth.supports.forms.wording import CALL_FIRST, in_words, said_why
from hearth.supports.models import (
    AssessmentRequest,
    ClosedBecause,
    Domain,
    Referral,
    Urgency,
)
from hearth.supports.models.grounds import team_of


class AskForm(CarefulForm):
    """Ask for support: what goes well comes first."""

    strength = in_words(
        _("What is going well?"), _("Something this student loves, is good at, or did lately.")
    )
    concern = in_words(_("What is hard just now?"), _("What you see and hear, in your own words."))
    domain = forms.ChoiceField(
        label=_("What is it about?"), choices=Domain.choices, widget=RadioCards
    )
    adult = for_whom()
    urgency = forms.ChoiceField(
        label=_("How soon?"),
        choices=Urgency.choices,
        initial=Urgency.SOON,
        widget=RadioCards(explain=CALL_FIRST),
    )
    tried = in_words(_("What was tried already?"), required=False)
    assessment = forms.ChoiceField(
        label=_("Is somebody asking for an assessment or a 504 plan?"),
        help_text=_("The family or you. It begins at once, and waits for nothing the team does."),
        choices=[("", _("No")), *AssessmentRequest.Kind.choices],
        required=False,
    )

    def __init__(self, *args: Any, adults: QuerySet[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, adults)

    def clean(self) -> dict[str, Any]:
        return {"adult": None, **super().clean()}


class StepForm(CarefulForm):
    """A step that needs no more than a word about it. Every other step's form grows from it."""

    why = said_why(_("A word about it"))

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral = referral
        self.order_fields([name for name in self.fields if name != "why"] + ["why"])


class TriageForm(StepForm):
    why = said_why(_("What did the team see in it?"), required=True)


class SafetyForm(StepForm):
    why = said_why(_("What did you see or hear?"), required=True)


class OwnerForm(StepForm):
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Who looks after it from now on?"), empty_label="…"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = team_of(self.referral.school_id)
        owner.label_from_instance = lambda user: user.name
        self.initial.setdefault("owner", self.referral.owner_id)


class PlanForm(StepForm):
    why = in_words(
        _("What will be done, by whom?"), _("One or two sentences. The plan builds on a strength.")
    )


class ServiceForm(StepForm):
    service = forms.CharField(
        label=_("Which service?"),
        help_text=_("One service; a second one is a second referral."),
        max_length=200,
    )
    provider = forms.CharField(label=_("Who provides it?"), max_length=200, required=False)


class WaitingListForm(StepForm):
    until = forms.DateField(
        label=_("When will you ask again?"),
        widget=forms.DateInput,
        help_text=_("Today or a later day."),
    )

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return until


class FirstServiceForm(StepForm):
    on = forms.DateField(
        label=_("On which day did the first service take place?"),
        help_text=_("An appointment is not a service yet."),
        widget=forms.DateInput,
    )


class CloseForm(StepForm):
    because = forms.ChoiceField(
        label=_("Why is it done?"), choices=ClosedBecause.choices, widget=forms.RadioSelect,
        help_text=_("Where a student may consent alone, choose “Linked, confidential” and write "
                    "nothing: these two words are all that is kept."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.referral.student.gone_on:
            self.initial.setdefault("because", ClosedBecause.MOVED)


class AnswerForm(CarefulForm):
    """What the person who asked will read."""

    answer = in_words(
        _("Your answer"),
        _("What the team will do, or what you ask of them. Leave out what is private."),
    )


class NoteForm(CarefulForm):
    """A note for the team; restricted only where the writer may write so."""

    body = in_words(_("Note"))
    restricted = forms.BooleanField(
        label=_("Only for those who may read restricted notes"), required=False
    )

    def __init__(self, *args: Any, may_restrict: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_restrict:
            del self.fields["restricted"]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("restricted"):
            self.belongs_here = frozenset({"in_confidence"})
        return {"restricted": False, **super().clean()}
