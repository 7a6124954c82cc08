"""What one person gives: files, the names that confirm a stop, and what to show of the faults."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.imports.columns import KINDS_IN_WORDS
from hearth.imports.models import DIRECTORY, ImportRun
from hearth.imports.told import Stop, title_of
from hearth.kit.forms import KitForm

ENDINGS = {"zip", "csv", "tsv", "txt", "dat", "gz", "xml", "xlsx", "json"}


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or several, each checked as Django checks one."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files or [None]]


class UploadForm(KitForm):
    """What the file is, where it comes from, and the file: one, or several together."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=KINDS_IN_WORDS.items,
        initial="roster",
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Where does it come from?"),
        help_text=gettext_lazy(
            "The name of the system, such as Aeries. What you say of its columns is remembered "
            "under this name."
        ),
        max_length=100,
        required=False,
    )
    roster = ManyFilesField(
        label=gettext_lazy("The file"),
        max_length=255,
        error_messages={
            "empty": gettext_lazy("This file is empty. Export it again and send the new one."),
        },
        widget=ManyFilesInput(attrs={"accept": ",".join(f".{end}" for end in sorted(ENDINGS))}),
    )

    def __init__(
        self, *args: Any, directory_alone: bool = False, too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large
        self._meant = DIRECTORY if directory_alone else "roster"
        if directory_alone:
            self._of_directories_alone()
        self.fields["roster"].help_text = _(
            "One file, one zip file with everything in it, or several files together. At most "
            "%(size)s."
        ) % {"size": filesizeformat(settings.LARGEST_UPLOAD)}
        if too_large:  # the file never arrived, so its absence is not the thing to mend
            self.fields["roster"].required = False

    def _of_directories_alone(self) -> None:
        """Nothing else is offered, and nothing else is taken."""
        kind: Any = self.fields["kind"]
        kind.choices = [(DIRECTORY, KINDS_IN_WORDS[DIRECTORY])]
        kind.initial, kind.widget = DIRECTORY, forms.HiddenInput()
        self.fields["source"].help_text = _(
            "Whose list it is, such as County 211. The next file of the same name speaks for the "
            "same rows, and for no others."
        )

    def clean_kind(self) -> str:
        """A roster is what comes first, and what is meant where nobody said otherwise."""
        return self.cleaned_data["kind"] or self._meant

    def clean_roster(self) -> "list[UploadedFile[Any]]":
        files: list[UploadedFile[Any]] = self.cleaned_data["roster"]
        if self._too_large or sum(file.size or 0 for file in files) > settings.LARGEST_UPLOAD:
            raise forms.ValidationError(_too_large_words())
        suffixes = {str(file.name).lower().rpartition(".")[2] for file in files}
        of_roster = self.cleaned_data.get("kind", self._meant) == "roster"
        if not suffixes <= ({"zip", "csv"} if of_roster else ENDINGS):
            raise forms.ValidationError(
                _("We read zip and CSV files. Choose the OneRoster export of your system.")
                if of_roster
                else _("We do not read this type of file. Choose the export of your system.")
            )
        if "zip" in suffixes and len(files) > 1:
            raise forms.ValidationError(
                _("Send one zip file by itself, or the files without a zip.")
            )
        return files


def _too_large_words() -> str:
    return _(
        "The file is larger than %(size)s, so we did not take it. A zip of the same files is "
        "much smaller. If your district really needs more, whoever runs this server can allow it."
    ) % {"size": filesizeformat(settings.LARGEST_UPLOAD)}


class ConfirmForm(KitForm):
    """Loading waits until the name of each table that would shrink so much has been typed."""

    def __init__(self, *args: Any, stops: Sequence[Stop], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stop in stops:
            self.fields[stop.table] = forms.CharField(
                label=_("To go on, type: %(word)s") % {"word": stop.title},
                help_text=stop.words,
                widget=forms.TextInput(
                    attrs={"class": "form-control", "autocomplete": "off", "spellcheck": "false"}
                ),
            )

    def clean(self) -> dict[str, Any]:
        for table, typed in list(self.cleaned_data.items()):
            if typed.strip().casefold() not in {table.casefold(), title_of(table).casefold()}:
                self.add_error(
                    table, _("Type %(word)s here if that is right.") % {"word": title_of(table)}
                )
        return self.cleaned_data

    @property
    def names(self) -> list[str]:
        """The tables that were confirmed."""
        return [table for table in self.fields if table in self.cleaned_data]


class FaultFilter(KitForm):
    """Only the faults of one file. It lives in the address, so that a view can be sent on."""

    file = forms.ChoiceField(label=gettext_lazy("File"), required=False)

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = run.faults.filter(blocking=True).values_list("file", flat=True)
        self.named = list(named.distinct().order_by("file"))
        file: Any = self.fields["file"]
        file.choices = [("", _("All files")), *[(name, name) for name in self.named]]

    def wanted(self) -> str:
        """The file asked for. One that the run does not have asks for nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("file") or "")
