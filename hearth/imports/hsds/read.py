"""Read a directory, whichever of its three shapes it has."""

import polars as pl

from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.members import Member, members
from hearth.imports.hsds import older, plain
from hearth.imports.hsds.check import check
from hearth.imports.hsds.raw import Raw, frame_of, paths_of
from hearth.imports.hsds.shape import shaped
from hearth.partners.rules.hsds import BY_FILE, TABLES

ENDINGS = (".csv", ".tsv", ".txt", ".gz", ".json")


def read(asked: Asked) -> Extract:
    """Frames for the room's tables; with any fault, none of them is to be loaded."""
    found = members(asked.path, asked.name, *ENDINGS)
    files = [member for member in found if not member.name.lower().endswith(".json")]
    raw = _raw(asked, files, paths_of(asked, found))
    whole = check(raw, asked.findings)
    faults, _ = asked.findings.split()
    return Extract.of(asked, **({} if faults else shaped(whole)))


def _raw(asked: Asked, files: list[Member], said: dict[str, str]) -> Raw:
    if plain.is_plain(asked, files):
        return plain.read(asked, files[0])
    frames = {
        member.name.lower(): (member, frame)
        for member in files
        if (frame := frame_of(asked, member)) is not None
    }
    if older.is_older({name: frame for name, (_, frame) in frames.items()}):
        return older.as_hsds({name: frame for name, (_, frame) in frames.items()})
    raw: Raw = {}
    for name, (member, frame) in frames.items():
        table = said.get(name) or (BY_FILE[name].name if name in BY_FILE else name[: -len(".csv")])
        if table in TABLES:
            raw[table] = _both(raw.get(table), frame)
        else:
            asked.findings.add("table_unknown", member.name)
    if not raw:
        asked.findings.add("directory_not_here", asked.name)
    elif "service" not in raw:
        asked.findings.add("directory_without_services", asked.name)
    return raw


def _both(one: pl.DataFrame | None, other: pl.DataFrame) -> pl.DataFrame:
    return other if one is None else pl.concat([one, other], how="diagonal")
