"""Bring a file in: choose it, and it is received and put on the list to be checked."""

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.imports import actions, standing, tasks
from hearth.imports.forms import UploadForm
from hearth.imports.models import ImportRun, loads_everything
from hearth.imports.uploads import was_too_large
from hearth.kit.notices import tell

JUST_NOW = timedelta(minutes=2)


@page(May.LOAD_DIRECTORY, methods=("GET", "POST"))
def new(request: PageRequest) -> HttpResponse:
    """Choose what it is, and one file or several."""
    posted, directory_alone = request.method == "POST", not loads_everything(request.user)
    form = UploadForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        directory_alone=directory_alone,
        too_large=was_too_large(request),
    )
    if posted and form.is_valid():
        told = form.cleaned_data
        found = _receive(request.user, told["roster"], told["kind"], told["source"].strip())
        tell(request, _("It has arrived."))
        return redirect("imports:run", found.pk)
    said = {"form": form, "steps": standing.steps(1), "directory_alone": directory_alone}
    return render(request, "imports/new.html", said)


def _receive(user: User, files: Sequence[Any], kind: str, source: str) -> ImportRun:
    name = _name(files)
    sent = _sent_just_now(user, name)
    if sent:
        return sent
    with tempfile.TemporaryDirectory() as folder:
        run = actions.receive(
            file=_as_one(files, Path(folder), kind), name=name, district=user.district, by=user,
            kind=kind, source=source,
        )  # fmt: skip
    tasks.check.defer(run_id=run.pk, district_id=run.district_id)
    return run


def _sent_just_now(user: User, name: str) -> ImportRun | None:
    """The same file, pressed twice: the second waits here for the first, and finds it."""
    User.objects.select_for_update().get(pk=user.pk)
    return (
        ImportRun.objects.visible_to(user)
        .filter(
            by=user,
            file_name=name,
            state__in=[ImportRun.State.RECEIVED, ImportRun.State.CHECKING],
            at__gt=timezone.now() - JUST_NOW,
        )
        .first()
    )


def _name(files: Sequence[Any]) -> str:
    """The file's own name; of several, the first and how many more."""
    more = len(files) - 1
    first = str(files[0].name)
    if not more:
        return first[:255]
    words = ngettext("%(first)s and %(more)d more", "%(first)s and %(more)d more", more)
    return words % {"first": first[:200], "more": more}


def _as_one(files: Sequence[Any], folder: Path, kind: str) -> Any:
    """One file as it is; several as a folder, by name only: their text is not copied. The files of
    a roster are known by their names, so that even one of them keeps it in a folder."""
    is_zip = str(files[0].name).lower().endswith(".zip")
    if is_zip or (kind != "roster" and len(files) == 1):
        return files[0]
    for file in files:
        place = folder / Path(str(file.name)).with_suffix(Path(str(file.name)).suffix.lower()).name
        if not place.exists():
            place.symlink_to(file.temporary_file_path())
    return folder
