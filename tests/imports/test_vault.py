"""The raw file is kept sealed: it comes back whole, or not at all."""

from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from hearth.imports import vault


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(vault, "_folder", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize("size", [0, 1, vault.CHUNK - 1, vault.CHUNK, vault.CHUNK + 1, 3_000_000])
def test_a_file_comes_back_as_it_was(size: int, folder: Path) -> None:
    plain = Random(size).randbytes(size)  # noqa: S311 - any bytes will do

    key = vault.store(BytesIO(plain))

    assert b"".join(vault.read(key)) == plain
    with vault.opened(key) as path:
        assert path.read_bytes() == plain
    assert [path.name for path in folder.iterdir()] == [key]


def test_nothing_of_it_can_be_read_on_disk(folder: Path) -> None:
    key = vault.store(BytesIO(b"Minh Anh," * 1000))

    assert b"Minh" not in (folder / key).read_bytes()
    assert (folder / key).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", [0, 20, 40, -1])
def test_a_changed_byte_is_noticed(where: int, folder: Path) -> None:
    key = vault.store(BytesIO(b"a roster"))
    sealed = bytearray((folder / key).read_bytes())
    sealed[where] ^= 1
    (folder / key).write_bytes(sealed)

    with pytest.raises(vault.Damaged):
        b"".join(vault.read(key))


def test_a_file_cut_off_at_a_chunk_is_noticed(folder: Path) -> None:
    key = vault.store(BytesIO(b"x" * (2 * vault.CHUNK + 5)))
    head = len(vault.MARK) + vault.SALT + vault.CHUNK + vault.TAG
    (folder / key).write_bytes((folder / key).read_bytes()[:head])

    with pytest.raises(vault.Damaged):
        b"".join(vault.read(key))


def test_another_key_does_not_open_it(settings: pytest.FixtureRequest) -> None:
    from dataclasses import replace

    key = vault.store(BytesIO(b"a roster"))
    settings.HEARTH = replace(settings.HEARTH, file_key="another key")

    with pytest.raises(vault.Damaged):
        b"".join(vault.read(key))


def test_a_file_is_kept_for_sixty_days() -> None:
    assert vault.kept_until(date(2026, 9, 1)) == date(2026, 10, 31)
