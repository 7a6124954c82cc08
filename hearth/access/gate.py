"""The gate: every page says who may open it, and runs as one district or not at all.

A reading page runs in a transaction in which PostgreSQL refuses to write; what was looked at is
stored after it, before the answer leaves: no record, no look.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import Any, Protocol, cast

import pghistory
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.view_as import put_on_glasses
from hearth.audit.actions import write_looks
from hearth.audit.models import Look
from hearth.schools.acting import acting_for, reading_for
from hearth.schools.models import District


class PageRequest(HttpRequest):
    """A request that has passed the gate."""

    user: User
    district_id: int
    looks: list[Look]


class Page(Protocol):
    gate: May | None
    methods: tuple[str, ...]
    families: bool

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse: ...


View = Callable[..., HttpResponse]


def page(
    verb: May,
    *,
    methods: tuple[str, ...] = ("GET",),
    own_eyes: bool = False,
    families: bool = False,
) -> Callable[[View], Page]:
    """Only for those who hold `verb`. `methods` are the ones the page answers.

    With `own_eyes` the page is about the person at the keyboard, whoever they look through: their
    session, their language, taking the glasses off. With `families` it is also read in the
    languages of families; its words stand in `hearth/locale/families.toml`.
    """

    def declare(view: View) -> Page:
        @wraps(view)
        def gated(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.district_id = request.user.district_id
            return _run(view, request, verb, args, kwargs, own_eyes=own_eyes)

        return _declared(gated, verb, methods, families=families)

    return declare


def public_page(
    *, methods: tuple[str, ...] = ("GET",), families: bool = False
) -> Callable[[View], Page]:
    """For everybody. The address names the district in `district`, and only its rows exist."""

    def declare(view: View) -> Page:
        @wraps(view)
        def gated(request: PageRequest, district: str, **kwargs: Any) -> HttpResponse:
            found = _district(district)
            request.district_id = found.pk
            return _run(view, request, None, (found,), kwargs)

        return _declared(gated, None, methods, families=families)

    return declare


def _district(slug: str) -> District:
    """Said in SQL, because every page of whoever has no account asks it first."""
    for found in District.objects.raw("SELECT * FROM schools_district WHERE slug = %s", [slug]):
        return found
    raise Http404


def open_page(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], Page]:
    """For everybody and of no district: no owned row exists on such a page."""

    def declare(view: View) -> Page:
        return _declared(wraps(view)(view), None, methods)

    return declare


def _declared(
    gated: View, verb: May | None, methods: tuple[str, ...], *, families: bool = False
) -> Page:
    checked = cast("Page", never_cache(require_http_methods([*methods, "HEAD"])(gated)))
    checked.gate, checked.methods, checked.families = verb, methods, families
    return checked


def _run(
    view: View,
    request: PageRequest,
    verb: May | None,
    args: tuple[Any, ...],
    kwargs: Any,
    *,
    own_eyes: bool = False,
) -> HttpResponse:
    request.looks = []
    reading = request.method in ("GET", "HEAD")
    with _reading(request) if reading else _acting(request):
        if verb is not None:
            if not own_eyes:
                put_on_glasses(request)
            if not request.user.may(verb):
                raise PermissionDenied
            if request.user.viewed_by and not reading:
                raise PermissionDenied  # looking through somebody's eyes is looking, never acting
        response = view(request, *args, **kwargs)
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response.render()
    if request.looks:
        with acting_for(request.district_id):
            write_looks(request.looks)
    return response


def _reading(request: PageRequest) -> AbstractContextManager[None]:
    return reading_for(request.district_id)


@contextmanager
def _acting(request: PageRequest) -> Iterator[None]:
    """Whoever acts stands beside each row of history that the page leaves behind."""
    with (
        acting_for(request.district_id),
        pghistory.context(by=request.user.pk, page=request.path),
    ):
        yield


def looked(request: PageRequest, row: Any, *, page: str, why: str, student_id: int | None) -> None:
    """Note that this page showed something sensitive; the gate stores it when the page is done."""
    viewer = request.user.viewed_by or request.user
    request.looks.append(
        Look(
            district_id=request.district_id,
            by=viewer.pk,
            by_name=viewer.name,
            viewing_as=request.user.pk if request.user.viewed_by else None,
            about=row._meta.label_lower,
            about_id=row.pk,
            student_id=student_id,
            page=page,
            why=why,
        )
    )
