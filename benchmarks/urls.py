"""Every address of the house, and the floor page. Only the measurements serve this."""

from django.http import HttpResponse
from django.template import Context, Template
from django.urls import include, path

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.people.models import Person
from hearth.web import urls

FLOOR = Template("<!doctype html><title>Floor</title><p>{{ person.called }}</p>")


@page(May.SIGN_IN)
def floor(request: PageRequest, pk: int) -> HttpResponse:
    """The least that a page of ours can cost: signed in, gated, one row by its key, no frame."""
    return HttpResponse(FLOOR.render(Context({"person": Person.objects.get(pk=pk)})))


urlpatterns = [path("floor/<int:pk>/", floor, name="floor"), path("", include(urls))]
handler404, handler403, handler500 = urls.handler404, urls.handler403, urls.handler500
