"""Open a folder or a zip and find its OneRoster files, whatever their letter case.

Nothing is ever unpacked to disk: a file is read as a stream straight from the zip, never further
than the size that the zip itself declares.
"""

import lzma
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from hearth.imports.oneroster.findings import BundleRefused
from hearth.imports.oneroster.shape import STEMS

LARGEST_BUNDLE = 8 * 1024**3
LARGEST_RATIO = 300
SMALL_ENOUGH = 10 * 1024**2
"""A file under this size may pack as tightly as it likes."""

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)

_NAMES = {f"{stem}.csv".lower(): f"{stem}.csv" for stem in (*STEMS, "manifest")}


@dataclass(frozen=True)
class Bundle:
    """Where each file is: its proper name, and its name inside the folder or zip."""

    path: Path
    zipped: bool
    places: dict[str, str]
    sizes: dict[str, int]

    @contextmanager
    def open(self, file: str) -> Iterator[IO[bytes]]:
        try:
            if not self.zipped:
                with (self.path / self.places[file]).open("rb") as stream:
                    yield stream
            else:
                with (
                    zipfile.ZipFile(self.path) as archive,
                    closing(_entry(archive, self.places[file])) as stream,
                ):
                    yield stream
        except DAMAGE as damage:
            raise BundleRefused("zip_damaged" if self.zipped else "not_found") from damage


def _entry(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """One file of a zip. A damaged local header shows as a bad number or letter, not as damage."""
    try:
        return archive.open(name)
    except (ValueError, LookupError) as damage:
        raise BundleRefused("zip_damaged") from damage


def open_bundle(path: Path) -> Bundle:
    """Find the files of a bundle, or refuse it with a reason."""
    if path.is_dir():
        return _from_folder(path)
    if not path.is_file():
        raise BundleRefused("not_found")
    if path.stat().st_size == 0:
        raise BundleRefused("zip_empty")
    return _from_zip(path)


def _from_folder(path: Path) -> Bundle:
    candidates = [
        *path.iterdir(),
        *(inner for sub in path.iterdir() if sub.is_dir() for inner in sub.iterdir()),
    ]
    found = {str(p.relative_to(path)): p.stat().st_size for p in candidates if p.is_file()}
    places = _places(found)
    return Bundle(path, False, places, {file: found[place] for file, place in places.items()})


def _from_zip(path: Path) -> Bundle:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except DAMAGE as damage:
        raise BundleRefused("not_a_zip") from damage
    except (ValueError, IndexError, UnicodeError) as damage:
        raise BundleRefused("zip_damaged") from damage
    for entry in entries:
        refuse_danger(entry)
    sizes = {entry.filename: entry.file_size for entry in entries}
    if sum(sizes.values()) > LARGEST_BUNDLE:
        raise BundleRefused("zip_too_large")
    places = _places(sizes, doubled=len(sizes) < len(entries))
    return Bundle(path, True, places, {file: sizes[place] for file, place in places.items()})


def refuse_danger(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
        raise BundleRefused("zip_unsafe")
    if entry.flag_bits & 0x1:
        raise BundleRefused("zip_encrypted")
    tight = entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1)
    if tight and entry.file_size > SMALL_ENOUGH:
        raise BundleRefused("zip_too_large")


def _places(found: dict[str, int], *, doubled: bool = False) -> dict[str, str]:
    """Which of the found paths is which OneRoster file; all must lie in one folder."""
    folders: dict[str, dict[str, str]] = defaultdict(dict)
    for place in sorted(found):
        inside = PurePosixPath(place.replace("\\", "/"))
        file = _NAMES.get(inside.name.lower())
        if file is None or "__MACOSX" in inside.parts:
            continue
        folder = folders[str(inside.parent)]
        if file in folder or doubled:
            raise BundleRefused("file_twice", name=file)
        folder[file] = place
    with_rows = [files for files in folders.values() if set(files) - {"manifest.csv"}]
    if not with_rows:
        raise BundleRefused("no_files")
    if len(with_rows) > 1:
        raise BundleRefused("more_than_one_bundle")
    return with_rows[0]
