"""What every page carries: navigation, who is here, whether this is a demonstration."""

from django.conf import settings
from django.http import HttpRequest


def surroundings(request: HttpRequest) -> dict[str, object]:
    return {"demo": settings.HEARTH.is_demo}
