"""`hearth demo`: the invented district, brought in through the same doors as a real one."""

import time

import click
from django.conf import settings
from django.utils import timezone

from hearth.demo.ground import NotADemo, refuse_real_data
from hearth.demo.load import Wanted, load


@click.command()
@click.option("--students", default=3000, show_default=True, help="How many students to invent.")
@click.option("--seed", default=2026, show_default=True, help="Another seed, another district.")
def demo(students: int, seed: int) -> None:
    """Write the demonstration district's files and load them through the real importers.

    Refuses a database that holds anything else. Doing it twice changes nothing.
    """
    began = time.monotonic()
    try:
        refuse_real_data()
    except NotADemo as trouble:
        raise click.ClickException(str(trouble)) from None
    folder = settings.HEARTH.data / "demo"
    wanted = Wanted(folder, students=students, seed=seed, today=timezone.localdate())
    district = load(wanted, click.echo)
    click.echo(f"{district.name} is ready ({time.monotonic() - began:.0f} s).")
