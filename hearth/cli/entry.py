"""`hearth`, the one command-line entry. Each command wakes only what it needs."""

import importlib
from typing import ClassVar

import click

from hearth.cli.wake import wake


class Commands(click.Group):
    """Commands by name; a command's module is read after the database and Django are awake."""

    # name: (module:attribute, what it does)
    known: ClassVar[dict[str, tuple[str, str]]] = {
        "serve": ("hearth.cli.serve:serve", "Serve the pages and do the background work."),
        "demo": ("hearth.cli.demo:demo", "Load the invented demo district and its people."),
        "import": ("hearth.cli.imports:imports", "Bring in a district's roster files."),
        "export": ("hearth.cli.exports:exports", "Take the directory out as a package."),
        "prepare": ("hearth.cli.prepare:prepare", "Bring the database to this version."),
        "backup": ("hearth.cli.backup:backup", "Write everything into one file."),
        "restore": ("hearth.cli.backup:restore", "Put back what a backup holds."),
        "invite": ("hearth.cli.invite:invite", "Invite a district's first person."),
        "health": ("hearth.cli.health:health", "Say whether everything Hearth needs is well."),
        "worker": ("hearth.cli.serve:worker", "Do the background work alone."),
        "disclose": ("hearth.cli.disclosure:disclose", "Say which cells of a table may be shown."),
        "audit": ("hearth.cli.disclosure:audit", "Say what a printed table gives away."),
        "make-key": ("hearth.cli.keys:make_key", "Print a fresh key for HEARTH_FILE_KEY."),
        "make-signing-key": (
            "hearth.cli.keys:make_signing_key",
            "Make the key that signs the county's export.",
        ),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.known)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.known:
            return None
        if ctx.resilient_parsing:
            return None
        wake(name)
        module, attribute = self.known[name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in self.known.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hearth", message="Hearth %(version)s")
def main() -> None:
    """Hearth: the software a community school runs on.

    Without DATABASE_URL, Hearth keeps its own PostgreSQL in the folder .data; HEARTH_DATA moves it.

    Begin with `hearth demo`, then `hearth serve`; or load your own district with
    `hearth import roster FOLDER_OR_ZIP`.
    """
