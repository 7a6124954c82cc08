"""What somebody says of a source, of a rule, of what is paid for, and of who bears which part."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.kit.forms import KitForm
from hearth.partners.models import Funding
from hearth.partners.rules.funding import WHOLE, lacking
from hearth.schools.models import School


class _FromTo(KitForm):
    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts, ends = said.get("starts"), said.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _now("The last day comes after the first."))
        return said


class SourceForm(_FromTo):
    name = forms.CharField(label=_("What do you call it?"), max_length=120)
    given_by = forms.CharField(label=_("Who gives it?"), max_length=200)
    starts = forms.DateField(label=_("First day"), widget=forms.DateInput)
    ends = forms.DateField(
        label=_("Last day"), help_text=_("Leave it empty if it goes on from year to year."),
        required=False, widget=forms.DateInput,
    )  # fmt: skip


class RuleForm(_FromTo):
    words = forms.CharField(
        label=_("What may it pay for, and what not?"), widget=forms.Textarea, max_length=2000
    )
    source = forms.CharField(
        label=_("Where is that written?"),
        help_text=_("The grant letter, the law with its section, the page of a guide."),
        max_length=300,
    )
    address = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    starts = forms.DateField(label=_("Holds from"), widget=forms.DateInput)
    ends = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput)


class FundedForm(KitForm):
    """A position by what it does, never by who holds it. A service comes from its own page."""

    position = forms.CharField(
        label=_("Which position?"),
        help_text=_("What the person does, such as “Coordinator”. Write no name."),
        max_length=120,
    )
    school = forms.ChoiceField(label=_("At which school?"), required=False)

    def __init__(self, *args: Any, user: User, of_service: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_service:
            del self.fields["position"]
        whole = user.standing.reaches(May.KEEP_FUNDING, Reach.DISTRICT)
        rows = School.objects.filter(gone_on=None).order_by("name")
        if not whole:
            rows = rows.filter(pk__in=user.standing.schools(May.KEEP_FUNDING))
        self.schools = {str(one.pk): one for one in rows}
        chosen: Any = self.fields["school"]
        every = [("", _("All schools"))] if whole else []
        chosen.choices = [*every, *((key, one.name) for key, one in self.schools.items())]

    @property
    def said(self) -> dict[str, Any]:
        school = self.schools.get(self.cleaned_data["school"])
        return {"position": self.cleaned_data.get("position", ""), "school": school}


class SplitForm(KitForm):
    """One field to a source. Together they make exactly 100."""

    starts = forms.DateField(label=_("From which day?"), widget=forms.DateInput)

    def __init__(
        self, *args: Any, sources: Sequence[Funding], before: dict[int, Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources = sources
        for one in sources:
            self.fields[f"part_{one.pk}"] = forms.DecimalField(
                label=one.name, help_text=_lasts(one), required=False, min_value=0, max_value=100,
                max_digits=5, decimal_places=2, initial=before.get(one.pk),
                widget=forms.NumberInput(attrs={"class": "form-control", "step": "any"}),
            )  # fmt: skip
        self.fields["cost"] = forms.DecimalField(
            label=_("What does it cost a year, in dollars?"), required=False, min_value=0,
            max_digits=12, decimal_places=2,
            widget=forms.NumberInput(attrs={"class": "form-control", "step": "any"}),
        )  # fmt: skip
        self.fields["why"] = forms.CharField(
            label=_("Why?"), required=False, max_length=1000,
            widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
        )  # fmt: skip

    @property
    def parts(self) -> dict[int, Decimal]:
        named = {one.pk: self.cleaned_data.get(f"part_{one.pk}") for one in self.sources}
        return {key: part for key, part in named.items() if part}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and (missing := lacking(self.parts.values())):
            makes = f"{(WHOLE - missing).normalize():f}"
            raise forms.ValidationError(
                _now("The parts make %(sum)s percent together. They must make exactly 100.")
                % {"sum": makes}
            )
        return said


def _lasts(one: Funding) -> str:
    if one.ends is None:
        return _now("in percent; goes on from year to year")
    return _now("in percent; ends on %(day)s") % {"day": one.ends.isoformat()}


class StopForm(KitForm):
    on = forms.DateField(label=_("From which day?"), widget=forms.DateInput)
