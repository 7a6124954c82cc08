"""What is typed about a plan: words, goals, who does what, the review, tiers, what the law asks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.kit.forms import KitForm, RadioCards
from hearth.people.words import LANGUAGES
from hearth.supports.actions.plan import NewGoal, NewStrategy
from hearth.supports.forms.careful import CarefulForm
from hearth.supports.forms.wording import in_words
from hearth.supports.models import Domain, Entitlement, Goal, PlanReview, Tier

SOMEBODY_ELSE = "else"
MORE = 3
SHARED = _("The family and the student read this.")


class WordsForm(CarefulForm):
    """What the plan stands on: a strength, and what the student and the family said."""

    builds_on = in_words(
        _("Which strength does it build on?"),
        _("Something the student loves or does well. The plan begins there."),
    )
    student_words = in_words(
        _("What does the student say?"), _("In their own words, as they said it."), required=False
    )
    family_words = in_words(
        _("What does the family say?"),
        _("In their own words and their own language, if you can write it down so."),
        required=False,
    )
    family_language = forms.ChoiceField(
        label=_("In which language is that?"),
        required=False,
        choices=[("", "…"), *LANGUAGES.items()],
    )


class PlanForm(WordsForm):
    """A new plan; its goals and strategies are forms beside this one."""

    review_on = forms.DateField(
        label=_("When do we look again?"),
        help_text=_("In six to eight weeks of school."),
        widget=forms.DateInput,
    )


class GoalForm(CarefulForm):
    words = forms.CharField(
        label=_("What is the goal?"),
        help_text=_("One thing to reach, as the person says it."),
        max_length=1000,
        widget=forms.Textarea,
    )
    whose = forms.ChoiceField(
        label=_("Whose words are these?"),
        choices=Goal.Whose.choices,
        initial=Goal.Whose.STUDENT,
        widget=RadioCards,
    )
    domain = forms.ChoiceField(
        label=_("What is it about?"), choices=Domain.choices, initial=Domain.ACADEMIC
    )

    def said(self) -> NewGoal:
        return NewGoal(**self.cleaned_data)


class StrategyForm(CarefulForm):
    """Who does what, how often. Those around the student have accounts; anybody else has a name."""

    what = forms.CharField(
        label=_("What is done?"), max_length=1000, widget=forms.Textarea, help_text=SHARED
    )
    doer = forms.ChoiceField(label=_("Who does it?"))
    doer_name = forms.CharField(
        label=_("The name of somebody else"), max_length=200, required=False
    )
    how_often = forms.CharField(
        label=_("How often?"), help_text=_("Like: three times a week, ten minutes"), max_length=100
    )

    def __init__(self, *args: Any, around: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = {str(user.pk): user for user in around}
        doer: Any = self.fields["doer"]
        people = [(key, user.name) for key, user in self.around.items()]
        doer.choices = [("", "…"), *people, (SOMEBODY_ELSE, _("Somebody else"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("doer") == SOMEBODY_ELSE and not cleaned.get("doer_name", "").strip():
            self.add_error("doer_name", _("Please write the name."))
        return cleaned

    def said(self) -> NewStrategy:
        typed = self.cleaned_data
        doer = self.around.get(typed["doer"])
        return NewStrategy(
            what=typed["what"],
            how_often=typed["how_often"],
            doer=doer,
            doer_name="" if doer else typed["doer_name"],
        )


GoalForms = forms.formset_factory(
    GoalForm, extra=MORE - 1, min_num=1, max_num=MORE, validate_min=True, validate_max=True
)
StrategyForms = forms.formset_factory(
    StrategyForm, extra=MORE - 1, min_num=1, max_num=MORE, validate_min=True, validate_max=True
)


class ReviewForm(CarefulForm):
    """One look at a plan. Whether it was done as planned is asked before what to decide."""

    as_planned = forms.TypedChoiceField(
        label=_("Was it done as planned?"),
        help_text=_("Look at this first: what was not done could not help."),
        choices=[("yes", _("Yes")), ("no", _("Not yet")), ("", _("We cannot say"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=RadioCards,
    )
    decided = forms.ChoiceField(
        label=_("What do you decide together?"),
        choices=PlanReview.Decided.choices,
        widget=RadioCards,
    )
    words = in_words(_("Why?"), SHARED)
    next_review_on = forms.DateField(
        label=_("When do we look again?"),
        help_text=_("In six to eight weeks of school. Not needed when the plan ends."),
        required=False,
        widget=forms.DateInput,
    )


class TierForm(CarefulForm):
    level = forms.TypedChoiceField(
        label=_("How much support?"), choices=Tier.Level.choices, coerce=int, widget=RadioCards
    )
    reason = in_words(_("Why now?"), SHARED)
    entry_rule = in_words(
        _("By which rule does it begin?"), _("What your school agreed on, for every student alike.")
    )
    exit_rule = in_words(
        _("By which rule does it end?"),
        _("What must be reached, so that it does not last forever."),
    )
    instead_of = forms.IntegerField(required=False, widget=forms.HiddenInput)


class EndTierForm(CarefulForm):
    because = in_words(_("Why does it end?"), SHARED)


class EntitlementForm(CarefulForm):
    """What an IEP or 504 plan asks of those who teach the student. Its document stays elsewhere."""

    kind = forms.ChoiceField(
        label=_("Which plan?"), choices=Entitlement.Kind.choices, widget=RadioCards
    )
    accommodations = in_words(
        _("Which accommodations?"),
        _("What everybody who teaches the student must do. No diagnosis belongs here."),
    )
    services = in_words(
        _("Which services?"), _("What, how often, how long, where."), required=False
    )
    general_education_percent = forms.IntegerField(
        label=_("How much of the day with classmates in general education, in percent?"),
        required=False,
        min_value=0,
        max_value=100,
    )
    case_manager = forms.ChoiceField(label=_("Who keeps it?"))
    starts_on = forms.DateField(label=_("Since when?"), widget=forms.DateInput)
    review_on = forms.DateField(label=_("Yearly review by"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, around: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = {str(user.pk): user for user in around}
        keeper: Any = self.fields["case_manager"]
        keeper.choices = [("", "…"), *((key, user.name) for key, user in self.around.items())]

    def clean_case_manager(self) -> User:
        return self.around[self.cleaned_data["case_manager"]]


class EndEntitlementForm(KitForm):
    on = forms.DateField(label=_("On which day did it end?"), widget=forms.DateInput)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("That day is still ahead."))
        return on
