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
