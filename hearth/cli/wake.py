"""Make ready what a command stands on: settings, the server, a database of this version."""

import hashlib
import os
import sys
from pathlib import Path

import django

from hearth.web import embedded, environment

NEEDS_NOTHING = {"make-key"}
PREPARES_ITSELF = {"prepare", "restore"}


def wake(command: str) -> None:
    if command in NEEDS_NOTHING or "--help" in sys.argv or "-h" in sys.argv:
        _set_up_django()
        return
    if command == "demo":
        os.environ["HEARTH_MODE"] = "demo"
    found = environment.read()
    if not found.database_url:
        embedded.ensure_started(found.data / "postgres")
    _set_up_django()
    if command not in PREPARES_ITSELF and not found.is_production:
        prepare_once(found.data, found.database_url)


def prepare_once(data: Path, url: str) -> None:
    """Migrate when this version's migrations have not run here yet. Production does it by hand."""
    from hearth.web.prepare import prepare_database  # noqa: PLC0415 - needs Django awake

    stamp, now = data / "prepared", _version_of_tables(url)
    if not stamp.exists() or stamp.read_text() != now:
        prepare_database()
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(now)


def _version_of_tables(url: str) -> str:
    files = sorted(Path(__file__).parents[1].glob("*/migrations/*.py"))
    return hashlib.sha256(b"".join([url.encode(), *(f.read_bytes() for f in files)])).hexdigest()


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.web.settings")
    django.setup()
