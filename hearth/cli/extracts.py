"""`hearth import attendance` and its like: files of rows about the students of a district."""

from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from hearth.cli.bringing import Wanted, bring, options
from hearth.cli.progress import Telling
from hearth.imports import mapping
from hearth.imports.district import Unclear
from hearth.imports.extracts import Asked, Reading
from hearth.imports.kinds import KINDS, Held
from hearth.schools.acting import acting_for
from hearth.schools.models import District

MAPPED = [
    click.option("--source", default="", help="Where it comes from, such as Aeries; what was said "
                 "of its columns is remembered under this name."),
    click.option("--column", "columns", multiple=True, metavar="FIELD=NAME",
                 help="Which column holds what. May be given more than once."),
    click.option("--code", "codes", multiple=True, metavar="CODE=MEANING",
                 help="What a code means. May be given more than once."),
    click.option("--dates", default="", metavar="FORMAT", help="How days are written: %m/%d/%Y."),
]  # fmt: skip


def _command(key: str) -> click.Command:
    kind = KINDS[key]

    def load(
        path: Path, named: str, source: str = "", columns: tuple[str, ...] = (),
        codes: tuple[str, ...] = (), dates: str = "", **asked: Any,
    ) -> None:  # fmt: skip
        said = Reading(_pairs(columns), _pairs(codes), dates)
        reading = said if said != Reading() else None

        def read(telling: Telling, district: District | None) -> Held:
            how = reading or _remembered(key, source, district) or Reading()
            today = timezone.localdate()
            return kind.read(Asked(path, path.name, today, how, telling.reading, source=source))

        wanted = Wanted(path, kind=key, source=source, reading=reading, **asked)
        bring(wanted, read, lambda _held: district_called(named), whose_first=True)

    words = f"Load {kind.name} from the file or folder at PATH."
    if kind.fields:
        words += f"\n\nFields: {', '.join(field.name for field in kind.fields)}."
        for option in reversed(MAPPED):
            load = option(load)
    load = click.option("--district", "named", default="", help="The district's name.")(load)
    return click.command(key, help=words)(options(load))


def _pairs(said: tuple[str, ...]) -> dict[str, str]:
    """FIELD=NAME, however many; a code may be blank before its sign."""
    for pair in said:
        if "=" not in pair:
            raise click.UsageError(f"Write it with an equals sign between: {pair}")
    return {left.strip(): right.strip() for left, _, right in (p.rpartition("=") for p in said)}


def _remembered(key: str, source: str, district: District | None) -> Reading | None:
    if district is None:
        return None
    with acting_for(district.pk):
        return mapping.remembered(kind=key, source=source)


def district_called(name: str) -> District:
    """The named district, or the only one there is."""
    known = District.objects.order_by("name")
    found = list(known.filter(name__iexact=name) if name else known)
    if len(found) == 1:
        return found[0]
    if not known:
        raise Unclear("There is no district yet. Load its roster first: hearth import roster PATH.")
    names = ", ".join(known.values_list("name", flat=True))
    raise Unclear(f"Which district is this? Say --district and one of these: {names}.")


COMMANDS = [_command(key) for key in KINDS if key != "roster"]
