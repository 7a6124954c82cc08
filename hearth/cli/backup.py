"""`hearth backup` and `hearth restore`: everything in one file, and back, all or nothing."""

import json
import re
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings
from django.db import connections
from psycopg import sql

from hearth.schools.models import District
from hearth.web import embedded
from hearth.web.prepare import grant_existing, grant_rights, prepare_database

DUMP, ABOUT, FILES = "database.sql", "about.json", "files"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole database and the kept files into FILE.

    The key that opens kept files (HEARTH_FILE_KEY) is not in it: keep the two apart.
    """
    part = file.with_name(file.name + ".part")
    try:
        with tempfile.TemporaryDirectory() as folder:
            dump, about = Path(folder) / DUMP, Path(folder) / ABOUT
            click.echo("Reading the database")
            _run("pg_dump", "--no-owner", "--no-privileges", "--file", str(dump))
            about.write_text(json.dumps(_about(), indent=1))
            click.echo("Writing the file")
            part.touch(mode=0o600)
            with tarfile.open(part, "w:gz", compresslevel=3) as archive:
                archive.add(about, ABOUT)
                archive.add(dump, DUMP)
                if _kept_files().exists():
                    archive.add(_kept_files(), FILES)
        part.replace(file)  # a backup that was interrupted never looks like one that is whole
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"Wrote {file} ({file.stat().st_size // 1024:,} KiB).")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of what is here now.")
def restore(file: Path, replace: bool) -> None:
    """Put back what FILE holds. Either all of it is restored or nothing is changed."""
    if not replace and _holds_a_district():
        raise click.ClickException(
            "This database holds a district already. Add --replace to put the backup in its place."
        )
    with tempfile.TemporaryDirectory() as folder:
        about = _unpack(file, Path(folder))
        click.echo(f"Restoring the backup of {about['at']}")
        _put_back(Path(folder) / DUMP)
        if (Path(folder) / FILES).exists():
            _put_back_files(Path(folder) / FILES)
    grant_rights()
    grant_existing()
    prepare_database()  # a backup of an older version is brought to this one
    click.echo("Restored.")


def _about() -> dict[str, object]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        return {"at": datetime.now(UTC).isoformat(timespec="seconds"),
                "migrations": cursor.fetchone()[0]}  # fmt: skip


def _unpack(file: Path, folder: Path) -> dict[str, str]:
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        about: dict[str, str] = json.loads((folder / ABOUT).read_text())
    except (tarfile.TarError, OSError, ValueError, EOFError) as trouble:
        raise click.ClickException(f"{file} is not a whole Hearth backup.") from trouble
    return about


def _put_back(dump: Path) -> None:
    """Empty the schema and read the dump in one transaction."""
    script = dump.with_name("restore.sql")
    with script.open("w") as out, dump.open() as lines:
        out.write("DROP SCHEMA public CASCADE;\n")
        out.write("CREATE SCHEMA public;\n")
        # A plain dump makes the schema itself only where it is not the ordinary one.
        out.writelines(line for line in lines if line != "CREATE SCHEMA public;\n")
    connections["owner"].close()
    _run("psql", "--single-transaction", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1",
         "--output", "/dev/null", "--file", str(script))  # fmt: skip


def _put_back_files(files: Path) -> None:
    _kept_files().mkdir(parents=True, exist_ok=True)
    for kept in files.iterdir():
        target = _kept_files() / kept.name
        target.write_bytes(kept.read_bytes())
        target.chmod(0o600)


def _run(tool: str, *words: str) -> None:
    """Run one of PostgreSQL's tools as the owner; its password travels by environment only."""
    place = connections["owner"].settings_dict
    environment = {
        "PGHOST": place["HOST"], "PGPORT": place["PORT"], "PGUSER": place["USER"],
        "PGPASSWORD": place["PASSWORD"], "PGDATABASE": place["NAME"],
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own tool and words
        [str(embedded.tool(tool)), *words],
        env={k: str(v) for k, v in environment.items() if v},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # PostgreSQL's context lines quote rows, and rows are people: only its own reason is shown.
        reasons = [line for line in done.stderr.splitlines() if "error: " in line.lower()]
        reason = re.split("error: +", reasons[0], flags=re.I)[-1] if reasons else "no reason given"
        raise click.ClickException(f"{tool} stopped: {reason}. Nothing was changed.")


def _holds_a_district() -> bool:
    with connections["owner"].cursor() as cursor:
        table = District._meta.db_table
        cursor.execute("SELECT to_regclass(%s)", [table])
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute(sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(table)))
        return bool(cursor.fetchone()[0])


def _kept_files() -> Path:
    folder: Path = settings.HEARTH.data / "files"
    return folder
