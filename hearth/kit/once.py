"""A form that is sent once.

Its key stands in its address: a second press, a reload, and Back with or without a script all send
the same key. The room keeps the key in the row it makes, under a unique constraint.
"""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponseRedirect

FORM = "form"


def key_of(request: HttpRequest) -> UUID | None:
    """The key of the form that this request shows or sends, if its address has one."""
    try:
        return UUID(request.GET.get(FORM, ""))
    except ValueError:
        return None


def with_a_key(request: HttpRequest) -> HttpResponseRedirect:
    """Open the same address as a form of its own."""
    asked = request.GET.copy()
    asked[FORM] = str(uuid4())
    return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}")
