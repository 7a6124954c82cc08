"""The framework at a glance: every room says its part of each element, and here they meet."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import ROLES, Reach
from hearth.framework.elements import that_serve
from hearth.framework.quilt import Line, Tile, quilt
from hearth.framework.saying import Behind, Said, Side, Spoken
from hearth.insight.elements import released
from hearth.insight.reading import DISTRICT_SLUG, Place
from hearth.kit.document import pdf
from hearth.listening.front.framework import said as said_by_listening
from hearth.partners.front.framework import said as said_by_partners
from hearth.people.models import Student
from hearth.people.models.team import own_children
from hearth.schools.models import District, School
from hearth.supports.front.framework import said as said_by_supports

PAPER = "framework/typst/quilt.typ"


@dataclass(frozen=True)
class Glance:
    """The quilt of one place as one reader may see it, and the other places they may choose."""

    place: Place
    places: list[Place]
    tiles: tuple[Tile, ...]
    figures: Mapping[str, tuple[Behind, ...]]
    schools: int


@page(May.SEE_FRAMEWORK)
def framework(request: PageRequest) -> HttpResponse:
    """Of the place that was chosen; else of one's own school, or of the whole district."""
    return render(request, "framework/quilt.html", _facts(request, request.GET.get("place", "")))


@page(May.SEE_FRAMEWORK)
def framework_at(request: PageRequest, place: str) -> HttpResponse:
    return render(request, "framework/quilt.html", _facts(request, place))


@page(May.SEE_FRAMEWORK)
def framework_element(request: PageRequest, place: str, key: str) -> HttpResponse:
    """One element with everything that stands behind it, and what else it answers."""
    glance = look(request.user, place)
    keys = [tile.key for tile in glance.tiles]
    if key not in keys:
        raise Http404
    at = keys.index(key)
    around = {
        "before": glance.tiles[at - 1] if at else None,
        "after": glance.tiles[at + 1] if at + 1 < len(keys) else None,
    }
    facts = {
        "glance": glance, "tile": glance.tiles[at], "figures": glance.figures.get(key, ()),
        "also": also_answers(key, _language()), **around,
        "may_begin": request.user.may(May.RUN_LISTENING),
    }  # fmt: skip
    return render(request, "framework/element.html", facts)


@page(May.SEE_FRAMEWORK)
def framework_paper(request: PageRequest, place: str) -> HttpResponse:
    """The quilt as this reader sees it, on two sheets."""
    glance = look(request.user, place)
    families = [list(tiles) for _name, tiles in groupby(glance.tiles, key=lambda one: one.family)]
    words = {
        "title": _("What are we doing, and what is missing?"),
        "lead": _("It is a picture to talk about. There is no score."),
        "place": glance.place.name,
        "foot": f"{glance.place.name} · {date_format(timezone.localdate(), 'DATE_FORMAT')}",
        "families": [
            {"name": tiles[0].family, "tiles": [_on_paper(tile) for tile in tiles]}
            for tiles in families
        ],
    }
    headers = {"Content-Disposition": f'inline; filename="framework-{glance.place.slug}.pdf"'}
    return HttpResponse(pdf(PAPER, words), content_type="application/pdf", headers=headers)


def _on_paper(tile: Tile) -> dict[str, Any]:
    lines = [{"name": part.name, "text": _with_where(part.first)} for part in tile.parts]
    note = tile.fill if tile.is_empty else tile.gap
    return {"name": tile.short, "lines": lines, "note": note, "empty": tile.is_empty}


def _with_where(line: Line) -> str:
    return f"{line.text} ({line.where})" if line.where else line.text


def _facts(request: PageRequest, place: str) -> dict[str, Any]:
    glance = look(request.user, place)
    return {"glance": glance, "tiles": glance.tiles}


def look(user: User, slug: str) -> Glance:
    """Every room once, for all schools of the place together."""
    rows = list(_schools(user))
    places = _places(user, rows)
    place = next((one for one in places if one.slug == slug), None) if slug else places[0]
    if place is None:
        raise Http404
    here = [row for row in rows if place.school is None or row.pk == place.school.pk]
    keys = [row.pk for row in here]
    numbers = released(user, place)
    spoken = [
        said_by_supports(user, keys), said_by_listening(user, keys), said_by_partners(user, keys),
        numbers.said, _coordinators(user, here),
    ]  # fmt: skip
    tiles = quilt(spoken, {row.pk: row.name for row in here}, _language())
    return Glance(place, places, tiles, numbers.figures, len(here))


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _schools(user: User) -> Any:
    """Those whose quilt a reader opens: of the district, or where they work, learn or have a child
    of their own; and whether somebody coordinates there."""
    here = Membership.objects.current().filter(role="coordinator", school=OuterRef("pk"))
    rows = School.objects.filter(gone_on=None).annotate(coordinated=Exists(here))
    rows = rows.select_related("district").order_by("name", "pk")
    if _sees_all(user):
        return rows
    own = {
        post.school_id for post in user.standing.posts
        if post.school_id and May.SEE_FRAMEWORK in ROLES[post.role].may
    }  # fmt: skip
    if user.may(May.SEE_OWN_CHILD):
        children = Student.objects.visible_to(user).filter(pk__in=own_children(user))
        own.update(key for key in children.values_list("school", flat=True) if key)
    return rows.filter(pk__in=own)


def _sees_all(user: User) -> bool:
    """The district's own people, and partners, who belong to no school."""
    if user.standing.reaches(May.SEE_FRAMEWORK, Reach.DISTRICT):
        return True
    return user.standing.reaches(May.SEE_FRAMEWORK, Reach.REFERRED)


def _places(user: User, rows: list[Any]) -> list[Place]:
    """Whoever belongs to no school reads what holds for all of the district."""
    schools = [Place(row.slug, row.name, row) for row in rows]
    if schools and not _sees_all(user):
        return schools
    district = rows[0].district if rows else District.objects.get(pk=user.district_id)
    return [Place(DISTRICT_SLUG, district.name, None), *schools]


def _coordinators(user: User, rows: list[Any]) -> Spoken:
    """A matter of the ground, and of no room."""
    url = reverse("access:members") if user.may(May.INVITE) else ""
    has, lacks = _("A coordinator is here for it."), _("Nobody coordinates it here yet.")
    return {
        "practice.coordinator": [
            Said(Side.DOING, has, row.pk, url, count=1)
            if row.coordinated
            else Said(Side.MISSING, lacks, row.pk, url)
            for row in rows
        ]
    }


def also_answers(key: str, language: str) -> list[tuple[str, list[str]]]:
    """What the same work answers in other lists, list by list, as far as the crosswalk knows."""
    found: dict[str, list[str]] = {}
    for one in that_serve(key):
        found.setdefault(one.family.name.said_in(language), []).append(one.name.said_in(language))
    return list(found.items())
