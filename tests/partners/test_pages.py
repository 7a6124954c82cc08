"""Rosa looks for what a family needs, keeps the directory right, and hands out a page."""

import html
import io
import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from hearth.audit.models import Event
from hearth.imports import actions
from hearth.partners.actions import keeping
from hearth.partners.forms.search import SearchForm
from hearth.partners.front.beside import directory_url, what_we_can_offer
from hearth.partners.models import (
    Capacity,
    Correction,
    Detail,
    Listing,
    SchoolPlace,
    Service,
    Sought,
    Tally,
)
from hearth.schools.acting import acting_for
from tests.cast import Cast
from tests.partners import packages
from tests.partners.asking import browser, found, sources, talk

HOME = ZoneInfo("America/Los_Angeles")


def test_rosa_finds_by_what_people_say(valley: Cast) -> None:
    assert found(valley.rosa) == {"talk", "pantry"}
    assert found(valley.rosa, q="food") == {"pantry"}
    assert found(valley.rosa, q="comida para mi familia") == {"pantry"}
    assert found(valley.rosa, q="somebody who listens") == {"talk"}
    assert found(valley.rosa, q="salud mental") == {"talk"}
    assert found(valley.rosa, q="(((&|!:*") == {"talk", "pantry"}
    assert found(valley.rosa, q="submarine") == set()


def test_she_narrows_by_need_language_age_cost_and_insurance(valley: Cast) -> None:
    assert found(valley.rosa, need="talking") == {"talk"}
    assert found(valley.rosa, language="es") == {"talk"}
    assert found(valley.rosa, language="vi") == {"pantry"}
    assert found(valley.rosa, grade="04") == {"talk", "pantry"}
    assert found(valley.rosa, age=4) == {"pantry"}
    assert found(valley.rosa, age=30) == {"pantry"}
    assert found(valley.rosa, free="on") == {"pantry"}
    assert found(valley.rosa, insurance="medi_cal") == {"talk", "pantry"}
    mind = next(link.category_id for link in talk().categories.all())
    assert found(valley.rosa, category=mind) == {"talk"}
    assert found(valley.rosa, need="nonsense", age="old", near="far") == {"talk", "pantry"}


def test_distance_is_told_from_her_school(valley: Cast) -> None:
    answer = browser(valley.rosa).get(reverse("partners:directory"), {"near": 1})
    [row] = answer.context["rows"]
    # A hundredth of a degree of longitude, at this latitude.
    assert (sources(answer), row.miles) == (["pantry"], "0.5")
    answer = browser(valley.rosa).get(reverse("partners:directory"), {"near": 10})
    assert sources(answer) == ["pantry", "talk"]


@pytest.mark.parametrize(
    ("when", "open_then"),
    [
        (datetime(2026, 10, 6, 10, 0, tzinfo=HOME), {"talk"}),  # a Tuesday morning
        (datetime(2026, 10, 6, 17, 0, tzinfo=HOME), set()),  # the minute they close
        (datetime(2026, 10, 8, 10, 0, tzinfo=HOME), set()),  # a Thursday
        (datetime(2026, 11, 6, 11, 0, tzinfo=HOME), {"pantry"}),  # the first Friday of November
        (datetime(2026, 11, 13, 11, 0, tzinfo=HOME), set()),  # the second
    ],
)
def test_open_now_is_by_the_clock_of_the_valley(
    valley: Cast, monkeypatch: pytest.MonkeyPatch, when: datetime, open_then: set[str]
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: when)
    assert found(valley.rosa, now="on") == open_then


def test_every_way_of_searching_that_is_shown_leads_somewhere(valley: Cast) -> None:
    answer = browser(valley.rosa).get(reverse("partners:directory"))
    form, counted = answer.context["form"], {k: n for k, _, n in answer.context["needs"]}
    for name in ("need", "language", "insurance", "category"):
        for key, _label in form.fields[name].choices:
            assert found(valley.rosa, **{name: key}), f"{name}={key} leads to nothing"
    assert {key: len(found(valley.rosa, need=key)) for key in counted} == counted


def test_places_free_stand_in_the_list_and_agreements_are_one_tap_away(valley: Cast) -> None:
    Capacity.objects.create(district=valley.alder, service=talk(), places=3, by=valley.rosa,
                            said_on=timezone.localdate())  # fmt: skip
    answer = browser(valley.rosa).get(reverse("partners:directory"), {"need": "talking"})
    assert [row.places for row in answer.context["rows"]] == ["3 places, said today"]
    assert "3 places, said today" in answer.content.decode()
    agreements = reverse("partners:agreements")
    assert agreements in answer.content.decode()
    seen_by_tom = browser(valley.tom).get(reverse("partners:directory")).content.decode()
    assert agreements not in seen_by_tom, "a teacher keeps no agreements"
    [pantry] = (
        browser(valley.rosa).get(reverse("partners:directory"), {"need": "food"}).context["rows"]
    )
    assert pantry.places == "", "nobody has told us"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("q=food&free=on&age=7", True), ("", True),
        ("free=Diego", False), ("now=Diego", False), ("age=007", False), ("age=Diego", False),
    ],
)  # fmt: skip
def test_what_somebody_typed_is_not_kept(valley: Cast, asked: str, kept: bool) -> None:
    form = SearchForm(QueryDict(asked), tallies=list(Tally.objects.all()), places=[])
    assert (form.shape is not None) is kept
    assert "Diego" not in str(form.shape)


def test_a_row_is_kept_as_it_was_drawn_until_it_says_something_else(valley: Cast) -> None:
    rosa, directory = browser(valley.rosa), reverse("partners:directory")

    def seen(**asked: str) -> str:
        return rosa.get(directory, asked).content.decode()

    assert "From 6 to 18 years" in seen()
    Service.objects.filter(source_id="talk").update(alert="Closed in August")
    assert "Closed in August" in seen(), "drawn anew"
    assert '<option value="talking" selected>' in seen(need="talking")
    assert '<option value="talking">' in seen(), "and what one chose is not there for the next"
    rosa.post(reverse("access:language"), {"language": "es", "next": directory})
    assert "De 6 a 18 años" in seen()
    assert "From 6 to 18 years" not in seen()


def test_the_number_of_queries_does_not_grow(
    valley: Cast, django_assert_max_num_queries: Any
) -> None:
    whose = talk()
    for n in range(60):
        twin = Service.objects.create(
            district=valley.alder, organization=whose.organization, name=f"Circle {n}"
        )
        Detail.objects.create(district=valley.alder, service=twin, kind="language",
                              row={"code": "es"})  # fmt: skip
    keeping.renew_listings(district_id=valley.alder.pk)
    client = browser(valley.rosa)
    with django_assert_max_num_queries(13):  # three of each are the test's own savepoint
        client.get(reverse("partners:directory"))
    with django_assert_max_num_queries(12):
        answer = client.get(reverse("partners:directory"), {"q": "circle"})
    assert len(answer.context["rows"]) == 25
    for turned, page, rows in (("2", 2, 25), ("3", 3, 10), ("9", 3, 10), ("0", 3, 10), ("x", 1, 25),
                               ("9" * 30, 3, 10)):  # fmt: skip
        answer = client.get(reverse("partners:directory"), {"q": "circle", "page": turned})
        shown = answer.context["shown"]
        assert (shown.number, len(shown.object_list)) == (page, rows), turned
        assert shown.paginator.count == 60
    for asked, at_most in (({"near": 3}, 13), ({"now": "on"}, 12), ({"near": 3, "now": "on"}, 14)):
        with django_assert_max_num_queries(at_most):
            client.get(reverse("partners:directory"), {"q": "circle", **asked})
    with django_assert_max_num_queries(13):  # one of them for the places that are free
        client.get(reverse("partners:service", args=[whose.pk]))
    with django_assert_max_num_queries(12):
        stale = client.get(reverse("partners:stale"))
    assert len(stale.context["shown"].object_list) == 50


def test_a_service_says_what_a_family_asks(valley: Cast) -> None:
    answer = browser(valley.rosa).get(reverse("partners:service", args=[talk().pk]))
    page = " ".join(answer.content.decode().split())
    for words in (
        "River Clinic", "Monday through Wednesday, 9 am to 5 pm", "555 0101, extension 7",
        "Lucía Ramos", "Spanish", "From 6 to 18 years", "A card, if you have one", "3 Elm St",
        "Closed on Friday 1 January", "Medi-Cal accepted", "Call and ask for Lucía", "Ramp",
    ):  # fmt: skip
        assert words in page, words


def test_hours_are_told_in_spanish_too(valley: Cast) -> None:
    client = Client(headers={"accept-language": "es"})
    page = client.get(reverse("offers:offer", args=["alder-valley", talk().pk])).content.decode()
    assert "Lunes a miércoles, de 9:00 a 17:00" in page
    pantry = Service.objects.get(source_id="pantry")
    page = client.get(reverse("offers:offer", args=["alder-valley", pantry.pk])).content.decode()
    assert "El primer viernes del mes, de 10:00 a 12:30" in page


def test_a_hand_out_is_printed_in_the_familys_language(valley: Cast) -> None:
    client = browser(valley.rosa)
    before = Event.objects.count()
    for language, words in (("en", "Who to call"), ("es", "A quién llamar")):
        answer = client.get(reverse("partners:hand_out", args=[talk().pk, language]))
        assert answer["Content-Type"] == "application/pdf"
        text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages)
        assert words in text
        assert "Family Counseling" in text
    assert client.get(reverse("partners:hand_out", args=[talk().pk, "xx"])).status_code == 404
    assert Event.objects.count() == before


def test_it_goes_out_as_a_text_message_that_opens_in_the_familys_language(
    valley: Cast, client: Client
) -> None:
    page = html.unescape(
        browser(valley.rosa).get(reverse("partners:service", args=[talk().pk])).content.decode()
    )
    texts = [unquote(found) for found in re.findall(r'href="sms:\?&body=([^"]+)"', page)]
    english, spanish, vietnamese = texts
    assert "Gọi cho ai: " in vietnamese
    assert vietnamese.endswith("?lang=vi")
    assert english.startswith(f"{talk().name}, {talk().organization.name}\nWho to call: ")
    assert "A quién llamar: " in spanish
    address = urlsplit(spanish.splitlines()[-1])
    opened = client.get(f"{address.path}?{address.query}", follow=True)
    assert "A quién llamar" in opened.content.decode()


def test_the_calendar_feed_says_the_week_and_leaves_the_holiday_out(valley: Cast) -> None:
    answer = browser().get(reverse("offers:calendar", args=["alder-valley", talk().pk]))
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE" in lines
    assert any(line.startswith("DTSTART;TZID=America/Los_Angeles:") for line in lines)
    assert all(len(line.encode()) <= 75 for line in lines)
    # New Year's Day of 2027 is a Friday, on which they are not open anyway.
    assert not any(line.startswith("EXDATE") for line in lines)


def test_one_tap_says_still_right_and_the_work_list_shrinks(valley: Cast) -> None:
    pantry = Service.objects.get(source_id="pantry")
    Service.objects.filter(pk=talk().pk).update(
        verified_on=timezone.localdate() - timedelta(days=200)
    )
    client = browser(valley.rosa)
    listed = client.get(reverse("partners:stale")).context["shown"].object_list
    assert [service.source_id for service in listed] == ["pantry", "talk"]
    answer = client.post(reverse("partners:still_right", args=[pantry.pk]), {"back": "no address"})
    assert answer.headers["Location"] == reverse("partners:service", args=[pantry.pk])
    pantry.refresh_from_db()
    assert (pantry.verified_on, pantry.verified_by) == (timezone.localdate(), valley.rosa)
    listed = client.get(reverse("partners:stale")).context["shown"].object_list
    assert [service.source_id for service in listed] == ["talk"]
    assert Event.objects.filter(verb="service verified", by=valley.rosa.pk).exists()


def test_a_neighbor_says_what_is_wrong_and_rosa_takes_one_line(valley: Cast) -> None:
    address = reverse("offers:correct", args=["alder-valley", talk().pk])
    neighbor = browser()
    opened = neighbor.get(address, follow=True)
    form = {name: field.initial or "" for name, field in opened.context["form"].fields.items()}
    form |= {"name": "Family Circle", "wait_time": "About a month", "from_whom": "Bea"}
    sent_to = opened.request["PATH_INFO"] + "?" + opened.request["QUERY_STRING"]
    for _press in range(2):
        assert neighbor.post(sent_to, form, follow=True).status_code == 200
    said = Correction.objects.get()
    assert said.changes == {"name": ["Family Counseling", "Family Circle"],
                            "wait_time": ["", "About a month"]}  # fmt: skip
    assert talk().wait_time == ""
    client = browser(valley.rosa)
    page = client.get(reverse("partners:correction", args=[said.pk])).content.decode()
    assert "Family Circle" in page
    client.post(reverse("partners:correction", args=[said.pk]), {"taken": ["wait_time"]})
    assert (talk().name, talk().wait_time) == ("Family Counseling", "About a month")
    said.refresh_from_db()
    assert (said.taken, said.decided_by) == (["wait_time"], valley.rosa)
    with pytest.raises(keeping.NotAllowed):
        keeping.decide(correction=said, taken=["name"], by=valley.amina)


def test_hours_and_phones_are_put_right_in_words(valley: Cast, tmp_path: Path) -> None:
    """Bea, at the door of the clinic, writes over what the page says, and Rosa takes it."""
    address = reverse("offers:correct", args=["alder-valley", talk().pk])
    opened = browser().get(address, follow=True)
    first = [field.name for field in opened.context["form"].first()]
    assert first == ["hours", "phones", "application_process", "wait_time", "status"]
    form = {name: field.initial or "" for name, field in opened.context["form"].fields.items()}
    assert form["phones"] == "555 0101, extension 7"
    assert form["hours"].splitlines()[0] == "Monday through Wednesday, 9 am to 5 pm"
    browser().post(address, form)
    assert not Correction.objects.exists()  # sent as it stood
    browser().post(address, form | {"hours": "Mondays\r\nand by phone", "phones": "559-555-0199"})
    said = Correction.objects.get()
    assert said.changes.keys() == {"hours", "phones"}
    client = browser(valley.rosa)
    page = client.get(reverse("partners:correction", args=[said.pk]))
    assert [line["moved"] for line in page.context["lines"]] == [False, False]
    client.post(reverse("partners:correction", args=[said.pk]), {"taken": ["hours", "phones"]})
    shown = client.get(reverse("partners:service", args=[talk().pk]))
    told = shown.context["sheet"]
    assert told.hours_in_words == ["Mondays", "and by phone"]
    assert told.open_now is None
    assert [str(call) for call in told.calls] == ["559-555-0199", "Lucía Ramos · Intake"]
    assert 'href="tel:+15595550199"' in shown.content.decode()
    load_again(valley, tmp_path)
    told = client.get(reverse("partners:service", args=[talk().pk])).context["sheet"]
    assert told.hours_in_words == ["Mondays", "and by phone"]
    assert found(valley.rosa, now="on") == set()


def test_what_was_put_right_goes_out_in_place_of_what_it_replaces(valley: Cast) -> None:
    said = keeping.suggest(service=talk(), said={"hours": "Mondays", "phones": "555-0199"})
    keeping.decide(correction=said, taken=["hours", "phones"], by=valley.rosa)
    again = keeping.suggest(service=talk(), said={"hours": "Tuesdays"})
    keeping.decide(correction=again, taken=["hours"], by=valley.rosa)
    answer = browser(valley.rosa).get(reverse("partners:package"))
    tables = packages.of_zip(answer.content)
    mine = [row for row in tables["schedule"].values() if row.get("service_id") == "talk"]
    assert [row.get("description") for row in mine] == ["Tuesdays"]
    assert [row["number"] for row in tables["phone"].values()] == ["555-0199"]


def test_hours_written_in_spanish_are_no_change_to_who_reads_english(valley: Cast) -> None:
    spanish = Client(headers={"accept-language": "es"})
    address = reverse("offers:correct", args=["alder-valley", talk().pk])
    spanish.post(address, {"hours": "Lunes y martes", "words": ""})
    said = Correction.objects.get()
    assert said.changes["hours"][0].startswith("Lunes a miércoles")
    page = browser(valley.rosa).get(reverse("partners:correction", args=[said.pk]))
    [line] = page.context["lines"]
    assert (line["moved"], line["after"]) == (False, "Lunes y martes")
    assert line["now"].startswith("Monday through Wednesday")


def test_numbers_pages_and_addresses_can_be_tapped(valley: Cast) -> None:
    Service.objects.filter(source_id="talk").update(
        email="intake@river.example.org", url="https://river.example.org/talk",
        application_process="Write to lucia@river.example.org.",
    )  # fmt: skip
    for page in (
        browser(valley.rosa).get(reverse("partners:service", args=[talk().pk])),
        browser().get(reverse("offers:offer", args=["alder-valley", talk().pk])),
    ):
        said = page.content.decode()
        assert 'href="tel:5550101;ext=7"' in said
        assert 'href="mailto:intake@river.example.org"' in said
        assert 'href="mailto:lucia@river.example.org"' in said
        assert 'href="https://river.example.org/talk"' in said


def load_again(valley: Cast, tmp_path: Path, **tables: Any) -> None:
    folder = packages.write(tmp_path / "again", **tables)
    run = actions.receive(file=folder, name="again", district=valley.alder, by=None,
                          kind="directory", source="County")  # fmt: skip
    run, held = actions.check_run(run_id=run.pk, district_id=valley.alder.pk)
    actions.apply_run(run_id=run.pk, district_id=valley.alder.pk, by=None, checked=held)


def test_what_was_corrected_here_no_file_changes_back(valley: Cast, tmp_path: Path) -> None:
    said = keeping.suggest(service=talk(), said={"name": "Family Circle"})
    keeping.decide(correction=said, taken=["name"], by=valley.rosa)
    changed = {**packages.TALK, "name": "Counseling Two", "wait_time": "A week"}
    load_again(valley, tmp_path, service=[changed, packages.PANTRY])
    assert (talk().name, talk().wait_time) == ("Family Circle", "A week")
    assert found(valley.rosa, q="circle") == {"talk"}


def test_a_correction_that_says_nothing_or_comes_from_a_machine_is_sent_back(valley: Cast) -> None:
    address = reverse("offers:correct", args=["alder-valley", talk().pk])
    client = browser()
    assert "Nothing is different yet" in client.post(address, {"words": ""}).content.decode()
    client.post(address, {"words": "Wrong phone", "homepage": "http://spam.example"})
    assert not Correction.objects.exists()


def test_the_door_for_corrections_is_not_wide_open(valley: Cast) -> None:
    address = reverse("offers:correct", args=["alder-valley", talk().pk])
    client = browser()
    codes = [client.post(address, {"words": f"Wrong {n}"}).status_code for n in range(31)]
    assert codes[:30] == [302] * 30
    assert codes[30] == 429


def test_a_service_that_is_gone_is_told_to_nobody_outside(valley: Cast) -> None:
    Service.objects.filter(source_id="talk").update(gone_on=date(2026, 10, 1))
    for name in ("offer", "calendar", "correct"):
        address = reverse(f"offers:{name}", args=["alder-valley", talk().pk])
        assert browser().get(address).status_code == 404
    page = browser(valley.rosa).get(reverse("partners:service", args=[talk().pk]))
    assert "no longer lists it" in page.content.decode()


def test_who_looks_and_who_keeps(valley: Cast) -> None:
    directory, stale = reverse("partners:directory"), reverse("partners:stale")
    for reads in (valley.rosa, valley.tom, valley.amina, valley.helen):
        assert browser(reads).get(directory).status_code == 200
    for keeps in (valley.rosa, valley.amina, valley.helen):
        assert browser(keeps).get(stale).status_code == 200
    assert browser(valley.tom).get(stale).status_code == 403
    assert browser(valley.linh).get(directory).status_code == 403
    assert browser(valley.marcus).get(directory).status_code == 403
    assert not browser(valley.omar).get(directory).context["rows"]
    assert (
        browser(valley.omar).get(reverse("partners:service", args=[talk().pk])).status_code == 404
    )
    address = reverse("offers:offer", args=["bristlecone", talk().pk])
    assert browser().get(address).status_code == 404


def test_rosa_says_where_her_school_is(valley: Cast) -> None:
    SchoolPlace.objects.all().delete()
    client = browser(valley.rosa)
    page = client.get(reverse("partners:directory"))
    assert "near" not in page.context["form"].fields
    address = reverse("partners:school_place", args=[valley.cottonwood.pk])
    assert client.post(address, {"point": "north of the river"}).status_code == 200
    client.post(address, {"point": "37.7749, -122.4194"})
    place = SchoolPlace.objects.get(school=valley.cottonwood)
    assert (place.latitude, place.longitude) == (37.7749, -122.4194)
    other = reverse("partners:school_place", args=[valley.larkspur.pk])
    assert client.post(other, {"point": "1, 1"}).status_code == 404


def test_words_are_asked_of_the_index_and_not_of_each_service(valley: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    index = "Bitmap Index Scan on listing_sought"
    assert index in Sought.objects.filter(words="food").explain()
    assert index not in Listing.objects.filter(words="food").explain(), "the view may go"


def test_the_package_leaves_by_the_browser(valley: Cast) -> None:
    answer = browser(valley.rosa).get(reverse("partners:package"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "datapackage.json" in archive.namelist()
    assert set(packages.of_zip(answer.content)["service"]) == {"talk", "pantry"}


def test_no_district_reads_anothers_directory(valley: Cast) -> None:
    assert Sought.objects.exists(), "search asks a view, which says itself whose rows they are"
    with acting_for(valley.bristlecone.pk):
        assert not Service.objects.exists()
        assert not Detail.objects.exists()
        assert not Sought.objects.exists()


def test_nothing_is_written_for_another_district_through_what_search_asks(valley: Cast) -> None:
    one = Sought.objects.first()
    assert one is not None
    with pytest.raises(DatabaseError, match="check option"), transaction.atomic():
        Sought.objects.filter(pk=one.pk).update(district=valley.bristlecone)
    with acting_for(valley.bristlecone.pk):
        assert Sought.objects.filter(pk=one.pk).update(name="Theirs") == 0


def test_a_page_upstairs_can_show_what_there_is(
    valley: Cast, django_assert_num_queries: Any
) -> None:
    valley.rosa.may("see_directory")
    with django_assert_num_queries(2):
        offered = what_we_can_offer(valley.rosa, need="talking", language="es", grade="04")
    assert [(one.name, one.organization) for one in offered] == [
        ("Family Counseling", "River Clinic")
    ]
    assert what_we_can_offer(valley.linh, need="food") == []
    answer = browser(valley.rosa).get(directory_url(need="talking", language="es"))
    assert sources(answer) == ["talk"]
