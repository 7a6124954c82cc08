"""E-mails to those who work at a school and asked: an answer waits. They name nobody."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.kit import dates
from hearth.kit.spoken import house_language
from hearth.schools.acting import reading_for
from hearth.supports.models import InsteadOfDiscipline, Referral


@app.task(  # type: ignore[untyped-decorator]  # the library's types are not followed
    queue="mail",
    name="supports.tell_referrer",
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def tell_referrer(*, referral_id: int, district_id: int) -> None:
    """Tell the person who asked that an answer waits. Whoever reads over their shoulder learns
    no name, no school and nothing of what was asked."""
    with reading_for(district_id):
        referral = (
            Referral.objects.select_related("referrer")
            .filter(pk=referral_id, answered_at__isnull=False, answer_read_at=None)
            .first()
        )
    if referral is None:  # read before the letter was sent
        return
    with translation.override(house_language(referral.referrer.language)):
        send_mail(
            _("There is an answer for you in Hearth"),
            _words_about(referral.asked_at, referral.get_absolute_url()),
            from_email=None,
            recipient_list=[referral.referrer.email],
        )


def _words_about(asked_at: datetime, address: str) -> str:
    day = dates.full(timezone.localdate(asked_at), timezone.localdate())
    words = _(
        "There is an answer to something you asked on %(day)s.\n\n"
        "Read it here:\n%(url)s\n\n"
        "For privacy, this message says no more."
    )
    return words % {"day": day, "url": settings.HEARTH.address + address}


@app.task(  # type: ignore[untyped-decorator]  # the library's types are not followed
    queue="mail",
    name="supports.tell_employee",
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def tell_employee(*, instead_id: int, district_id: int) -> None:
    """Tell an employee that an administrator has written down what was done. It names nobody."""
    with reading_for(district_id):
        rows = InsteadOfDiscipline.objects.select_related("employee")
        instead = rows.filter(pk=instead_id, documented_at__isnull=False).first()
    if instead is None:
        return
    with translation.override(house_language(instead.employee.language)):
        send_mail(
            _("There is an answer for you in Hearth"),
            _words_about(instead.asked_at, instead.get_absolute_url()),
            from_email=None,
            recipient_list=[instead.employee.email],
        )
