"""Before Linh is asked: whom one may ask at all, for what, how far away, said in plain words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.partners.actions import agreement
from hearth.partners.actions.listing import renew_listings
from hearth.partners.models import (
    Consent,
    Listing,
    Location,
    Organization,
    SchoolPlace,
    Service,
    ServiceAtLocation,
)
from tests.cast import Cast
from tests.partners.helping import Helping, helping
from tests.partners.test_out_pages import _ask, _prepare, browser, follow, read


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    return helping(cast)


class TestBeforeAsking:
    def test_nobody_asks_linh_for_what_could_not_be_sent(self, help_there: Helping) -> None:
        agreement.end(agreement=help_there.agreement, on=timezone.localdate(), why="Closed.",
                      by=help_there.cast.helen)  # fmt: skip
        rosa = browser(help_there.cast.rosa)
        page, _ = follow(rosa, _prepare(help_there))

        assert "Nothing may be sent to them today" in page
        assert "The agreement with them was ended on" in page
        assert ">Ask the family</a>" not in page
        assert rosa.get(_ask(help_there), follow=True).request["PATH_INFO"] == _prepare(help_there)

    def test_and_nobody_asks_her_where_nobody_would_read_it(self, help_there: Helping) -> None:
        help_there.ines.ends = timezone.localdate() - timedelta(days=1)
        help_there.ines.save(update_fields=["ends"])
        page, _ = follow(browser(help_there.cast.rosa), _prepare(help_there))

        assert "Nobody there is known to us" in page
        assert ">Ask the family</a>" not in page

    def test_only_what_the_agreement_allows_can_be_asked_for(self, help_there: Helping) -> None:
        page, where = follow(browser(help_there.cast.rosa), _ask(help_there))
        assert 'value="birthdate"' in page
        assert 'value="school_grade"' not in page  # the agreement does not name it

        until = timezone.localdate() + timedelta(days=30)
        said = {"adult": help_there.linh.pk, "elements": ["name", "school_grade"],
                "language": "vi", "expires_on": until}  # fmt: skip
        browser(help_there.cast.rosa).post(where, said)
        assert not Consent.objects.exists()

    def test_whom_one_may_ask_stands_before_the_others(self, help_there: Helping) -> None:
        alder = help_there.cast.alder
        unsigned = Organization.objects.create(district=alder, name="Not signed yet")
        other = Service.objects.create(
            district=alder, organization=unsigned, name="A first choice"
        )  # fmt: skip
        renew_listings(district_id=help_there.cast.alder.pk)
        choose = reverse("out:choose", args=[help_there.cast.minh_anh.pk])
        page = read(browser(help_there.cast.rosa).get(choose))

        assert page.index("Talking with families") < page.index("A first choice")
        assert page.count("No referral to them yet, only the hand-out") == 1
        assert reverse("partners:service", args=[other.pk]) in page

    def test_the_choice_understands_how_people_say_it_and_how_far_it_is(
        self, help_there: Helping
    ) -> None:
        cottonwood, alder = help_there.cast.cottonwood, help_there.cast.alder
        SchoolPlace.objects.create(district=alder, school=cottonwood, latitude=37, longitude=-120)
        here = Location.objects.create(district=alder, latitude=37.01, longitude=-120)
        ServiceAtLocation.objects.create(
            district=alder, service=help_there.service, location=here
        )  # fmt: skip
        renew_listings(district_id=alder.pk)
        Listing.objects.filter(service=help_there.service).update(needs=["talking"])
        choose = reverse("out:choose", args=[help_there.cast.minh_anh.pk])
        rosa = browser(help_there.cast.rosa)

        said = {"q": "alguien con quien hablar", "near": "3"}
        page = read(rosa.get(choose, said))
        assert "0.6 miles from school" in page
        assert "Nothing here matches" in read(rosa.get(choose, {"q": "comida"}))
