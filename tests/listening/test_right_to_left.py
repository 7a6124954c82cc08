"""Every page of the room in a pseudo-language that is read from right to left."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.translation import trans_real

from hearth.listening.actions.finding import open_check, write_finding
from hearth.listening.actions.report import make_report
from hearth.listening.actions.surveyed import take
from hearth.listening.models import Interview, Survey
from hearth.listening.models.finding import MemberCheck
from tests.cast import Cast
from tests.listening.test_findings import SAID, down
from tests.listening.world import asked_by_mail, counted, make, opened

PSEUDO = "ar"  # Django draws it from right to left; our own words stay as they are


@pytest.fixture
def rtl() -> Iterator[None]:
    with override_settings(LANGUAGES=[*settings.LANGUAGES, (PSEUDO, "Pseudo")]):
        trans_real.get_languages.cache_clear()
        yield
    trans_real.get_languages.cache_clear()


def reader(user: Any = None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = PSEUDO
    return client


def for_rosa(cast: Cast, survey: Survey) -> list[str]:
    project, being_made, own = survey.project, make(cast), asked_by_mail(cast)
    _kind, told = down(cast, project, Interview, role="student", quote="yes", stories="A garden.")
    taken = take(survey=survey, question="home", by=cast.rosa)
    sources = [("interview", told), ("surveyed", taken.pk)]
    finding = write_finding(project=project, said=SAID, sources=sources, by=cast.rosa)
    make_report(project=project, by=cast.rosa)
    of = f"{project.pk}/"
    return [
        "", "new/", "conditions/", of, f"{of}change/", f"{of}days/new/", f"{of}surveys/new/",
        f"{of}strategies/", f"{of}strategies/partnerships/", f"{of}heard/", f"{of}heard/forum/",
        *(f"{of}heard/{kind}/new/" for kind in ("interview", "statement", "visit", "document")),
        f"{of}sorting/", f"{of}sorting/interview/{told}/", f"{of}quotes/{told}/",
        f"{of}findings/", f"{of}findings/new/", f"{of}findings/{finding.pk}/recommend/",
        f"{of}reached/", f"{of}reached/partners/", f"{of}report/",
        f"surveys/{survey.pk}/", f"surveys/{survey.pk}/results/", f"surveys/{survey.pk}/held/",
        f"surveys/{being_made.pk}/build/", f"surveys/{being_made.pk}/change/",
        f"surveys/{being_made.pk}/questions/new/", f"surveys/{own.pk}/seal/",
        f"surveys/{own.pk}/asked/", f"surveys/{own.pk}/asked/reminders/new/",
    ]  # fmt: skip


def test_every_page_turns(cast: Cast, rtl: None) -> None:
    survey, running = counted(cast), opened(cast, languages=["en", "ar"])
    pages = [("rosa", f"/listening/{rest}") for rest in for_rosa(cast, survey)]
    check = open_check(project=survey.project, by=cast.rosa)
    door = f"/say/alder-valley/{running.key}/"
    pages += [("", door), ("", f"{door}thanks/"), ("", f"/heard/alder-valley/{check.key}/")]
    for who, address in pages:
        answer = reader(getattr(cast, who) if who else None).get(address, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert f'<html lang="{PSEUDO}" dir="rtl">' in page, address
        assert "tabler.rtl.min" in page, address
    assert MemberCheck.objects.count() == 1


def test_a_question_that_is_not_translated_keeps_its_own_direction(cast: Cast, rtl: None) -> None:
    """Its words are English on a page of Arabic: they say so, and are read from left to right."""
    running = opened(cast, languages=["en", "ar"])
    page = reader().get(f"/say/alder-valley/{running.key}/").content.decode()
    assert 'lang="en" dir="ltr">2. I feel at home here.' in page
