"""How far the work is: a bar with an estimate on a terminal, plain lines elsewhere."""

import json
import sys
from typing import Self

import click
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from hearth.imports.filing.tables import TABLES
from hearth.imports.staging import STAGES
from hearth.imports.tables import TARGETS

# What is done after the files are read, in order: each is one step of the bar.
STEPS = [
    *(("staging", stage.name) for stage in STAGES),
    *(("staging", table.name) for table in TABLES),
    *(("comparing", target.name) for target in (*TARGETS, *TABLES)),
    *(("writing", target.name) for target in (*TARGETS, *TABLES)),
]
WORDS = {"reading": "Reading", "staging": "Staging", "comparing": "Comparing", "writing": "Writing"}


class Telling:
    """Tells a person at a terminal, or a log, what is being done."""

    def __init__(self, *, silent: bool = False) -> None:
        self._silent = silent
        self._said = ""
        self._bar: Progress | None = None
        self._task = TaskID(0)
        if not silent and sys.stderr.isatty():
            self._bar = Progress(
                TextColumn("{task.description:32}"),
                BarColumn(),
                TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
                TimeRemainingColumn(),
                transient=True,
            )

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
            self._task = self._bar.add_task("Opening", total=1)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def reading(self, file: str, done: int, of: int) -> None:
        self.step("reading", file, done, of)

    def step(self, doing: str, name: str, done: int = 0, of: int = 0) -> None:
        if self._silent:
            return
        words = f"{WORDS.get(doing, doing)} {name}"
        if (doing, name) in STEPS:
            done, of = STEPS.index((doing, name)), len(STEPS)
        if self._bar:
            if words.split()[0] != self._said.split(" ")[0]:
                self._bar.reset(self._task)
            self._bar.update(self._task, description=words, completed=done, total=of or 1)
        elif words != self._said:
            click.echo(words)
        self._said = words

    def end(self, as_json: bool, document: dict[str, object], words: str) -> None:
        """Say in one line why it went no further."""
        if as_json:
            click.echo(json.dumps({**document, "words": words}))
        else:
            click.echo(words, err=True)
