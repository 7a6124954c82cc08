"""Whatever arrives: a named refusal, faults by line, or frames whose references hold."""

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.imports.oneroster import BundleRefused, Checked, check

from .bundles import FILES, FILES_1_2, TODAY, write, zipped

Files = dict[str, bytes]

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-7")
ODD = (
    b"",
    b",",
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"tom",
    b"nobody",
    b"2026-02-30",
    b"\x1f",
    b"'",
)


def change_bytes(draw: st.DrawFn, content: bytes) -> bytes:
    at = draw(st.integers(0, len(content)))
    width = draw(st.integers(0, 12))
    odd = draw(st.one_of(st.sampled_from(ODD), st.binary(max_size=8)))
    return content[:at] + odd + content[at + width :]


def change_cell(draw: st.DrawFn, content: bytes) -> bytes:
    lines = [line.split(b",") for line in content.split(b"\n")]
    line = draw(st.sampled_from(lines))
    cell = draw(st.integers(0, len(line) - 1))
    other = draw(st.sampled_from(draw(st.sampled_from(lines))))
    line[cell] = draw(st.one_of(st.just(other), st.sampled_from(ODD), st.just(b"tobedeleted")))
    return b"\n".join(b",".join(line) for line in lines)


def change_column(draw: st.DrawFn, content: bytes) -> bytes:
    lines = [line.split(b",") for line in content.split(b"\n") if line]
    if not lines:  # an earlier change took every row
        return content
    place = draw(st.integers(0, len(lines[0]) - 1))
    how = draw(st.sampled_from(["drop", "double", "rename"]))
    for n, line in enumerate(lines):
        if place < len(line) and how == "drop":
            del line[place]
        elif place < len(line) and how == "double":
            line.append(line[place])
        elif n == 0:
            line[place] = b"ext_" + line[place]
    return b"\n".join(b",".join(line) for line in lines)


def change_rows(draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join(draw(st.lists(st.sampled_from(lines), max_size=8)))


def change_encoding(draw: st.DrawFn, content: bytes) -> bytes:
    text = content.decode("utf-8", errors="replace")
    return text.encode(draw(st.sampled_from(ENCODINGS)), errors="replace")


CHANGES = (change_bytes, change_cell, change_cell, change_column, change_rows, change_encoding)


@st.composite
def bundles(draw: st.DrawFn) -> tuple[Files, str, bool]:
    """A small bundle with some of its files changed, its mode, and whether it has a manifest."""
    start = draw(st.sampled_from([FILES, FILES_1_2]))
    files = {stem: text.encode() for stem, text in start.items()}
    for stem in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=4)):
        change = draw(st.sampled_from(CHANGES))
        files[stem] = change(draw, files[stem]) if files[stem] else b""
    for stem in draw(st.sets(st.sampled_from(sorted(files)), max_size=1)):
        del files[stem]
    mode = draw(st.sampled_from(["bulk", "bulk", "delta"]))
    return files, mode, draw(st.booleans())


REFERENCES = (
    ("sections", "school", "orgs"),
    ("memberships", "section", "sections"),
    ("memberships", "person", "people"),
    ("staff_roles", "person", "people"),
    ("staff_roles", "org", "orgs"),
    ("guardianships", "student", "people"),
    ("guardianships", "guardian", "people"),
    ("demographics", "person", "people"),
    ("courses", "school", "orgs"),
    ("people", "school", "orgs"),
)


def check_references_hold(checked: Checked) -> None:
    """Each id of a live row is a live row of its target, or is handed back as open."""
    asked = set(checked.open_references.select("target", "value").iter_rows())
    for table, column, target in REFERENCES:
        frame, there = getattr(checked.frames, table), getattr(checked.frames, target)
        if frame is None:
            continue
        known = set() if there is None else set(there.filter(~pl.col("gone"))["source_id"])
        used = set(frame.filter(~pl.col("gone"))[column].drop_nulls())
        lacking = {(target, value) for value in used - known}
        assert lacking <= asked, (table, column)


def check_rows_are_fit(checked: Checked) -> None:
    """What every live row must have is there."""
    for table, columns in (
        ("people", ("source_id", "given_name", "family_name", "enabled")),
        ("sections", ("source_id", "title", "kind", "school")),
        ("memberships", ("source_id", "section", "person", "role")),
        ("sessions", ("source_id", "title", "kind", "starts", "ends")),
    ):
        frame = getattr(checked.frames, table)
        if frame is not None:
            live = frame.filter(~pl.col("gone"))
            assert live.select(columns).null_count().sum_horizontal().sum() == 0, table
            assert frame["source_id"].n_unique() == frame.height


def judge(path: Path) -> None:
    try:
        checked = check(path, today=TODAY)
    except BundleRefused as refused:
        checked, said = None, (refused.what, refused.mend)
    if checked is None:
        assert all(said)
        return
    assert all(found.what and found.mend for found in (*checked.faults, *checked.notes))
    if not checked.faults:
        check_references_hold(checked)
        check_rows_are_fit(checked)


def judge_files(files: Files, mode: str, *, with_manifest: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "b", files, mode)
        if not with_manifest:
            (path / "manifest.csv").unlink()
        judge(path)


def judge_zip(start: int, odd: bytes, cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = zipped(write(Path(folder) / "b", FILES))
        content = path.read_bytes()
        at = start % len(content)
        path.write_bytes((content[:at] + odd + content[at + len(odd) :])[: len(content) - cut])
        judge(path)


calm = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(calm, max_examples=40)
@given(bundles())
def test_a_changed_bundle_is_faulted_or_holds(bundle: tuple[Files, str, bool]) -> None:
    files, mode, with_manifest = bundle
    judge_files(files, mode, with_manifest=with_manifest)


@settings(calm, max_examples=20)
@given(st.integers(0, 10**6), st.binary(max_size=30), st.integers(0, 4000))
def test_a_changed_zip_is_refused_or_holds(start: int, odd: bytes, cut: int) -> None:
    judge_zip(start, odd, cut)


@pytest.mark.slow
@settings(calm, max_examples=1600)
@given(bundles())
def test_many_changed_bundles_are_faulted_or_hold(bundle: tuple[Files, str, bool]) -> None:
    files, mode, with_manifest = bundle
    judge_files(files, mode, with_manifest=with_manifest)


@pytest.mark.slow
@settings(calm, max_examples=500)
@given(st.integers(0, 10**6), st.binary(max_size=30), st.integers(0, 4000))
def test_many_changed_zips_are_refused_or_hold(start: int, odd: bytes, cut: int) -> None:
    judge_zip(start, odd, cut)
