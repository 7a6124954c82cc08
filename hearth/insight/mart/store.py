"""The folders of a district's mart: dated, never changed, one of them current.

    <home>/<stamp>/<fact>/….parquet     a snapshot; `made.json` says when it was built, and in
                                        which format
    <home>/current                      the stamp that readers open, replaced by renaming

A new snapshot is made beside the others and becomes current only when it is whole, so that a
build that fails leaves the last one as it was. Files that have not changed are shared by hard link.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

KEPT = 3
"""How many snapshots stay: the current one, and those that a reader may still have open."""


FORMAT = 3
"""Which columns a snapshot has, and how its files lie. Raise it with any change to either: an old
snapshot is then refused, and not read as if it said what a new one says."""


class NoMart(LookupError):
    """Nothing has been built for this district yet."""


class OtherFormat(LookupError):
    """What was built was built by another version of Hearth, and is not read by this one."""


@dataclass(frozen=True)
class Snapshot:
    folder: Path

    @property
    def stamp(self) -> str:
        return self.folder.name

    @property
    def made(self) -> dict[str, object]:
        told: dict[str, object] = json.loads((self.folder / "made.json").read_text())
        return told

    @property
    def built_on(self) -> date:
        """The day that counts as today in the numbers, such as whether an answer is late."""
        return date.fromisoformat(str(self.made["built_on"]))

    def files(self, fact: str) -> list[Path]:
        return sorted((self.folder / fact).rglob("*.parquet"))


def current(home: Path) -> Snapshot:
    """The snapshot that readers open."""
    try:
        stamp = (home / "current").read_text().strip()
    except FileNotFoundError:
        raise NoMart("Nothing has been counted for this district yet.") from None
    found = Snapshot(home / stamp)
    if found.made.get("format") != FORMAT:
        raise OtherFormat(
            "This mart was built by another version of Hearth, and this one does not read it. "
            "Build it anew: the worker does so each night, and after each file that is loaded."
        )
    return found


@contextmanager
def building(home: Path, *, built_on: date, after: Snapshot | None = None) -> Iterator[Path]:
    """A folder to fill, current once the block ends well and gone if it does not.

    With `after`, the folder begins with that snapshot's files, linked: put another file in the
    place of one, and never write into it.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    folder = home / f".making-{stamp}"
    folder.mkdir(parents=True, mode=0o700)
    try:
        if after is not None:
            _link_all(after.folder, folder)
        yield folder
        told = {"built_on": built_on.isoformat(), "stamp": stamp, "format": FORMAT}
        (folder / "made.json").unlink(missing_ok=True)
        (folder / "made.json").write_text(json.dumps(told))
        folder.rename(home / stamp)
    except BaseException:
        remove(folder)
        raise
    _point_at(home, stamp)
    _forget_old(home)


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _link_all(source: Path, target: Path) -> None:
    for file in source.rglob("*.parquet"):
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, copy)
        except OSError:  # a file system without links
            shutil.copyfile(file, copy)


def _point_at(home: Path, stamp: str) -> None:
    fresh = home / f".current-{stamp}"
    fresh.write_text(stamp)
    fresh.replace(home / "current")


def _forget_old(home: Path) -> None:
    """Remove the oldest snapshots, and what a killed build left."""
    for folder in sorted(path for path in home.iterdir() if path.is_dir()):
        if folder.name.startswith(".making-"):
            remove(folder)
    whole = sorted(path for path in home.iterdir() if (path / "made.json").exists())
    for folder in whole[:-KEPT]:
        remove(folder)
