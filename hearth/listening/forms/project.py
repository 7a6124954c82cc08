"""A listening project as its guiding group would say it, and one day of its calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, KitFormMixin
from hearth.listening.models import ListeningProject
from hearth.listening.models.project import LONGEST
from hearth.schools.models import School, Session

MOST_QUESTIONS = 12


class ProjectForm(KitFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """One page. A question a line: what we want to know, never who."""

    questions = forms.CharField(
        label=_("What do we want to know?"), help_text=_("One question a line."),
        widget=forms.Textarea, max_length=LONGEST,
    )  # fmt: skip

    questions_es = forms.CharField(
        label=_("What do we want to know, in Spanish?"), help_text=_("One question a line."),
        widget=forms.Textarea, max_length=LONGEST, required=False,
    )  # fmt: skip

    class Meta:
        model = ListeningProject
        fields = ("title", "title_es", "session", "purpose", "purpose_es", "questions",
                  "questions_es", "guiding_group", "guiding_group_es", "story", "story_es",
                  "starts", "ends", "consent_en", "consent_es")  # fmt: skip
        widgets = {"starts": forms.DateInput(), "ends": forms.DateInput()}
        labels = {
            "title": _("What is it called?"), "session": _("School year"),
            "title_es": _("What is it called, in Spanish?"),
            "story": _("What is the story?"), "story_es": _("What is the story, in Spanish?"),
            "guiding_group_es": _("Who guides it, in Spanish?"),
            "purpose_es": _("Why do we listen, in Spanish?"),
            "purpose": _("Why do we listen?"), "guiding_group": _("Who guides it?"),
            "starts": _("First day"), "ends": _("Last day"),
            "consent_en": _("What do we tell people first, in English?"),
            "consent_es": _("What do we tell people first, in Spanish?"),
        }  # fmt: skip
        help_texts = {
            "title_es": _("So that a report in Spanish is in Spanish. Written by a person."),
            "story": _(
                "Later, when it was read together: whom you set out to hear, what surprised "
                "you, what it means. The report begins with it. No names of children."
            ),
            "guiding_group": _("Students, families, staff and partners, by name and role."),
            "consent_en": _("What it is for, that they may leave out anything, who reads it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: Any = self.fields["session"]
        years.queryset = Session.objects.filter(kind=Session.Kind.YEAR, gone_on=None).order_by(
            "-starts"
        )
        years.label_from_instance = lambda year: year.title
        years.required = False
        years.empty_label = _now("Not reported")
        if self.instance.pk:
            for name in ("questions", "questions_es"):
                self.initial[name] = "\n".join(getattr(self.instance, name))

    def clean_questions(self) -> list[str]:
        return self._lines("questions")

    def clean_questions_es(self) -> list[str]:
        return self._lines("questions_es")

    def _lines(self, name: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines()]
        asked = [line for line in lines if line]
        if len(asked) > MOST_QUESTIONS:
            raise forms.ValidationError(_now("Keep to twelve at most: people tire."))
        if any(len(line) > 300 for line in asked):
            raise forms.ValidationError(_now("Make each question shorter: one breath long."))
        return asked

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts, ends = said.get("starts"), said.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _now("The last day comes after the first."))
        return said


class WhereForm(KitForm):
    """At which school, for whoever works at several."""

    school = forms.ModelChoiceField(label=_("At which school?"), queryset=School.objects.none())

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["school"]
        chosen.queryset, chosen.label_from_instance = schools, lambda school: school.name


class DayForm(KitForm):
    day = forms.DateField(label=_("Which day?"), widget=forms.DateInput)
    what = forms.CharField(label=_("What happens?"), max_length=300)
    what_es = forms.CharField(label=_("What happens, in Spanish?"), max_length=300, required=False)
    to_whom = forms.CharField(
        label=_("To whom does what was heard come back?"),
        help_text=_("Leave it empty for any other day."), max_length=120, required=False,
    )  # fmt: skip
    to_whom_es = forms.CharField(label=_("To whom, in Spanish?"), max_length=120, required=False)
