"""What no browser sends, set right before Django reads it, for Django falls over it.

A form may say in what letters it is written, and Python knows "letters" that are none, or that make
half of a pair: no page of ours is sent in any but UTF-8. A cookie may hide a sign that PostgreSQL
keeps in no text.
"""

from collections.abc import Callable, Iterable
from typing import Any

Answer = Callable[[dict[str, Any], Any], Iterable[bytes]]
HIDDEN = "\\000"


def readable(answer: Answer) -> Answer:
    def read(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        kind, *said = environ.get("CONTENT_TYPE", "").split(";")
        others = [each for each in said if not each.strip().lower().startswith("charset")]
        environ["CONTENT_TYPE"] = ";".join([kind, *others])
        environ["HTTP_COOKIE"] = environ.get("HTTP_COOKIE", "").replace(HIDDEN, "")
        return answer(environ, start_response)

    return read
