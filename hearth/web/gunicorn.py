"""How gunicorn runs Hearth: sync workers have the best tails of all we measured."""

from typing import Any

from django.db import connection

from hearth.web.prepare import bound_by_the_wall

timeout = 60
graceful_timeout = 30
accesslog = None
loglevel = "warning"
preload_app = True


def on_starting(server: Any) -> None:
    """However gunicorn was started: a role that could see every district never answers pages."""
    connection.ensure_connection()
    trouble = bound_by_the_wall(connection.connection)
    connection.close()
    if trouble:
        raise SystemExit(f"DATABASE_URL names a role that cannot serve pages: {trouble}.")
