"""Which district a roster file belongs to."""

import polars as pl
from django.db import transaction
from django.utils.text import slugify

from hearth.imports.oneroster import Checked
from hearth.schools.models import District


class Unclear(Exception):
    """More than one district could be meant. Says which, and how to choose."""


def choose_district(checked: Checked | None, *, name: str = "", otherwise: str = "") -> District:
    """The named district; else the one the file names; else the only one there is; made if new.

    The first district of an empty database, unnamed by its file, is called `otherwise`.
    """
    if name:
        found = District.objects.filter(name__iexact=name).first()
        return found or _make(name, *_of_file(checked)[1:])
    title, source_id, code = _of_file(checked)
    known = list(District.objects.all())
    for district in known:
        if source_id and district.source_id == source_id:
            return district
        if code and district.cds_code == code:
            return district
    # A file that is not the demonstration's own never goes into the demonstration.
    real = [district for district in known if not district.is_demo]
    if len(real) == 1:
        return real[0]
    if real:
        names = ", ".join(sorted(district.name for district in real))
        raise Unclear(f"Which district is this? Say --district and one of these: {names}.")
    if not title and not otherwise:
        raise Unclear("The file does not name its district. Say --district and its name.")
    return _make(title or otherwise, source_id, code)


def _of_file(checked: Checked | None) -> tuple[str, str, str]:
    """Name, id and state code of the district in the file, as far as it says."""
    if checked is None:
        return "", "", ""
    if checked.frames.orgs is not None:
        districts = checked.frames.orgs.filter((pl.col("kind") == "district") & ~pl.col("gone"))
        if districts.height == 1:
            row = districts.row(0, named=True)
            code = row["code"] or ""
            return row["name"], row["source_id"], code if code.isdigit() and len(code) <= 14 else ""
    system = checked.manifest.system_name
    return ("" if system.lower() == "absent" else system), "", ""


@transaction.atomic
def _make(name: str, source_id: str, code: str) -> District:
    slug = wanted = slugify(name)[:40] or "district"
    number = 2
    while District.objects.filter(slug=slug).exists():
        slug, number = f"{wanted}-{number}", number + 1
    return District.objects.create(
        name=name[:200], slug=slug, source_id=source_id[:255], cds_code=code
    )
