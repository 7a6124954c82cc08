"""`hearth export directory`: the directory as a package that any other system can read."""

from pathlib import Path

import click

from hearth.cli.extracts import district_called
from hearth.imports.district import Unclear
from hearth.partners.reading.package import write_package
from hearth.schools.acting import reading_for


@click.group("export")
def exports() -> None:
    """Take something of a district out as a file."""


@exports.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--district", "named", default="", help="The district's name.")
def directory(path: Path, named: str) -> None:
    """Write the directory to PATH, a zip of HSDS 3 tables. Nothing in it is about a student."""
    try:
        district = district_called(named)
    except Unclear as unclear:
        raise click.ClickException(str(unclear)) from None
    with reading_for(district.pk), path.open("wb") as out:
        counts = write_package(out, name=district.slug)
    rows = ", ".join(f"{count:,} {table}" for table, count in counts.items()) or "no rows yet"
    click.echo(f"Wrote {path}: {rows}.")
