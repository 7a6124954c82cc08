"""The manifest: who sent this, in which version, and which files are whole lists or changes."""

import csv
from dataclasses import dataclass

from hearth.imports.oneroster.bundle import Bundle
from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.shape import STEMS, TABLES

FILE = "manifest.csv"
MODES = ("bulk", "delta", "absent")
LARGEST = 1024**2

Properties = dict[str, tuple[int, str]]
"""Property name in small letters → the line where it stands, and its value."""


@dataclass(frozen=True)
class Manifest:
    system_name: str
    system_code: str
    modes: dict[str, str]


def read_manifest(bundle: Bundle, findings: Findings) -> tuple[str, Manifest]:
    """The version and the manifest; whatever it does not say is guessed, with a note."""
    properties = _properties(bundle, findings)
    version = _version(properties, bundle, findings)
    modes = {stem: _mode(stem, version, properties, bundle, findings) for stem in STEMS}
    return version, Manifest(
        system_name=properties.get("source.systemname", (0, ""))[1],
        system_code=properties.get("source.systemcode", (0, ""))[1],
        modes=modes,
    )


def _properties(bundle: Bundle, findings: Findings) -> Properties:
    if FILE not in bundle.places:
        findings.add("manifest_missing", FILE)
        return {}
    with bundle.open(FILE) as stream:
        text = stream.read(LARGEST).decode("utf-8-sig", errors="replace").replace("\0", "")
    reader = csv.reader(text.splitlines())
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if row]
    except csv.Error:
        rows = []
    if not rows or [cell.lower() for cell in rows[0][1][:2]] != ["propertyname", "value"]:
        findings.add("manifest_unreadable", FILE, 1)
        return {}
    return {row[0].lower(): (line, row[1]) for line, row in rows[1:] if len(row) > 1}


def _version(properties: Properties, bundle: Bundle, findings: Findings) -> str:
    line, said = properties.get("oneroster.version", (0, ""))
    if said in TABLES:
        return said
    guess = "1.2" if "roles.csv" in bundle.places else "1.1"
    if said in ("", "1", "1.0"):
        if properties:
            findings.add("version_guessed", FILE, line or None, "value", version=guess)
    else:
        findings.add("version_unknown", FILE, line, "value")
    return guess


def _mode(
    stem: str, version: str, properties: Properties, bundle: Bundle, findings: Findings
) -> str:
    file = f"{stem}.csv"
    here = file in bundle.places and stem in {table.stem for table in TABLES[version]}
    line, said = properties.get(f"file.{stem}".lower(), (0, ""))
    said = said.lower()
    if said == "absent":
        if here:
            findings.add("file_not_read", file)
        return "absent"
    if said in MODES:
        if not here and stem in {table.stem for table in TABLES[version]}:
            findings.add("file_missing", file)
        return said if here else "absent"
    if line:
        findings.add("bad_mode", FILE, line, "value", name=f"file.{stem}")
    elif here and properties:
        findings.add("mode_guessed", file)
    return "bulk" if here else "absent"
