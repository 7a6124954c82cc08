"""Pages on which nobody is signed in, whoever they are elsewhere.

A session is written anew with each page it opens: the time beside a person's key. Beside a survey
that would tell who answered last. So under these addresses the session's cookie is not read.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

UNSIGNED = ("/say/",)


class NobodySignedIn:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(UNSIGNED):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)
