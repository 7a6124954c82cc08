"""Helen, the district lead, keeps a copy of everything and gets it back."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hearth.web import embedded
from tests.cli.commands import (
    CLUSTER,
    checksums,
    copy_of_the_cast,
    drop,
    empty_database,
    hearth,
)

pytestmark = [pytest.mark.usefixtures("django_db_setup"), pytest.mark.slow]


@pytest.fixture
def full() -> Iterator[str]:
    yield copy_of_the_cast("hearth_backup_from")
    drop("hearth_backup_from", "hearth_backup_to")


def test_a_restored_backup_is_the_same_in_every_table(full: str, tmp_path: Path) -> None:
    before = checksums(full)
    kept = tmp_path / "one" / "files" / "a1b2"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"sealed")
    file = tmp_path / "hearth.backup"
    done = hearth("backup", str(file), data=tmp_path / "one", database=full)
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o077 == 0

    other = empty_database("hearth_backup_to")
    done = hearth("restore", str(file), data=tmp_path / "two", database=other)
    assert done.returncode == 0, done.stderr
    assert checksums(other) == before
    assert (tmp_path / "two" / "files" / "a1b2").read_bytes() == b"sealed"
    with psycopg.connect(embedded.url(CLUSTER, embedded.APPLICATION, other)) as server:
        assert server.execute("SELECT count(*) FROM people_student").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute("DELETE FROM audit_event")


def test_a_restored_database_can_be_kept_and_restored_again(full: str, tmp_path: Path) -> None:
    file = tmp_path / "hearth.backup"
    before = checksums(full)
    for _generation in ("first", "second"):
        assert hearth("backup", str(file), data=tmp_path, database=full).returncode == 0
        done = hearth("restore", str(file), "--replace", data=tmp_path, database=full)
        assert done.returncode == 0, done.stderr
    assert checksums(full) == before


def test_what_is_there_is_not_replaced_unasked(full: str, tmp_path: Path) -> None:
    file = tmp_path / "hearth.backup"
    assert hearth("backup", str(file), data=tmp_path, database=full).returncode == 0
    before = checksums(full)
    done = hearth("restore", str(file), data=tmp_path, database=full)
    assert done.returncode == 1
    assert "--replace" in done.stderr
    assert checksums(full) == before


def test_a_broken_backup_changes_nothing(full: str, tmp_path: Path) -> None:
    file = tmp_path / "hearth.backup"
    assert hearth("backup", str(file), data=tmp_path, database=full).returncode == 0
    file.write_bytes(file.read_bytes()[:-2000])
    before = checksums(full)
    done = hearth("restore", str(file), "--replace", data=tmp_path, database=full)
    assert done.returncode == 1
    assert "not a whole Hearth backup" in done.stderr
    assert checksums(full) == before
