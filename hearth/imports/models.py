"""An import run, its faults, and what stood in each row before it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.access.visible import NOTHING, Ground, VisibleQuerySet
from hearth.audit.privacy import Privacy
from hearth.partners.models.grounds import anyone_with
from hearth.people.models.grounds import EVERY_ROW, holders
from hearth.schools.models import Owned

DIRECTORY = "directory"


def loads_everything(user: User) -> bool:
    return user.standing.reaches(May.IMPORT_FILES, Reach.DISTRICT)


def _loads_files(user: User) -> Q:
    return EVERY_ROW if loads_everything(user) else NOTHING


def _loads_directories(user: User) -> Q:
    """Files of this kind name no student; whoever loads no other sees no other."""
    return Q(kind=DIRECTORY) if user.may(May.LOAD_DIRECTORY) else NOTHING


def _of_directories(run: "ImportRun") -> Q:
    return anyone_with(May.LOAD_DIRECTORY) if run.kind == DIRECTORY else NOTHING


class ImportRunQuerySet(VisibleQuerySet["ImportRun"]):
    grounds: ClassVar = (
        Ground(
            "loads",
            _("Your role loads the district's files."),
            _loads_files,
            lambda run: holders(May.IMPORT_FILES, Reach.DISTRICT),
        ),
        Ground(
            "loads_directories",
            _("Your role loads what the community offers."),
            _loads_directories,
            _of_directories,
        ),
    )


class ImportRun(Owned):
    """One file on its way in. Its state says what may happen to it next."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        CHECKING = "checking", _("being checked")
        FAULTY = "faulty", _("has faults to mend")
        READY = "ready", _("ready to load")
        APPLYING = "applying", _("being loaded")
        APPLIED = "applied", _("loaded")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")
        FAILED = "failed", _("did not finish")

    kind = models.CharField(max_length=30, default="roster")
    # How it is to be read: {"columns": {...}, "values": {...}, "days": ""}.
    reading = models.JSONField(default=dict)
    source = models.CharField(_("where it comes from"), max_length=100, blank=True)
    file_name = models.CharField(_("file"), max_length=255)
    vault_key = models.CharField(max_length=100, blank=True)
    kept_until = models.DateField(_("raw file kept until"), null=True)
    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    # {"people": {"new": 3, "changed": 1, "gone": 0, "same": 2996, "before": 2997}, ...}
    counts = models.JSONField(default=dict)
    # Tables of which more than a tenth would vanish; loading waits until each is confirmed by name.
    vanishing = models.JSONField(default=list)
    confirmed = models.JSONField(default=list)
    # {"step": "people", "done": 1000, "of": 3000}; beaten by the worker, so silence is noticed.
    progress = models.JSONField(default=dict)
    heartbeat = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    trouble = models.CharField(max_length=300, blank=True)
    # How many findings of each kind each file has, also beyond those kept with their line:
    # {"users.csv": {"bad_date": 3000}}.
    totals = models.JSONField(default=dict)

    objects = ImportRunQuerySet.as_manager()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["kind", "reading", "source", "vault_key", "kept_until", "state", "by",
                         "at", "finished_at", "counts", "vanishing", "confirmed", "progress",
                         "heartbeat", "cancel_asked", "trouble", "totals"], Privacy.INTERNAL),
        "file_name": Privacy.PERSONAL,
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["district", "-at"], name="import_run_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "received",
                        "checking",
                        "faulty",
                        "ready",
                        "applying",
                        "applied",
                        "undone",
                        "discarded",
                        "failed",
                    ]
                ),
                name="import_run_state_known",
            ),
            models.UniqueConstraint(
                fields=["district"], condition=Q(state="applying"), name="import_run_one_at_a_time"
            ),
        ]


class Fault(Owned):
    """What is wrong with one place in a file, and how to mend it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="faults")
    blocking = models.BooleanField()
    file = models.CharField(max_length=100)
    line = models.IntegerField(null=True)
    column = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)

    PRIVACY: ClassVar = {
        **dict.fromkeys(["run", "blocking", "file", "line", "column", "kind"], Privacy.INTERNAL),
        "params": Privacy.PERSONAL,
    }


class Before(Owned):
    """A row as it stood before a run changed it, so that undo puts back exactly what was."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="before")
    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    row = models.JSONField()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["run", "table", "row_id"], Privacy.INTERNAL),
        "row": Privacy.IDENTITY,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "table", "row_id"], name="before_once"),
        ]


class Sample(Owned):
    """One row of a preview, to be looked at before it is loaded, and forgotten afterwards."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="samples")
    table = models.CharField(max_length=60)
    fate = models.CharField(max_length=10)
    number = models.IntegerField()
    line = models.BigIntegerField(null=True)
    label = models.CharField(max_length=1000)
    # {"grade": ["03", "04"]}: as it stands, and as the file has it.
    cells = models.JSONField()

    PRIVACY: ClassVar = {
        **dict.fromkeys(["run", "table", "fate", "number", "line"], Privacy.INTERNAL),
        "label": Privacy.PERSONAL,
        "cells": Privacy.IDENTITY,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "table", "fate", "number"], name="sample_once"),
        ]


class Mapping(Owned):
    """How files of one source are read, said once and remembered: columns, codes and days."""

    kind = models.CharField(max_length=30)
    source = models.CharField(_("where it comes from"), max_length=100, blank=True)
    columns = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    days = models.CharField(max_length=20, blank=True)

    PRIVACY: ClassVar = dict.fromkeys(
        ["kind", "source", "columns", "values", "days"], Privacy.INTERNAL
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "source"], name="mapping_once"),
        ]
