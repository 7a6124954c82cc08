"""The files inside what was sent: a file by itself, packed with gzip, a zip or a folder of them."""

import gzip
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from hearth.imports.oneroster.bundle import DAMAGE, LARGEST_BUNDLE, refuse_danger
from hearth.imports.oneroster.findings import BundleRefused

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"


@dataclass(frozen=True)
class Member:
    """One file to be read: what it is called, its size as far as that is known, its place."""

    name: str
    size: int
    path: Path
    inside: str = ""
    packed: bool = False

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        try:
            if self.inside:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.inside) as stream:
                    yield stream
            elif self.packed:
                with gzip.open(self.path, "rb") as stream:
                    yield Counted(cast("IO[bytes]", stream))  # type: ignore[misc]
            else:
                with self.path.open("rb") as stream:
                    yield stream
        except DAMAGE as damage:
            raise BundleRefused("zip_damaged" if self.inside or self.packed else "not_found") from (
                damage
            )


class Counted:
    """A stream that stops a small file from unpacking without end."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._read += len(piece)
        if self._read > LARGEST_BUNDLE:
            raise BundleRefused("zip_too_large")
        return piece


def members(path: Path, name: str, *suffixes: str) -> list[Member]:
    """The files to read, in the order of their names; only those with one of these endings."""
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and _wanted(p.name, suffixes))
        return [Member(p.name, p.stat().st_size, p) for p in inside] or _nothing()
    if not path.is_file():
        raise BundleRefused("not_found")
    size = path.stat().st_size
    if not size:
        raise BundleRefused("zip_empty")
    with path.open("rb") as stream:
        begins = stream.read(4)
    if begins == ZIP and not _wanted(name, (".xlsx",)):
        return _of_zip(path, suffixes)
    return [Member(name, size, path, packed=begins.startswith(GZIP))]


def _of_zip(path: Path, suffixes: tuple[str, ...]) -> list[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (*DAMAGE, ValueError, IndexError, UnicodeError) as damage:
        raise BundleRefused("zip_damaged") from damage
    for entry in entries:
        refuse_danger(entry)
    if sum(entry.file_size for entry in entries) > LARGEST_BUNDLE:
        raise BundleRefused("zip_too_large")
    wanted = [e for e in entries if _wanted(e.filename, suffixes) and "__MACOSX" not in e.filename]
    found = [
        Member(Path(e.filename).name, e.file_size, path, inside=e.filename)
        for e in sorted(wanted, key=lambda entry: entry.filename)
    ]
    return found or _nothing()


def _wanted(name: str, suffixes: tuple[str, ...]) -> bool:
    return not suffixes or name.lower().endswith(suffixes)


def _nothing() -> list[Member]:
    raise BundleRefused("nothing_inside")
