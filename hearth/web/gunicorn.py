"""How gunicorn runs Hearth: sync workers have the best tails of all we measured."""

from typing import Any

from django.db import connection
from gunicorn.glogging import Logger

from hearth.web.logs import JsonLines
from hearth.web.prepare import bound_by_the_wall

timeout = 60
graceful_timeout = 30
accesslog = None
loglevel = "warning"
preload_app = True


class Discreet(Logger):  # type: ignore[misc]
    """Where a page took too long or broke around Django, gunicorn says for which address: what
    somebody searched for stands in it, and nowhere else in our logs."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonLines())

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Of a request that is none, gunicorn says all, from whom it came to what stood in it."""
        super().warning(msg.partition(" from ip=")[0], *args, **kwargs)


logger_class = Discreet


def on_starting(server: Any) -> None:
    """However gunicorn was started: a role that could see every district never answers pages."""
    connection.ensure_connection()
    trouble = bound_by_the_wall(connection.connection)
    connection.close()
    if trouble:
        raise SystemExit(f"DATABASE_URL names a role that cannot serve pages: {trouble}.")
