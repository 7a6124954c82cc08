"""Make ready what a command stands on: settings, the server, a database of this version."""

import hashlib
import importlib
import os
import sys
from pathlib import Path

import django

from hearth.web import embedded, environment

NEEDS_NOTHING = {"make-key", "disclose", "audit"}
PREPARES_ITSELF = {"prepare", "restore"}


def wake(command: str) -> None:
    if command in NEEDS_NOTHING:
        return
    if "--help" in sys.argv or "-h" in sys.argv:
        _set_up_django()
        return
    if command == "demo":
        os.environ["HEARTH_MODE"] = "demo"
    found = environment.read()
    if not found.database_url:
        embedded.ensure_started(found.data / "postgres")
    _set_up_django()
    if command not in PREPARES_ITSELF and not found.is_production:
        prepare_once()


def prepare_once() -> None:
    """Migrate when this version's migrations have not run here yet. Production does it by hand."""
    prepare = importlib.import_module("hearth.web.prepare")  # it needs Django awake
    now = _version_of_tables()
    if prepare.prepared_for() != now:
        prepare.prepare_database()
        prepare.mark_prepared(now)


def _version_of_tables() -> str:
    files = sorted(Path(__file__).parents[1].glob("*/migrations/*.py"))
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.web.settings")
    django.setup()
