"""The signed-in person's own language, unless they chose another on this device."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from hearth.kit.spoken import house_language, of_the_house, wanted

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageOfTheFamily:
    """A page for families is also written in languages that no other page is; which page that is,
    its gate says. It stands before whatever may refuse a form, so that a refusal speaks it too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _named: Any) -> None:
        language = wanted(request) if getattr(view, "families", False) else ""
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()


class LanguageOfThePerson:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen not in of_the_house() and request.user.is_authenticated:
            translation.activate(house_language(request.user.language))
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
