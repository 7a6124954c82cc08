"""What the neighborhood has: anybody tells of it, Rosa looks, and then everybody reads it."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from hearth.partners.actions import asset as actions
from hearth.partners.actions.keeping import NotAllowed
from hearth.partners.models import Asset, Location
from hearth.partners.reading.neighborhood import Asked, around, school_places
from hearth.partners.views import open_form
from hearth.web.environment import SettingRefused, _map_tiles, origin
from tests.cast import Cast
from tests.partners.asking import browser

MAP = "/neighborhood/alder-valley/"
BREAD = {
    "kind": "business", "name": "Panadería La Estrella", "about": "Pan dulce desde las cinco.",
    "languages": ["es"], "address": "12 River Street", "who": "", "reach": "", "age": "",
}  # fmt: skip
LUPE = {
    "kind": "person", "name": "Tamales the way of Michoacán", "languages": ["es"],
    "who": "Guadalupe Ríos", "reach": "559 555 0177", "age": "grown",
}  # fmt: skip


def told(client: Client, **said: Any) -> Any:
    """Through the open form, as a browser sends it."""
    form = client.get(f"{MAP}tell/").headers["Location"]
    return client.post(form, said)


def proposed(cast: Cast, **said: Any) -> Asset:
    whole = {"kind": "place", "name": "The pocket park", "languages": ["en"], **said}
    return actions.propose(district_id=cast.alder.pk, said=whole)


def shown(cast: Cast, yes_to: tuple[str, ...] = (), **said: Any) -> Asset:
    whole = {"kind": "place", "name": "The pocket park", "languages": ["en"], **said}
    return actions.show(asset=proposed(cast, **said), said=whole, yes_to=yes_to, by=cast.rosa)


def read(**asked: Any) -> str:
    return Client().get(MAP, asked).content.decode()


class TestTelling:
    def test_a_family_tells_in_spanish_and_nobody_reads_it_before_rosa(self, cast: Cast) -> None:
        client = Client()
        client.cookies["django_language"] = "es"
        answer = told(client, **BREAD, from_whom="Una mamá")
        assert answer.status_code == 302
        asset = Asset.objects.get()
        assert (asset.state, asset.language, asset.from_whom) == ("proposed", "es", "Una mamá")
        assert "La Estrella" not in read()
        assert "La Estrella" in browser(cast.rosa).get("/directory/assets/").content.decode()

    def test_a_mother_who_is_signed_in_is_known(self, cast: Cast) -> None:
        told(browser(cast.linh), **BREAD)
        assert Asset.objects.get().sent_by == cast.linh

    def test_pressed_twice_it_is_told_once(self, cast: Cast) -> None:
        client = Client()
        form = client.get(f"{MAP}tell/").headers["Location"]
        for _press in range(2):
            assert client.post(form, BREAD).status_code == 302
        assert Asset.objects.count() == 1

    def test_a_machine_fills_in_what_nobody_sees(self, cast: Cast) -> None:
        answer = told(Client(), **BREAD, homepage="http://spam.example")
        assert "La Estrella" in answer.content.decode()  # nothing typed is lost
        assert not Asset.objects.exists()

    def test_too_many_at_once_wait(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(open_form, "AT_MOST", 2)
        codes = [told(Client(), **BREAD).status_code for _one in range(3)]
        assert codes == [302, 302, 429]

    def test_a_child_is_not_named(self, cast: Cast) -> None:
        young = {**LUPE, "age": "young"}
        page = told(Client(), **young).content.decode()
        assert "nobody so young is named" in page
        told(Client(), **{**young, "who": "", "reach": ""})
        assert Asset.objects.get().is_young

    def test_who_names_somebody_says_how_old(self, cast: Cast) -> None:
        assert "no child is named" in told(Client(), **{**LUPE, "age": ""}).content.decode()


class TestShowing:
    def test_a_name_and_a_number_only_with_her_own_yes(self, cast: Cast) -> None:
        asset = proposed(cast, **LUPE)
        client = browser(cast.rosa)
        address = reverse("partners:asset", args=[asset.pk])
        client.post(address, LUPE)
        assert "Tamales" in read()
        assert "Guadalupe" not in read()
        assert "0177" not in read()
        client.post(address, {**LUPE, "yes_to": ["name"]})
        assert "Guadalupe" in read()
        assert "0177" not in read()
        asset.refresh_from_db()
        assert asset.yes_heard_by == cast.rosa

    def test_the_database_shows_no_name_without_a_yes(self, cast: Cast) -> None:
        asset = proposed(cast, **LUPE)
        for wrong in ({"name_shown": True}, {"is_young": True}, {"latitude": 1, "longitude": 1}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Asset.objects.filter(pk=asset.pk).update(**wrong)

    def test_a_student_is_never_listed_by_name(self, cast: Cast) -> None:
        """Somebody said that Diego is grown up."""
        for said in ({**LUPE, "who": "Diego Obrien Ruiz"}, {**LUPE, "name": "Minh Anh Nguyen"}):
            with pytest.raises(NotAllowed, match="A student here is called so"):
                shown(cast, ("name",), **said)
        assert "Minh Anh" not in read()

    def test_nobodys_home_is_drawn(self, cast: Cast) -> None:
        asset = shown(cast, **LUPE, address="5 Home Street")
        assert asset.address == ""
        with pytest.raises(NotAllowed, match="home"):
            actions.place(asset=asset, point=(36.98, -120.06), by=cast.rosa)

    def test_of_two_who_decide_at_once_the_second_is_told(self, cast: Cast) -> None:
        asset = proposed(cast)
        actions.turn(asset=asset, to="declined", by=cast.rosa)
        with pytest.raises(NotAllowed, match="Look again"):
            actions.turn(asset=asset, to="declined", by=cast.amina)

    def test_what_is_not_there_any_more_is_not_shown(self, cast: Cast) -> None:
        asset = shown(cast)
        browser(cast.rosa).post(reverse("partners:turn_asset", args=[asset.pk]), {"to": "ended"})
        assert "pocket park" not in read()

    def test_a_teacher_and_a_neighbor_decide_nothing(self, cast: Cast) -> None:
        address = reverse("partners:asset", args=[proposed(cast).pk])
        assert browser(cast.tom).post(address, BREAD).status_code == 403
        assert Client().post(address, BREAD).status_code == 302  # to sign in
        assert browser(cast.omar).get(address).status_code == 404  # another district


class TestTheMap:
    def test_the_list_says_what_the_map_shows(self, valley: Cast) -> None:
        """Each number on the picture stands in the list: assets, and places of the directory."""
        place = school_places()[0]
        park = shown(valley)
        actions.place(asset=park, point=(place.latitude + 0.003, place.longitude), by=valley.rosa)
        answer = Client().get(MAP)
        numbers = [mark.number for mark in answer.context["map"].marks]
        spots = answer.context["found"].spots
        assert numbers == [spot.number for spot in spots]
        assert {"place", "service"} <= {spot.kind for spot in spots}
        assert [spot.miles for spot in spots] == sorted(spot.miles for spot in spots)
        page = answer.content.decode()
        assert "0.2 miles to the north" in page
        assert "cdn" not in page
        assert "<image" not in page

    def test_by_kind_and_by_language(self, valley: Cast) -> None:
        for name, kind, codes in (("Coro", "club", ["es"]), ("Lion dance", "tradition", ["vi"])):
            shown(valley, name=name, kind=kind, languages=codes)
        assert "Coro" in read(kind="club")
        assert "Lion dance" not in read(kind="club")
        assert "Lion dance" in read(language="vi")
        assert "Coro" not in read(language="vi")

    def test_without_a_point_it_stands_in_the_list(self, valley: Cast) -> None:
        shown(valley, **BREAD | {"age": None})
        page = read()
        assert page.index("Not on the map yet") < page.index("Panadería La Estrella")
        assert "12 River Street" in page

    def test_it_takes_its_point_from_a_place_of_the_directory(self, valley: Cast) -> None:
        place = Location.objects.current().filter(latitude__isnull=False).first()
        asset = shown(valley, **LUPE)
        client = browser(valley.rosa)
        address = reverse("partners:asset_place", args=[asset.pk])
        page = client.get(address, {"q": place.name[:4]}).content.decode()
        assert f'value="{place.pk}"' in page
        client.post(address, {"location": place.pk})
        found = around(school_places()[0], Asked(kind="person"))
        assert [spot.name for spot in found.spots] == [LUPE["name"]]
        assert found.spots[0].who == ""

    def test_rosa_points_at_it(self, valley: Cast) -> None:
        asset = shown(valley)
        middle = school_places()[0]
        client = browser(valley.rosa)
        client.post(
            reverse("partners:asset_place", args=[asset.pk]), {"pin.x": "140", "pin.y": "0"}
        )
        asset.refresh_from_db()
        assert asset.longitude == pytest.approx(middle.longitude, abs=0.001)
        assert asset.latitude > middle.latitude + 0.01
        assert client.get("/directory/assets/map.svg").content.startswith(b"<svg")

    def test_a_school_that_is_nowhere_still_has_its_list(self, cast: Cast) -> None:
        shown(cast)
        assert "pocket park" in read()

    @pytest.mark.parametrize("more", [{}, {"as": "table"}, {"page": "99"}, {"page": "x"}])
    def test_every_shape_of_the_page_asks_a_fixed_number_of_times(
        self, valley: Cast, more: dict[str, str], django_assert_max_num_queries: Any
    ) -> None:
        for number in range(8):
            asset = shown(valley, name=f"Garden {number}")
            actions.place(asset=asset, point=(37.78 + number / 1000, -122.42), by=valley.rosa)
        Client().get(MAP)
        with django_assert_max_num_queries(14):  # five of the frame
            assert Client().get(MAP, more).status_code == 200

    def test_on_paper_for_the_wall_in_spanish(self, valley: Cast) -> None:
        asset = shown(valley, ("name",), **LUPE)
        place = Location.objects.current().filter(latitude__isnull=False).first()
        actions.place(asset=asset, location=place, by=valley.rosa)
        client = Client()
        client.cookies["django_language"] = "es"
        assert client.get(f"{MAP}wall.pdf").content.startswith(b"%PDF")

    def test_the_framework_says_so_and_a_mother_finds_it(self, cast: Cast) -> None:
        framework = browser(cast.tom).get("/framework/").content.decode()
        assert "neighborhood has is on a map" not in framework
        shown(cast)
        framework = browser(cast.tom).get("/framework/").content.decode()
        assert "neighborhood has is on a map" in framework
        mother = browser(cast.linh)
        assert 'href="/neighborhood/"' in mother.get("/").content.decode()
        assert mother.get("/neighborhood/").headers["Location"] == MAP

    def test_another_districts_neighborhood_is_its_own(self, cast: Cast) -> None:
        shown(cast)
        assert "pocket park" not in Client().get("/neighborhood/bristlecone/").content.decode()


class TestABackground:
    @pytest.mark.parametrize(
        "said",
        [
            "http://tiles.example/{z}/{x}/{y}.png",
            "https://a.example",
            "javascript:{z}{x}{y}",
            "https://a.example;{z}/{x}/{y}",
        ],
    )
    def test_what_is_no_address_is_refused(
        self, monkeypatch: pytest.MonkeyPatch, said: str
    ) -> None:
        monkeypatch.setenv("HEARTH_MAP_TILES", said)
        with pytest.raises(SettingRefused):
            _map_tiles()

    def test_off_unless_set_and_then_only_that_server_is_allowed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("HEARTH_MAP_TILES", raising=False)
        assert (_map_tiles(), origin("")) == (("", ""), [])
        monkeypatch.setenv("HEARTH_MAP_TILES", "https://t.example/{z}/{x}/{y}.png © Some people")
        address, credit = _map_tiles()
        assert credit == "© Some people"
        assert origin(address) == ["https://t.example"]

    def test_its_squares_lie_under_the_marks_and_it_is_named(
        self, valley: Cast, settings: Any
    ) -> None:
        settings.HEARTH = replace(
            settings.HEARTH, map_tiles="https://t.example/{z}/{x}/{y}.png", map_credit="© People"
        )
        page = read()
        assert '<image href="https://t.example/' in page
        assert "© People" in page
