"""The vault: raw files on disk, encrypted, under random names, gone after their retention date.

A file is cut into chunks, each sealed with AES-256-GCM. The number of the chunk, and whether it is
the last, are part of its seal, so a chunk that was changed, moved or cut off does not open. The
key of each file is derived from the district server's file key and a salt of the file's own.
"""

import os
import secrets
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = b"hearth-vault-1\n"
SALT = 16
TAG = 16
CHUNK = 1024**2
KEPT = tomllib.loads((Path(__file__).parent / "kept.toml").read_text())["kept"]


class Damaged(Exception):
    """The stored file was changed or cut off, or it was sealed with another key."""


def kept_until(today: date) -> date:
    """The last day on which a file received today is kept."""
    in_force = max((rule for rule in KEPT if rule["from"] <= today), key=lambda rule: rule["from"],
                   default=KEPT[0])  # fmt: skip
    return today + timedelta(days=in_force["days"])


def store(source: IO[bytes]) -> str:
    """Seal everything `source` has and give back the key under which it is kept."""
    with Sealing() as sealing:
        while piece := source.read(CHUNK):
            sealing.write(piece)
    return sealing.key


class Sealing:
    """A file that can only be written to, from front to back; nothing is kept when it fails."""

    def __init__(self) -> None:
        _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        self.key = secrets.token_hex(16)
        salt = os.urandom(SALT)
        self._seal = _seal(salt)
        self._held = bytearray()
        self._number = 0
        self._file = os.fdopen(os.open(_place(self.key), os.O_WRONLY | os.O_CREAT, 0o600), "wb")
        self._file.write(MARK + salt)

    def write(self, piece: bytes) -> int:
        self._held += piece
        # One chunk is always held back, because only the last one is sealed as the last.
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(piece)

    def flush(self) -> None:
        """A zip asks for this; chunks go out when they are full."""

    def _put(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._seal.encrypt(_nonce(self._number, last=last), plain, None))
        self._number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._put(bytes(self._held), last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
        self._file.close()
        if kind is not None:
            delete(self.key)


def read(key: str) -> Iterator[bytes]:
    """The file, chunk by chunk. Raises Damaged at the first chunk that is not as it was."""
    try:
        file = _place(key).open("rb")
    except FileNotFoundError as missing:
        raise Damaged from missing
    with file:
        if file.read(len(MARK)) != MARK:
            raise Damaged
        seal = _seal(file.read(SALT))
        number, sealed = 0, file.read(CHUNK + TAG)
        while True:
            following = file.read(CHUNK + TAG)
            try:
                yield seal.decrypt(_nonce(number, last=not following), sealed, None)
            except InvalidTag as broken:
                raise Damaged from broken
            if not following:
                return
            number, sealed = number + 1, following


@contextmanager
def opened(key: str) -> Iterator[Path]:
    """The plain file at a path, for as long as the block runs.

    On Linux it has no name on disk: when the process is killed, the plain text is gone with it.
    """
    with _nameless() if sys.platform == "linux" else _named() as (plain, path):
        for piece in read(key):
            plain.write(piece)
        plain.flush()
        yield path


@contextmanager
def _nameless() -> Iterator[tuple[IO[bytes], Path]]:
    with tempfile.TemporaryFile(dir=_folder()) as plain:
        yield plain, Path(f"/proc/self/fd/{plain.fileno()}")


@contextmanager
def _named() -> Iterator[tuple[IO[bytes], Path]]:
    with tempfile.NamedTemporaryFile(dir=_folder(), prefix="open-") as plain:
        yield plain, Path(plain.name)


def delete(key: str) -> None:
    with suppress(FileNotFoundError):
        _place(key).unlink()


def _folder() -> Path:
    return settings.HEARTH.data / "files"


def _place(key: str) -> Path:
    if not key.isalnum():
        raise Damaged
    return _folder() / key


def _seal(salt: bytes) -> AESGCM:
    master = settings.HEARTH.file_key.encode()
    return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=MARK).derive(master))


def _nonce(number: int, *, last: bool) -> bytes:
    return bytes([last]) + number.to_bytes(11, "big")
