"""Looking through somebody's eyes: no more than either, never acting, always on record."""

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.models import Event


def put_on(client, cast, seen):
    client.force_login(cast.helen)
    return client.post(f"/me/view-as/{seen.pk}/")


def test_helen_looks_through_toms_eyes_and_stops(client, cast):
    assert put_on(client, cast, cast.tom).status_code == 302
    assert client.get("/trial/students").content == b"2"  # his class; she alone sees three
    client.post("/me/view-as/stop/")
    assert client.get("/trial/students").content == b"3"
    told = Event.objects.filter(verb__startswith="view_as").order_by("pk")
    assert [(e.verb, e.by, e.about_id) for e in told] == [
        ("view_as_started", cast.helen.pk, cast.tom.pk),
        ("view_as_stopped", cast.helen.pk, cast.tom.pk),
    ]


def test_while_viewing_nothing_can_be_done(client, cast):
    put_on(client, cast, cast.rosa)
    assert client.post("/trial/acts").status_code == 403
    assert client.post("/me/members/invite/", {}).status_code == 403


def test_verbs_are_those_of_both(cast):
    seen = User.objects.get(pk=cast.amina.pk)
    seen.viewed_by = User.objects.get(pk=cast.helen.pk)
    assert cast.amina.may(May.READ_RESTRICTED)
    assert not seen.may(May.READ_RESTRICTED)  # Helen may not, so nor may Helen as Amina
    assert not seen.may(May.VIEW_AS)


def test_the_ribbon_says_whose_eyes_and_how_to_stop(client, cast):
    put_on(client, cast, cast.helen)  # not herself
    put_on(client, cast, cast.rosa)
    page = client.get("/me/members/").content.decode()
    assert "Rosa Delgado" in page
    assert "/me/view-as/stop/" in page


def test_rosa_may_not_view_as_anybody(client, cast):
    client.force_login(cast.rosa)
    assert client.get("/me/view-as/").status_code == 403
    assert client.post(f"/me/view-as/{cast.tom.pk}/").status_code == 403
    assert not Event.objects.filter(verb="view_as_started").exists()


def test_nobody_of_another_district_can_be_looked_through(client, cast):
    client.force_login(cast.helen)
    assert client.post(f"/me/view-as/{cast.omar.pk}/").status_code == 404
    assert "Omar" not in client.get("/me/view-as/").content.decode()


def test_the_choice_names_everybody_with_their_role(client, cast):
    client.force_login(cast.helen)
    page = client.get("/me/view-as/").content.decode()
    assert "Tom Becker" in page
    assert "Teacher, Cottonwood Elementary" in page
    assert "Tom Becker" not in client.get("/me/view-as/?q=rosa").content.decode()
