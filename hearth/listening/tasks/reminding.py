"""On a planned morning, a letter to everybody who was asked and has not answered.

It is one job for a survey: a job for each person would write down who had not answered, and when.
Nothing keeps who was written to, not even to try again: a letter that is lost stays lost until the
next planned day.
"""

from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.kit import dates
from hearth.kit.morning import this_morning
from hearth.kit.spoken import house_language, spoken_at
from hearth.listening.models import Invitation, Survey, SurveyReminder
from hearth.listening.reading.participation import has_answered, ticket_of, to_remind
from hearth.people.models import Person
from hearth.schools.acting import acting_for
from hearth.schools.models import District

NOT_BY_MAIL = (Person.ReachBy.PAPER, Person.ReachBy.PHONE)


@app.periodic(cron="25 * * * *")  # type: ignore[untyped-decorator]  # the library's types
@app.task(queue="mail", name="listening.remind_on_planned_days")  # type: ignore[untyped-decorator]
def remind_on_planned_days(timestamp: int) -> None:
    today = this_morning(timestamp)
    if today is None:
        return
    for district in District.objects.all():
        with acting_for(district.pk):
            for survey in to_remind(today):
                remind.defer(survey_id=survey.pk, district_id=district.pk)


@app.task(  # type: ignore[untyped-decorator]
    queue="mail",
    name="listening.remind",
    retry=RetryStrategy(max_attempts=5, exponential_wait=4),
)
def remind(*, survey_id: int, district_id: int) -> None:
    """Only what fails before the first letter is tried again."""
    with get_connection() as post:
        with acting_for(district_id):
            letters, reminder = _claimed(survey_id)
        lost = 0
        for letter in letters:
            letter.connection = post
            try:
                letter.send()
            except (OSError, SMTPException):
                lost += 1
                post.close()  # or every later letter is lost with this one
    if lost:
        with acting_for(district_id):
            SurveyReminder.objects.filter(pk=reminder).update(
                sent=F("sent") - lost, without=F("without") + lost
            )


def _claimed(survey_id: int) -> tuple[list[EmailMessage], int]:
    """The letters of today, and the day they count for: from now on it has gone out."""
    today = timezone.localdate()
    survey = to_remind(today).select_for_update(of=("self",)).filter(pk=survey_id).first()
    if survey is None:
        return [], 0
    # Where a morning was missed, the newest day stands for those before it.
    *missed, due = SurveyReminder.objects.filter(
        survey=survey, sent=None, day__lte=today
    ).order_by("day")  # fmt: skip
    SurveyReminder.objects.filter(pk__in=[one.pk for one in missed]).delete()
    letters, without = _letters(survey)
    due.sent, due.without = len(letters), without
    due.save(update_fields=["sent", "without"])
    return letters, due.pk


def _letters(survey: Survey) -> tuple[list[EmailMessage], int]:
    """By slot, which is by lot: the order says nothing of names."""
    row: Any = survey.participation
    waiting = [
        one
        for one in survey.invitations.select_related("person__user").order_by("slot")
        if not has_answered(bytes(row.answered), one.slot)
    ]
    asked = [
        one
        for one in waiting
        if one.person.email
        and one.person.reach_by not in NOT_BY_MAIL
        and not has_answered(bytes(row.quiet), one.slot)
    ]
    return [letter(survey, one) for one in asked], len(waiting) - len(asked)


def letter(survey: Survey, asked: Invitation) -> EmailMessage:
    """In the reader's own language; it names nobody else."""
    person, told = asked.person, ticket_of(survey, asked.slot)
    language = house_language(person.user.language if person.user else person.home_language)
    where = [survey.district.slug, survey.key, told]
    quiet = spoken_at(reverse("say:quiet", args=where), language)
    with translation.override(language):
        words = _(
            "Hello %(name)s,\n\n"
            "%(school)s asks you to take part: %(title)s. You can answer until %(day)s.\n\n"
            "This link is yours alone and answers once:\n%(url)s\n\n"
            "No one can see what you answer, and you may leave out anything. Everybody who has not "
            "answered yet gets this message.\n\n"
            "No more reminders of this survey:\n%(quiet)s"
        ) % {
            "name": person.called,
            "school": survey.school.name,
            "title": survey.title_in(language),
            "day": dates.full(survey.closes, timezone.localdate()),
            "url": spoken_at(reverse("say:own", args=where), language),
            "quiet": quiet,
        }
        subject = _("%(school)s would like to hear from you") % {"school": survey.school.name}
    return EmailMessage(
        " ".join(subject.split()),
        words,
        to=[person.email],
        headers={"List-Unsubscribe": f"<{quiet}>"},
    )
