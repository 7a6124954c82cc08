"""Plan the days on which those who have not answered are written to; and wish for no more.

Who is written to is settled on the day itself, by whose bit is not set, and written down nowhere.
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.actions.survey import NotAllowed
from hearth.listening.models import Survey, SurveyReminder, Way
from hearth.listening.models.grounds import may_here
from hearth.listening.rules import reminding
from hearth.listening.rules.dated import number


@transaction.atomic
def plan_reminder(*, survey: Survey, day: date, by: User) -> SurveyReminder:
    locked = _to_run(survey, by)
    if locked.way != Way.PERSONAL or locked.sealed_at:
        raise NotAllowed(_("Only who has a link of their own can be reminded, while it runs."))
    today = timezone.localdate()
    most, apart = number("reminders", today), number("reminders_apart", today)
    planned = list(locked.reminders.values_list("day", flat=True))
    why = reminding.refusal(
        day, planned, today=today, first=locked.opens, last=locked.closes, most=most, apart=apart
    )
    if why:
        raise NotAllowed(_words(why) % {"most": most, "apart": apart})
    made: SurveyReminder = SurveyReminder.objects.create(
        district_id=locked.district_id, survey=locked, day=day
    )
    record("reminder planned", locked, district_id=locked.district_id, by=by,
           facts={"day": day.isoformat()})  # fmt: skip
    return made


@transaction.atomic
def drop_reminder(*, reminder: SurveyReminder, by: User) -> None:
    """One that has not gone out."""
    locked = _to_run(reminder.survey, by)
    gone, _rows = locked.reminders.filter(pk=reminder.pk, sent=None).delete()
    if gone:
        record("reminder taken back", locked, district_id=locked.district_id, by=by,
               facts={"day": reminder.day.isoformat()})  # fmt: skip


@transaction.atomic
def want_no_more(*, survey: Survey, slot: int) -> None:
    """Who holds this link is not written to again for this survey. No event tells of it.

    It touches what an answer touches, in the same order, and leaves all as it was but for one bit:
    PostgreSQL's marks of who wrote last do not tell this from an answer.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE listening_box SET counts = counts WHERE survey_id = %s", [survey.pk])
        cursor.execute(
            "UPDATE listening_participation SET quiet = set_bit(CASE WHEN quiet = '' "
            "THEN decode(repeat('00', length(answered)), 'hex') ELSE quiet END, %s, 1) "
            "WHERE survey_id = %s",
            [slot, survey.pk],
        )
        cursor.execute(
            "UPDATE listening_textpage SET texts = texts WHERE survey_id = %s AND open", [survey.pk]
        )


def _to_run(survey: Survey, by: User) -> Survey:
    if not may_here(by, May.RUN_LISTENING, survey.school_id):
        raise PermissionDenied
    locked: Survey = Survey.objects.select_for_update().get(pk=survey.pk)
    return locked


def _words(why: str) -> str:
    return {
        reminding.PAST: _("Choose a day after today: reminders leave in the morning."),
        reminding.OUTSIDE: _("Choose a day on which the survey runs."),
        reminding.MANY: _("%(most)d reminders are enough."),
        reminding.CLOSE: _("Leave at least %(apart)d days between two reminders."),
    }[why]
