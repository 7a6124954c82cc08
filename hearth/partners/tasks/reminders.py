"""Each morning: which day of which agreement comes near? Each is called to mind once."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.access.models import User
from hearth.kit import dates
from hearth.kit.morning import this_morning
from hearth.kit.spoken import house_language
from hearth.partners.models import Agreement, Reminder
from hearth.partners.reading.ends import WHAT_ENDS
from hearth.partners.reading.keepers import keepers
from hearth.partners.rules.agreement import due_reminders
from hearth.schools.acting import acting_for, reading_for
from hearth.schools.models import District


@app.periodic(cron="20 * * * *")  # type: ignore[untyped-decorator]  # the library's types
@app.task(queue="mail", name="partners.send_reminders")  # type: ignore[untyped-decorator]
def send_reminders(timestamp: int) -> None:
    if this_morning(timestamp) is None:
        return
    for district in District.objects.all():
        with acting_for(district.pk):
            call_to_mind(district.pk)


def call_to_mind(district_id: int) -> int:
    """Write down what is called to mind today, and send each keeper one letter about all of it."""
    today = timezone.localdate()
    rows = Agreement.objects.filter(ended_on=None, followed_by=None, expires__gte=today)
    wanted = [
        Reminder(district_id=district_id, agreement=row, what=what, day=day, days_before=before)
        for row in rows
        for what, day, before in due_reminders(row.terms, today)
    ]
    known = {_key(one) for one in Reminder.objects.filter(agreement__in=rows)}
    new = [one for one in wanted if _key(one) not in known]
    # Written late, an agreement may owe two reminders of one day at once: one line tells both.
    made = Reminder.objects.bulk_create(new)
    if made:
        for keeper in keepers(district_id):
            remind.defer(
                user_id=keeper.pk, reminder_ids=[one.pk for one in made], district_id=district_id
            )
    return len(made)


def _key(one: Reminder) -> tuple[int, str, date, int]:
    return one.agreement_id, str(one.what), one.day, one.days_before


@app.task(  # type: ignore[untyped-decorator]  # the library's types
    queue="mail",
    name="partners.remind",
    retry=RetryStrategy(max_attempts=5, exponential_wait=4),
)
def remind(*, user_id: int, reminder_ids: list[int], district_id: int) -> None:
    """One letter: whose agreement, what ends, when. What was renewed meanwhile is not in it."""
    with reading_for(district_id):
        user = User.objects.filter(pk=user_id, is_active=True).first()
        rows = Reminder.objects.filter(
            pk__in=reminder_ids, agreement__ended_on=None, agreement__followed_by=None
        )
        due = list(rows.select_related("agreement__organization").order_by("day", "pk"))
    if user is None or not due:
        return
    with translation.override(house_language(user.language)):
        send_mail(
            _("An agreement with a partner ends soon"),
            letter(due),
            from_email=None,
            recipient_list=[user.email],
        )


def letter(due: Sequence[Reminder]) -> str:
    today, lines = timezone.localdate(), []
    for one in due:
        said = _("%(organization)s: %(what)s, %(day)s (%(left)s)") % {
            "organization": one.agreement.organization.name,
            "what": WHAT_ENDS[one.what],
            "day": dates.full(one.day, today),
            "left": dates.days_left(one.day, today),
        }
        line = f"{said}\n{settings.HEARTH.address}{one.agreement.get_absolute_url()}"
        lines += [line] if line not in lines else []
    every = f"{settings.HEARTH.address}{reverse('partners:agreements')}"
    return "\n\n".join([*lines, _("All agreements: %(url)s") % {"url": every}])
