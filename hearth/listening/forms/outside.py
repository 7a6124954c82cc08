"""A table of another survey: the file or what was pasted, and where it is from."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from hearth.kit.forms import KitForm
from hearth.listening.rules.outside import Said
from hearth.listening.rules.outside_cells import Unreadable, text_of, year_of

LARGEST = 300_000


class Words(NamedTuple):
    what: Any
    mend: Any


FAULTS = {
    "persons": Words(
        _("This looks like a table of persons, one to a line. Nothing of it was kept or is shown."),
        _("Ask whoever made the survey for a table of percentages, with how many answered."),
    ),
    "like_persons": Words(
        _("There is no column for what was asked, and none for how many answered."),
        _("If each line is one person's answers, it must not come in: ask for percentages instead. "
          "Otherwise write a first line of headings, such as question, n, percent."),
    ),
    "not_a_table": Words(
        _("This is not a plain table."),
        _("In Excel choose File, Save as, “CSV UTF-8”; or copy the cells and paste them below."),
    ),
    "encoding": Words(
        _("Some letters of the file cannot be read."),
        _("In Excel save it as “CSV UTF-8”; or copy the cells and paste them below."),
    ),
    "no_lines": Words(
        _("There is no line of figures in it."),
        _("Send the headings and below them at least one line."),
    ),
    "too_long": Words(
        _("The table has more than 2,000 lines."),
        _("Send the lines of one school and one year."),
    ),
    "missing_construct": Words(
        _("There is no column for what was asked."), _("Head that column with the word question.")
    ),
    "missing_answered": Words(
        _("There is no column for how many answered."),
        _("Head that column with the letter n. Without it nobody knows whether they are enough."),
    ),
    "missing_percent": Words(
        _("There is neither a column of percentages nor one of averages."),
        _("Head that column with the word percent, or mean."),
    ),
    "percent_mixed": Words(
        _("Some percentages are written like 31 and some like 0.31."),
        _("Write all of them in one way. Less than one percent is written like 0.4%."),
    ),
    "percent_unclear": Words(
        _("All percentages are 0 or 1, which may mean one percent or all of them."),
        _("Write them with the sign, such as 100%."),
    ),
    "percent_range": Words(
        _("A percentage is below 0 or above 100."), _("Correct it on this line.")
    ),
    "number": Words(
        _("A number on this line cannot be read."),
        _("Write figures only: n like 212, percent like 31, 31.5 or 31%."),
    ),
    "no_figure": Words(
        _("This line has neither a percentage nor an average."),
        _("Fill in one of them, or a * if it is withheld."),
    ),
    "no_construct": Words(_("This line does not say what was asked."), _("Fill it in.")),
    "year": Words(_("The school year cannot be read."), _("Write it like 2025-26.")),
    "audience": Words(
        _("It does not say who was asked, or in a word we do not know."),
        _("Write students, families, staff or partners."),
    ),
    "instrument": Words(
        _("It does not say which survey this is."),
        _("Write it beside the table, such as CHKS, or in a column headed survey."),
    ),
    "too_many_cells": Words(
        _("This line has more cells than the headings."),
        _("Put words that hold a comma between quotation marks."),
    ),
    "twice": Words(
        _("The same question, people and group stand on line %(about)s too."),
        _("Take one of the two out, or say in the column group how they differ."),
    ),
    "nothing_left": Words(
        _("No line is left that may be kept."),
        _("Look whether the table is about this school, and whether enough people answered."),
    ),
}  # fmt: skip
NOTES = {
    "few": _("Left out: %(about)s answered, which is too few to tell."),
    "gives_away": _("Left out: with it, what a group of few said could be worked out."),
    "withheld_there": _("Left out: whoever made the survey withholds it."),
    "other_school": _("Lines about other schools, left out: %(about)s."),
    "portions": _("We read 0.31 as 31 percent."),
}


def fault(said: Said) -> tuple[int, str, str]:
    """The line, what is wrong, and how to mend it."""
    words = FAULTS[said.kind]
    return said.line, words.what % {"about": said.about}, str(words.mend)


def note(said: Said) -> tuple[int, str]:
    return said.line, NOTES[said.kind] % {"about": said.about}


class OutsideForm(KitForm):
    file = forms.FileField(
        label=_("The table, as a CSV file"), required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
        help_text=_("Percentages of many people, never a line for each person."),
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("Or paste it here"), widget=forms.Textarea, required=False, max_length=LARGEST,
        strip=False,
        help_text=_("The first line says what is what: question, audience, group, n, percent."),
    )  # fmt: skip
    instrument = forms.CharField(
        label=_("Which survey is it?"), max_length=120, required=False,
        help_text=_("Such as CHKS, CSSS or CSPS. Not needed where a column says so."),
    )  # fmt: skip
    year = forms.CharField(
        label=_("Of which school year?"), max_length=12, required=False,
        help_text=_("Such as 2025-26. Not needed where a column says so."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Where is it from?"), max_length=300,
        help_text=_("A link, or the title of the report and its page."),
    )  # fmt: skip
    terms = forms.CharField(
        label=_("On what terms may we use it?"), max_length=300,
        help_text=_("Such as: published by the district; or: for the school's own planning."),
    )  # fmt: skip

    def clean_file(self) -> str:
        """The file as text. Its bytes are kept nowhere."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST:
            raise _refused("too_long")
        try:
            return text_of(file.read())
        except Unreadable as refusal:
            raise _refused(str(refusal)) from None

    def clean_year(self) -> str:
        said: str = self.cleaned_data["year"]
        try:
            return year_of(said) if said else ""
        except Unreadable as refusal:
            raise _refused(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("file") and not said.get("pasted", "").strip():
            self.add_error("file", _("Choose a file, or paste the table below."))
        return said

    @property
    def text(self) -> str:
        file: str = self.cleaned_data["file"]
        return file or self.cleaned_data["pasted"]


def _refused(kind: str) -> forms.ValidationError:
    words = FAULTS[kind]
    return forms.ValidationError(f"{words.what} {words.mend}")
