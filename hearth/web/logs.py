"""Logs as one JSON document a line, without anything a person wrote or is called.

An exception is logged by its type and where it happened. Its text is left out: PostgreSQL and
forms quote what they refuse, and what they refuse may be a child's name.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # The template of the message, not the message: its arguments may be anything.
            "message": str(record.msg).replace("%s", "…") if record.args else _own_words(record),
        }
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            line["page"] = match.view_name if match else "unknown"
            line["method"] = request.method
        if hasattr(record, "status_code"):
            line["status"] = record.status_code
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ][-12:]
        return json.dumps(line, ensure_ascii=False)


def _own_words(record: logging.LogRecord) -> str:
    """A message without arguments is the code's own; an exception given as one is only named. Of
    what Django refuses as unsafe the message is whatever was sent, and the logger has the name."""
    if record.name.startswith("django.security."):
        return record.name.rpartition(".")[2]
    return record.msg if isinstance(record.msg, str) else type(record.msg).__name__


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "hearth.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "procrastinate": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
