"""What no browser sends and nobody types, taken out before anybody reads it.

A form may say in what letters it is written, and Python knows "letters" that are none, or that make
half of a pair: no page of ours is sent in any but UTF-8. A text that was pasted, an address or a
cookie may hold signs that are no letters. Nobody sees them, PostgreSQL keeps one of them in no
text, and no paper is printed with any.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

Answer = Callable[[dict[str, Any], Any], Iterable[bytes]]
NO_LETTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HIDDEN = {"QUERY_STRING": "%00", "HTTP_COOKIE": "\\000"}


def readable(answer: Answer) -> Answer:
    """Around Django, which falls over such letters before a page can answer."""

    def read(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        kind, *said = environ.get("CONTENT_TYPE", "").split(";")
        others = [each for each in said if not each.strip().lower().startswith("charset")]
        environ["CONTENT_TYPE"] = ";".join([kind, *others])
        for name, sign in HIDDEN.items():
            environ[name] = environ.get(name, "").replace(sign, "").replace("\0", "")
        return answer(environ, start_response)

    return read


class LettersAlone:
    """Of what was typed or pasted into a form, the letters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _named: Any) -> None:
        if request.method != "POST" or not any(map(NO_LETTER.search, _all_of(request))):
            return
        said = request.POST.copy()
        for name, values in request.POST.lists():
            said.setlist(name, [NO_LETTER.sub("", value) for value in values])
        request.POST = said  # type: ignore[assignment]


def _all_of(request: HttpRequest) -> Iterable[str]:
    return (value for _name, values in request.POST.lists() for value in values)
