"""Where a run stands on its way, in words: the question of its page, and its step of the four."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hearth.imports import queue
from hearth.imports.kinds import kind_of
from hearth.imports.models import ImportRun
from hearth.imports.told import TABLES, number, stops, title_of
from hearth.imports.watch import is_interrupted

State = ImportRun.State
STEPS = (
    gettext_lazy("Receive"),
    gettext_lazy("Check"),
    gettext_lazy("Preview"),
    gettext_lazy("Load"),
)


@dataclass(frozen=True)
class Standing:
    """`step` is the one of the four that is going on; past the fourth, all are done."""

    key: str
    tone: str
    step: int
    question: Promise
    lead: Promise


IN_ORDER = gettext_lazy("Is the file in order?")
STANDINGS = {
    State.RECEIVED: Standing(
        "working", "doing", 2, IN_ORDER,
        gettext_lazy("It has arrived and waits for its turn. You can leave this page."),
    ),
    State.CHECKING: Standing(
        "working", "doing", 2, IN_ORDER,
        gettext_lazy(
            "We read every line, and write nothing yet. You can leave this page; the work goes on."
        ),
    ),
    State.FAULTY: Standing(
        "faulty", "attention", 2, gettext_lazy("What is there to mend?"),
        gettext_lazy(
            "Nothing was loaded. Mend the file where it comes from and bring it in again."
        ),
    ),
    State.READY: Standing(
        "ready", "doing", 3, gettext_lazy("What would change?"),
        gettext_lazy("The file is in order. Nothing is written until you load it."),
    ),
    State.APPLYING: Standing(
        "working", "doing", 4, gettext_lazy("How far is it?"),
        gettext_lazy("All of it is written at once, or nothing. You can leave this page."),
    ),
    State.APPLIED: Standing(
        "applied", "done", 5, gettext_lazy("What has changed?"),
        gettext_lazy("The file is loaded."),
    ),
    State.UNDONE: Standing(
        "undone", "calm", 5, gettext_lazy("What was put back?"),
        gettext_lazy("What this file changed stands again as it did before."),
    ),
    State.DISCARDED: Standing(
        "discarded", "calm", 2, gettext_lazy("What became of this file?"),
        gettext_lazy("It was put aside. Nothing of it was loaded."),
    ),
    State.FAILED: Standing(
        "failed", "attention", 2, gettext_lazy("What happened to this file?"),
        gettext_lazy("The work did not finish. Nothing was half loaded."),
    ),
}  # fmt: skip
SO_MANY_GONE = Standing(
    "ready",
    "attention",
    3,
    gettext_lazy("Should so many be gone?"),
    gettext_lazy("More than a tenth of a list would be gone. Often that is a file cut short."),
)
NOT_CHECKED = Standing(
    "stopped",
    "calm",
    2,
    gettext_lazy("Should the check go on?"),
    gettext_lazy("The check was stopped. Nothing was loaded."),
)
UNDOING = Standing(
    "working",
    "doing",
    4,
    gettext_lazy("Is it put back yet?"),
    gettext_lazy("All of it is put back at once, or nothing. You can leave this page."),
)
LISTED = {
    "check": STANDINGS[State.RECEIVED],
    "apply": STANDINGS[State.APPLYING],
    "undo": UNDOING,
}  # fmt: skip
WRITTEN_BY_JOBS = ("state", "counts", "vanishing", "trouble", "finished_at", "progress")


def standing(run: ImportRun) -> Standing:
    """Where the run stands. One that nobody works on any more counts as not finished."""
    if run.state in (State.CHECKING, State.APPLYING):
        return STANDINGS[State.FAILED if is_interrupted(run) else State(run.state)]
    if run.state not in (State.RECEIVED, State.READY, State.APPLIED, State.FAULTY):
        return STANDINGS[State(run.state)]
    job = queue.job_of(run)
    if job:
        return LISTED[queue.verb_of(job)]
    # The job may have ended after the run was read: a page of before would wait for nothing.
    run.refresh_from_db(fields=WRITTEN_BY_JOBS)
    if run.state == State.READY and stops(run):
        return SO_MANY_GONE
    return NOT_CHECKED if run.state == State.RECEIVED else STANDINGS[State(run.state)]


def steps(step: int) -> list[dict[str, object]]:
    """The four steps, for the steps component."""
    return [
        {"label": label, "url": "", "state": _state(place, step)}
        for place, label in enumerate(STEPS, 1)
    ]


def _state(place: int, step: int) -> str:
    if place < step:
        return "done"
    return "current" if place == step else "to come"


DOING = {
    "reading": gettext_lazy("Reading %(name)s"),
    "staging": gettext_lazy("Sorting: %(name)s"),
    "comparing": gettext_lazy("Comparing with what is here: %(name)s"),
    "writing": gettext_lazy("Writing: %(name)s"),
    "undoing": gettext_lazy("Putting back: %(name)s"),
}


@dataclass(frozen=True)
class Progress:
    """How far the work is: a bar, a count and an estimate, as far as each is known."""

    label: str
    done: int
    of: int
    count: str
    estimate: str


def progress(run: ImportRun, now: float) -> Progress:
    """Read from the worker's last word; `now` is in seconds since 1970."""
    said = run.progress
    done, of = int(said.get("done") or 0), int(said.get("of") or 0)
    label = _("Waiting for its turn")
    if said.get("doing") in DOING:
        name = str(said.get("step", ""))
        label = str(DOING[said["doing"]]) % {"name": title_of(name) if name in TABLES else name}
    names = [name for name in TABLES if name in kind_of(run).writes]
    if said.get("step") in names and not of:
        done, of = names.index(said["step"]), len(names)
    if not of:
        return Progress(label, 0, 0, "", "")
    count = _("%(done)s of %(of)s") % {"done": number(done), "of": number(of)}
    return Progress(label, done, of, count, _estimate(done, of, now - said.get("began", now)))


def _estimate(done: int, of: int, seconds: float) -> str:
    """What is left of this step if it goes on as it did; at first there is nothing to go by."""
    if seconds < 1 or not 0 < done < of:
        return ""
    left = max(1, round(seconds * (of - done) / done))
    if left < 60:
        words = ngettext("About %(n)s second left here", "About %(n)s seconds left here", left)
        return words % {"n": left}
    minutes = round(left / 60)
    words = ngettext("About %(n)s minute left here", "About %(n)s minutes left here", minutes)
    return words % {"n": minutes}
