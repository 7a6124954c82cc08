"""Today says to Rosa what waits with the listening: words of harm, doubts, and what is promised."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from hearth.listening.actions.finding import doubt, open_check
from hearth.listening.actions.project import add_day
from hearth.listening.models import ListeningProject, Survey
from tests.cast import Cast
from tests.listening.test_findings import checked, signed_in
from tests.listening.world import opened, say

WAITING = "/listening/waiting/"


def fragment(client: Client) -> str:
    return client.get(WAITING, headers={"HX-Request": "true"}).content.decode()


def promises(cast: Cast, project: ListeningProject) -> None:
    for what, days in (("Read aloud", 3), ("In spring", 90)):
        day = timezone.localdate() + timedelta(days=days)
        add_day(project=project, day=day, what=what, to_whom="every class", by=cast.rosa)


def test_today_leads_rosa_to_it_and_tom_not(cast: Cast) -> None:
    rosa, tom = signed_in(cast.rosa), signed_in(cast.tom)
    assert WAITING in rosa.get("/").content.decode(), "a link, where there is no script"
    assert WAITING not in tom.get("/").content.decode()
    assert tom.get(WAITING).status_code == 403
    assert not re.sub(r"<[^>]*>", "", fragment(rosa)).strip(), "Today says nothing of nothing"
    page = rosa.get(WAITING).content.decode()
    assert "Nothing waits with our listening." in page, "a page of its own says so"


def test_words_of_harm_are_counted_at_once_and_stand_on_their_own_page_alone(cast: Cast) -> None:
    survey = opened(cast)
    say(survey, better="I want to die")
    say(survey, better="He hits me at home")
    page = fragment(signed_in(cast.rosa))
    assert "2 texts tell of harm or name somebody" in page
    assert f"/listening/surveys/{survey.pk}/held/" in page
    assert "die" not in page
    Survey.objects.update(closes=timezone.localdate() - timedelta(days=40))
    assert "2 texts" not in fragment(signed_in(cast.rosa)), "it waits on the survey's own page"


def test_a_doubt_and_a_promise_come_up_in_time(cast: Cast) -> None:
    made, _address = checked(cast)
    promises(cast, made.project)
    open_check(project=made.project, by=cast.rosa)
    for words in ("It was the cooking.", "At home he hits me."):
        doubt(finding=made, words=words)
    page = fragment(signed_in(cast.rosa))
    assert "2 say that a finding is not so" in page
    assert "may tell of harm" in page
    assert "hits me" not in page
    assert "Read aloud" in page
    assert "In spring" not in page, "that is a quarter of a year away"
    assert "Read aloud" not in fragment(signed_in(cast.omar)), "another district's"
