"""Who has not answered is written to on planned days, in their language, and by nobody's list."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.utils import timezone

from hearth.demo import clock
from hearth.listening.actions.reminding import want_no_more
from hearth.listening.models import Participation, Survey, SurveyReminder
from hearth.listening.rules.reminding import refusal
from hearth.listening.rules.ticket import ticket
from hearth.listening.tasks.reminding import remind
from hearth.people.models import Person
from tests.cast import Cast
from tests.listening.world import asked_by_mail, make, say

DAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("day", "planned", "why"),
    [
        (date(2026, 11, 2), [], "past"),
        (date(2026, 11, 3), [], None),
        (date(2026, 11, 20), [], None),
        (date(2026, 11, 21), [], "outside"),
        (date(2026, 11, 9), [date(2026, 11, 7)], "close"),
        (date(2026, 11, 10), [date(2026, 11, 7)], None),
        (date(2026, 11, 20), [date(2026, 11, 7 + 4 * n) for n in range(3)], "many"),
    ],
)
def test_few_days_apart_while_it_runs(day: date, planned: list[date], why: str | None) -> None:
    first, last = date(2026, 11, 1), date(2026, 11, 20)
    found = refusal(
        day, planned, today=date(2026, 11, 2), first=first, last=last, most=3, apart=3
    )  # fmt: skip
    assert found == why


def morning(survey: Survey, day: date = DAY) -> SurveyReminder:
    SurveyReminder.objects.get_or_create(district=survey.district, survey=survey, day=day)
    with clock.on(day):
        remind(survey_id=survey.pk, district_id=survey.district_id)
    return SurveyReminder.objects.get(survey=survey, day=day)


def slot(survey: Survey, person: Person) -> int:
    found: int = survey.invitations.get(person=person).slot
    return found


def counts(row: SurveyReminder) -> tuple[int | None, int | None]:
    return row.sent, row.without


def test_only_who_has_not_answered_and_only_once(cast: Cast) -> None:
    survey = asked_by_mail(cast, people=5)
    say(survey, slot=slot(survey, cast.diego.person), home="4")
    assert counts(morning(survey)) == (4, 0)
    assert cast.diego.person.email not in {one.to[0] for one in mail.outbox}
    # The worker rings twice: nobody gets a second letter.
    assert counts(morning(survey)) == (4, 0)
    assert len(mail.outbox) == 4


def test_in_the_readers_language_with_one_link_and_no_other_name(cast: Cast) -> None:
    survey = asked_by_mail(cast)
    Person.objects.filter(pk=cast.diego.person.pk).update(home_language="es")
    # A language in which families are written to about other things, and a survey is not.
    Person.objects.filter(pk=cast.minh_anh.person.pk).update(home_language="vi")
    morning(survey)
    letters = {one.to[0]: one for one in mail.outbox}
    diego = Person.objects.get(pk=cast.diego.person.pk)
    spanish = letters[diego.email]
    english = letters[Person.objects.get(pk=cast.minh_anh.person.pk).email]
    own = ticket(settings.SECRET_KEY, str(survey.key), slot(survey, diego))
    assert "Un buen día" in spanish.body
    assert f"/own/{own}/?lang=es" in spanish.body
    assert "Minh Anh" not in spanish.body
    assert "Cottonwood Elementary" in spanish.subject
    assert "A good day" in english.body, "a survey does not speak her language yet"
    assert "You can answer until Saturday" in english.body
    assert "?lang=en" in english.body
    assert own not in english.body
    assert spanish.extra_headers["List-Unsubscribe"].endswith(f"/own/{own}/quiet/?lang=es>")


def test_who_reads_paper_or_has_no_mailbox_stays_on_the_list(cast: Cast) -> None:
    survey = asked_by_mail(cast)
    people = Person.objects.filter(pk__in=survey.invitations.values("person"))
    people.filter(pk=cast.diego.person.pk).update(email="")
    people.filter(pk=cast.minh_anh.person.pk).update(reach_by="paper")
    assert counts(morning(survey)) == (1, 2)
    rosa = Client()
    rosa.force_login(cast.rosa)
    page = rosa.get(f"/listening/surveys/{survey.pk}/asked/").content.decode()
    assert "1 person was written to." in page
    assert "2 were not: no e-mail here, or they want none." in page
    assert "Brien-Ruiz" in page


def test_diego_wants_no_more_and_can_still_answer(cast: Cast) -> None:
    survey, diego = asked_by_mail(cast), Client()
    told = ticket(settings.SECRET_KEY, str(survey.key), slot(survey, cast.diego.person))
    address = f"/say/alder-valley/{survey.key}/own/{told}/"
    assert "No more reminders?" in diego.get(f"{address}quiet/").content.decode()
    assert counts(morning(survey, DAY - timedelta(days=5))) == (3, 0), "looking is not asking"
    answer = diego.post(f"{address}quiet/", follow=True)
    assert "No more reminders will come" in answer.content.decode()
    diego.post(f"{address}quiet/")
    assert counts(morning(survey)) == (2, 1)
    assert "<legend" in diego.get(address).content.decode()
    assert diego.get(f"/say/alder-valley/{survey.key}/own/0-00/quiet/").status_code == 404


def test_what_it_leaves_does_not_depend_on_who_answered(cast: Cast) -> None:
    """Ten of twenty have answered: whichever ten, the row is the same."""
    survey, left = asked_by_mail(cast, people=20), []
    for answered in (range(10), range(10, 20), range(0, 20, 2)):
        bits = sum(1 << one for one in answered)
        Participation.objects.filter(survey=survey).update(answered=bits.to_bytes(3, "little"))
        SurveyReminder.objects.all().delete()
        morning(survey)
        left.append(SurveyReminder.objects.values("survey", "day", "sent", "without").get())
    assert left[0] == left[1] == left[2]
    assert left[0]["sent"] == 10


def test_a_lost_letter_is_not_kept_by_name_and_a_lost_post_office_is_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = asked_by_mail(cast)

    def refuses(*_words: Any) -> Any:
        raise SMTPServerDisconnected

    with monkeypatch.context() as lost:
        lost.setattr(mail.EmailMessage, "send", refuses)
        assert counts(morning(survey)) == (0, 3)
    with monkeypatch.context() as lost:
        lost.setattr("hearth.listening.tasks.reminding.get_connection", refuses)
        SurveyReminder.objects.update(sent=None, without=None)
        with pytest.raises(SMTPServerDisconnected):
            morning(survey)
    assert counts(SurveyReminder.objects.get()) == (None, None)
    assert counts(morning(survey)) == (3, 0)


def test_a_connection_that_drops_loses_one_letter_and_not_those_after_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey, gone = asked_by_mail(cast, people=5), []

    class Post(BaseEmailBackend):
        """As SMTP does: what was cut off stays cut off until it is closed and opened anew."""

        cut_off, was_cut_off = False, False

        def close(self) -> None:
            self.cut_off = False

        def send_messages(self, letters: Any) -> int:
            if len(gone) == 1 and not self.was_cut_off:
                self.cut_off = self.was_cut_off = True
            if self.cut_off:
                raise SMTPServerDisconnected
            gone.extend(letters)
            return len(letters)

    monkeypatch.setattr("hearth.listening.tasks.reminding.get_connection", Post)
    assert counts(morning(survey)) == (4, 1)
    assert len(gone) == 4


def test_a_missed_morning_is_made_good_by_one_letter(cast: Cast) -> None:
    survey = asked_by_mail(cast)
    SurveyReminder.objects.create(
        district=survey.district, survey=survey, day=DAY - timedelta(days=4)
    )
    morning(survey)
    assert len(mail.outbox) == 3
    assert [one.day for one in SurveyReminder.objects.all()] == [DAY]


def test_who_wants_no_more_is_forgotten_when_it_is_counted(cast: Cast) -> None:
    survey = asked_by_mail(cast)
    want_no_more(survey=survey, slot=1)
    rosa = Client()
    rosa.force_login(cast.rosa)
    rosa.post(f"/listening/surveys/{survey.pk}/seal/")
    assert bytes(Participation.objects.get(survey=survey).quiet) == b""
    assert counts(morning(survey)) == (None, None), "a survey that is counted reminds nobody"


def test_rosa_plans_a_day_and_takes_it_back(cast: Cast) -> None:
    survey, rosa = asked_by_mail(cast), Client()
    rosa.force_login(cast.rosa)
    asked = f"/listening/surveys/{survey.pk}/asked/"
    page = rosa.post(f"{asked}reminders/new/", {"day": "2020-02-02"}).content.decode()
    assert "Choose a day after today" in page
    soon = timezone.localdate() + timedelta(days=4)
    rosa.post(f"{asked}reminders/new/", {"day": soon.isoformat()})
    made = SurveyReminder.objects.get(survey=survey)
    assert made.day == soon
    tom = Client()
    tom.force_login(cast.tom)
    assert tom.post(f"{asked}reminders/{made.pk}/").status_code == 403
    rosa.post(f"{asked}reminders/{made.pk}/")
    assert not SurveyReminder.objects.exists()
    open_one = make(cast)
    refused = rosa.get(f"/listening/surveys/{open_one.pk}/asked/reminders/new/")
    assert refused.status_code == 404
