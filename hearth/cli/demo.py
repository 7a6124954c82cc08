"""`hearth demo`: the invented district, brought in through the same doors as a real one."""

import csv
import sys
from datetime import date, timedelta
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from hearth.demo.load import load
from hearth.demo.ground import NotADemo, refuse_real_data


@click.command()
@click.option("--students", default=3000, show_default=True, help="How many students to invent.")
@click.option("--seed", default=2026, show_default=True, help="Another seed, another district.")
def demo(students: int, seed: int) -> None:
    """Write the demonstration district's files and load them through the real importers.

    Refuses to touch a database that holds anything else. Doing it twice changes nothing.
    """
