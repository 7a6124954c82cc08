"""Things that are no bundle are refused by name, with a way to mend it."""

import zipfile
from pathlib import Path

import pytest

from hearth.imports.oneroster import BundleRefused, check
from hearth.imports.oneroster import bundle as bundle_module

from .bundles import FILES, TODAY, said, write, zipped


def refusal(path: Path) -> str:
    with pytest.raises(BundleRefused) as refused:
        check(path, today=TODAY)
    assert refused.value.what
    assert refused.value.mend
    return refused.value.kind


def pack(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_nothing_there_an_empty_file_and_a_letter_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.zip").write_bytes(b"")
    (tmp_path / "letter.zip").write_bytes(b"Dear district")
    (tmp_path / "folder").mkdir()

    assert refusal(tmp_path / "nowhere.zip") == "not_found"
    assert refusal(tmp_path / "empty.zip") == "zip_empty"
    assert refusal(tmp_path / "letter.zip") == "not_a_zip"
    assert refusal(tmp_path / "folder") == "no_files"


def test_a_zip_cut_short_or_altered_is_refused(tmp_path: Path) -> None:
    path = zipped(write(tmp_path / "b", FILES))
    whole = path.read_bytes()

    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path) == "not_a_zip"
    path.write_bytes(whole[:300] + b"\xff" * 40 + whole[340:])
    assert refusal(path) == "zip_damaged"


def test_a_zip_with_a_damaged_local_header_is_refused(tmp_path: Path) -> None:
    """Its flags promise UTF-8 where the name is none, or its place lies before the file."""
    content = zipped(write(tmp_path / "b", FILES)).read_bytes()
    flags, name = 6, 30
    central = content.rindex(b"PK\x01\x02")
    unreadable = bytearray(content)
    unreadable[flags + 1] |= 0x08
    unreadable[name] = 0xFF
    misplaced = bytearray(content)
    misplaced[content.index(b"PK\x05\x06") + 16] += 40
    lzma = bytearray(content)
    lzma[central + 10] = 14

    for at, altered in enumerate((unreadable, misplaced, lzma)):
        path = tmp_path / f"altered{at}.zip"
        path.write_bytes(bytes(altered))
        assert refusal(path) in {"zip_damaged", "not_a_zip"}


def test_paths_that_lead_outside_are_refused(tmp_path: Path) -> None:
    for name in ("../users.csv", "/etc/users.csv", "a/../../users.csv", "C:/users.csv"):
        assert refusal(pack(tmp_path / "x.zip", **{name: b"sourcedId"})) == "zip_unsafe"


def test_a_zip_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle_module, "SMALL_ENOUGH", 1000)
    assert refusal(pack(tmp_path / "x.zip", **{"users.csv": b"0" * 10**6})) == "zip_too_large"


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(write(tmp_path / "b", {"orgs": FILES["orgs"]}))
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 1)
    path.write_bytes(content)

    assert refusal(path) == "zip_encrypted"


def test_two_exports_or_two_of_one_file_are_refused(tmp_path: Path) -> None:
    two = pack(tmp_path / "two.zip", **{"a/users.csv": b"", "b/users.csv": b""})
    twice = pack(tmp_path / "twice.zip", **{"users.csv": b"", "Users.CSV": b""})

    assert refusal(two) == "more_than_one_bundle"
    assert refusal(twice) == "file_twice"


def test_junk_of_other_systems_and_letter_case_do_not_matter(tmp_path: Path) -> None:
    files = {f"Export/{stem.upper()}.CSV": text.encode() for stem, text in FILES.items()}
    junk = {"__MACOSX/Export/._users.csv": b"\0", "__MACOSX/Export/users.csv": b"\0"}
    profiles = {"Export/userProfiles.csv": b"x", "Export/userprofiles.csv": b"x"}

    path = pack(tmp_path / "x.zip", **files, **junk, **profiles)

    assert said(check(path, today=TODAY)) == []
