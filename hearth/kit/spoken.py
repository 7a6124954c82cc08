"""An address that names its language: a poster or a letter in Spanish opens the page in Spanish."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect

NAMED = "lang"


def in_language(request: HttpRequest) -> HttpResponseRedirect:
    """Open the same address without the language, which the device remembers from now on."""
    asked = request.GET.copy()
    language = asked.pop(NAMED)[-1]
    query = f"?{asked.urlencode()}" if asked else ""
    answer = HttpResponseRedirect(request.path + query)
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return answer


def written_in(language: str) -> str:
    """The reader's language where Hearth speaks it, English where it does not yet."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def spoken_at(path: str, language: str) -> str:
    """The whole address of a page that opens in the reader's language."""
    return f"{settings.HEARTH.address.rstrip('/')}{path}?{NAMED}={written_in(language)}"
