"""A survey as somebody makes it: which questions to begin with, its days, and each question."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm, RadioCards
from hearth.listening.forms.words import as_answers
from hearth.listening.models import Audience, Survey, Way
from hearth.listening.reading.sheet import NATIVE
from hearth.listening.rules import building
from hearth.listening.rules.questions import Kind, group_question, said_in
from hearth.listening.rules.sets import shipped

KINDS = [
    (Kind.SCALE, _("One of several, from least to most")),
    (Kind.CHOICE, _("One of several")),
    (Kind.MANY, _("Any of several")),
    (Kind.TEXT, _("In their own words")),
]
FAULTS = {
    "two_conditions": _("A question hangs on the answers to one question before it, not on two."),
    "two_options": _("Write at least two answers, one a line."),
    "uneven_options": _("Write as many answers in each language, or none."),
    "too_many": _("Forty questions are enough: people tire."),
}


def _sets() -> list[tuple[str, str]]:
    page = (get_language() or "en")[:2]
    return [(one.key, said_in(one.title, page)[0]) for one in shipped().values()]


class NewSurveyForm(KitForm):
    begin_with = forms.ChoiceField(
        label=_("Begin with which questions?"),
        help_text=_("All of them can be changed before it opens."), widget=RadioCards,
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=_("Who is asked?"), required=False,
        choices=[("", _("Those for whom the questions are written")), *as_answers(Audience)],
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("How do they come to it?"), choices=as_answers(Way), widget=RadioCards,
        initial=Way.OPEN,
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), choices=list(NATIVE.items()), initial=["en", "es"],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    opens = forms.DateField(label=_("First day"), widget=forms.DateInput)
    closes = forms.DateField(label=_("Last day"), widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin: Any = self.fields["begin_with"]
        begin.choices = [*_sets(), ("", _now("Nothing: write your own"))]
        begin.required = False
        self.initial.setdefault("begin_with", "students")
        today = timezone.localdate()
        self.initial.setdefault("opens", today)
        self.initial.setdefault("closes", today + timedelta(days=14))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen = shipped().get(said.get("begin_with", ""))
        said["audience"] = said.get("audience") or (chosen.audience if chosen else "")
        if not said["audience"]:
            self.add_error("audience", _now("Please choose one."))
        return _days_in_order(self, said)

    def told(self) -> dict[str, Any]:
        """The fields of the survey."""
        said = dict(self.cleaned_data)
        chosen = shipped().get(said.pop("begin_with"))
        if chosen is None:
            title = {"en": "A survey", "es": "Una encuesta"}
            return said | {"title": title, "intro": {}, "sheet": []}
        return said | {
            "title": dict(chosen.title), "intro": dict(chosen.intro), "sheet": list(chosen.sheet),
        }  # fmt: skip


class DaysForm(KitForm):
    """Its names, its days, and how many are asked: all of them, and of each group."""

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey, opened = survey, survey.opened_at is not None
        self.group = group_question(survey.questions)
        if not opened:
            for code in survey.languages:
                here = {"language": NATIVE.get(code, code)}
                self._text(f"title_{code}", _now("Title in %(language)s") % here,
                           survey.title.get(code, ""), 200)  # fmt: skip
                self._text(f"intro_{code}", _now("What it is for, in %(language)s") % here,
                           survey.intro.get(code, ""), 1000)  # fmt: skip
            self.fields["opens"] = forms.DateField(label=_("First day"), initial=survey.opens)
        self.fields["closes"] = forms.DateField(label=_("Last day"), initial=survey.closes)
        self._number("known", _now("How many people are asked?"), survey.known)
        page = (get_language() or "en")[:2]
        for option in self.group.options if self.group else ():
            words = said_in(option.words, page)[0]
            self._number(f"of_{option.key}", _now("How many of: %(group)s") % {"group": words},
                         survey.known_by_group.get(option.key))  # fmt: skip
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "form-control")
            if isinstance(field, forms.DateField):
                field.widget.input_type, field.widget.format = "date", "%Y-%m-%d"

    def _text(self, name: str, label: str, initial: str, most: int) -> None:
        self.fields[name] = forms.CharField(
            label=label, initial=initial, max_length=most, required=False
        )

    def _number(self, name: str, label: str, initial: int | None) -> None:
        self.fields[name] = forms.IntegerField(
            label=label, initial=initial, min_value=0, max_value=100_000, required=False
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return _days_in_order(self, {"opens": self.survey.opens} | said)

    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        told = {"closes": said["closes"], "known": said.get("known")}
        told["known_by_group"] = {
            option.key: said[f"of_{option.key}"]
            for option in (self.group.options if self.group else ())
            if said.get(f"of_{option.key}") is not None
        }
        if self.survey.opened_at is None:
            told["opens"] = said["opens"]
            for name in ("title", "intro"):
                told[name] = {
                    code: said[f"{name}_{code}"]
                    for code in self.survey.languages
                    if said.get(f"{name}_{code}")
                }
        return told


class QuestionForm(KitForm):
    """One question, its languages side by side."""

    kind = forms.ChoiceField(label=_("How is it answered?"), choices=KINDS, widget=RadioCards)

    def __init__(
        self, *args: Any, languages: Sequence[str], sheet: Sequence[Mapping[str, Any]],
        row: Mapping[str, Any] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.languages, self.row = list(languages), row or {}
        self.initial["kind"] = self.row.get("kind", Kind.SCALE)
        for code in self.languages:
            here = {"language": NATIVE.get(code, code)}
            self._area(f"words_{code}", _now("The question in %(language)s") % here, 2,
                       self.row.get("words", {}).get(code, ""))  # fmt: skip
        for code in self.languages:
            here = {"language": NATIVE.get(code, code)}
            said = [o["words"].get(code, "") for o in self.row.get("options", ())]
            self._area(f"options_{code}", _now("Its answers in %(language)s, one a line") % here, 5,
                       "\n".join(said) if all(said) else "")  # fmt: skip
        for code in self.languages:
            here = {"language": NATIVE.get(code, code)}
            self._area(f"help_{code}", _now("A line that helps, in %(language)s") % here, 1,
                       self.row.get("help", {}).get(code, ""))  # fmt: skip
        self.fields["scale"] = forms.CharField(
            label=_("Which scale does it belong to?"), required=False, max_length=40,
            help_text=_("One word for questions that ask one thing together, such as belonging."),
            initial=self.row.get("scale", ""),
        )  # fmt: skip
        self.fields["group"] = forms.BooleanField(
            label=_("Tell answers by what is chosen here"), required=False,
            initial=bool(self.row.get("group")),
        )  # fmt: skip
        self.fields["only_if"] = forms.MultipleChoiceField(
            label=_("Only for those who answered"), required=False,
            choices=_answers_before(sheet, self.row.get("key", "")),
            widget=forms.CheckboxSelectMultiple(attrs={}), initial=_condition(self.row),
        )  # fmt: skip
        self.fields["scale"].widget.attrs["class"] = "form-control"
        self.fields["only_if"].widget.template_name = "kit/forms/choices.html"

    def _area(self, name: str, label: str, rows: int, initial: str) -> None:
        self.fields[name] = forms.CharField(
            label=label, required=False, max_length=1000, initial=initial,
            widget=forms.Textarea(attrs={"class": "form-control", "rows": rows}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first = f"words_{self.languages[0]}"
        if not said.get(first):
            self.add_error(first, _now("Write what it asks."))
        elif said.get("kind"):
            try:
                said["row"] = self._row(said)
            except building.Fault as fault:
                self.add_error(None, str(FAULTS[str(fault)]))
        return said

    def _row(self, said: Mapping[str, Any]) -> dict[str, Any]:
        def words(name: str) -> dict[str, str]:
            told = {code: said.get(f"{name}_{code}", "").strip() for code in self.languages}
            return {code: text for code, text in told.items() if text}

        return building.question_row(
            kind=said["kind"], words=words("words"), help_words=words("help"),
            options={code: [line.strip() for line in text.splitlines() if line.strip()]
                     for code, text in words("options").items()},
            scale=said.get("scale", ""), group=said.get("group", False),
            only_if=said.get("only_if", []), before=self.row,
        )  # fmt: skip


def _answers_before(sheet: Sequence[Mapping[str, Any]], key: str) -> list[tuple[str, str]]:
    page = (get_language() or "en")[:2]
    found: list[tuple[str, str]] = []
    for row in sheet:
        if row["key"] == key:
            break
        asked = said_in(row["words"], page)[0]
        found += [
            (f"{row['key']}:{option['key']}", f"{asked} {said_in(option['words'], page)[0]}")
            for option in row.get("options", ())
        ]
    return found


def _condition(row: Mapping[str, Any]) -> list[str]:
    condition = row.get("if")
    return [f"{condition['question']}:{key}" for key in condition["options"]] if condition else []


def _days_in_order(form: forms.Form, said: dict[str, Any]) -> dict[str, Any]:
    opens, closes = said.get("opens"), said.get("closes")
    if opens and closes and closes < opens:
        form.add_error("closes", _now("The last day comes after the first."))
    return said
