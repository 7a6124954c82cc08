"""How files of one source are read: said once, remembered for the next file."""

from hearth.imports.extracts import Reading
from hearth.imports.models import ImportRun, Mapping


def remembered(*, kind: str, source: str) -> Reading | None:
    """What was said the last time; None where nobody has said anything yet."""
    known = Mapping.objects.filter(kind=kind, source=source).first()
    return Reading(known.columns, known.values, known.days) if known else None


def remember(*, run: ImportRun, reading: Reading) -> None:
    """Keep it with the run, and for the next file of this source."""
    run.reading = reading.kept()
    run.save(update_fields=["reading"])
    Mapping.objects.update_or_create(
        district_id=run.district_id, kind=run.kind, source=run.source, defaults=reading.kept()
    )
