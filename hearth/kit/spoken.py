"""In which language somebody reads: the two of the whole house everywhere, and on pages, papers and
letters for families those besides that families are written to in.

An address may name its language: a poster or a letter in Spanish opens the page in Spanish.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation.trans_real import parse_accept_lang_header

from hearth.kit.family_languages import family_languages

NAMED = "lang"
OWN_NAMES = {"en": "English", "es": "Español"}


def of_the_house() -> dict[str, str]:
    """Every page is written in these. By code, each by its own name."""
    return {code: OWN_NAMES.get(code, str(name)) for code, name in settings.LANGUAGES}


def of_families() -> dict[str, str]:
    """What families read is written in these: those of the house first."""
    return of_the_house() | {code: each.name for code, each in family_languages().items()}


def in_language(request: HttpRequest) -> HttpResponseRedirect:
    """Open the same address without the language, which the device remembers from now on."""
    asked = request.GET.copy()
    language = asked.pop(NAMED)[-1]
    query = f"?{asked.urlencode()}" if asked else ""
    answer = HttpResponseRedirect(request.path + query)
    if language in of_families():
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return answer


def is_written(language: str) -> bool:
    """Whether Hearth writes to families in it. Nothing is asked of them in another in its place."""
    return language in of_families()


def is_read_over(language: str) -> bool:
    """Whether somebody who speaks it has read the words of this language: those of the house are
    checked with each change, those for families alone say so themselves."""
    found = family_languages().get(language)
    return found is None or bool(found.read_over)


def written_in(language: str) -> str:
    """The language of a family where Hearth writes to families in it, English where it does not."""
    return language if language in of_families() else settings.LANGUAGE_CODE


def house_language(language: str) -> str:
    """The same for what is not written for families."""
    return language if language in of_the_house() else settings.LANGUAGE_CODE


def wanted(request: HttpRequest) -> str:
    """What a reader of a page for families wants: chosen on this device, else their own, else what
    their telephone asks for. Empty where none of it is spoken."""
    spoken, user = of_families(), getattr(request, "user", None)
    asked = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    if user is not None and user.is_authenticated:
        asked.append(user.language)
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    asked += [code.partition("-")[0] for code, _weight in accepted]
    return next((code for code in asked if code in spoken), "")


def spoken_at(path: str, language: str) -> str:
    """The whole address of a page for families that opens in their language."""
    return f"{settings.HEARTH.address.rstrip('/')}{path}?{NAMED}={written_in(language)}"
