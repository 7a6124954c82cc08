"""E-mails of the school's door and of danger. They name nobody; each leads to a page."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.access.models import User
from hearth.kit import dates
from hearth.kit.spoken import house_language, written_in
from hearth.schools.acting import acting_for, reading_for
from hearth.supports.models import HelpRequest, SafetyCall


@app.task(  # type: ignore[untyped-decorator]  # the library's types are not followed
    queue="mail",
    name="supports.page_somebody",
    retry=RetryStrategy(max_attempts=8, linear_wait=15),
)
def page_somebody(*, call_id: int, user_id: int, district_id: int) -> None:
    """Page one person of the ladder, unless somebody has taken the call by now."""
    with acting_for(district_id):
        waiting = SafetyCall.objects.open().filter(pk=call_id, taken_by=None)
        call = waiting.select_for_update().first()
        user = User.objects.filter(pk=user_id, is_active=True).first()
        if call is None or user is None:
            return
        call.paged = user
        call.save(update_fields=["paged"])
    with translation.override(house_language(user.language)):
        send_mail(
            _("Somebody at your school may need you now"),
            _(
                "Somebody has asked for help, and it cannot wait.\n\n"
                "Open it here and say that you take it:\n%(url)s\n\n"
                "If somebody is in danger at this moment, call 911.\n"
                "For privacy, this message says no more."
            )
            % {"url": settings.HEARTH.address + call.get_absolute_url()},
            from_email=None,
            recipient_list=[user.email],
        )


@app.task(  # type: ignore[untyped-decorator]
    queue="mail",
    name="supports.tell_asker",
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def tell_asker(*, request_id: int, district_id: int) -> None:
    """Tell whoever asked at the door that an answer stands on their own page."""
    with reading_for(district_id):
        rows = HelpRequest.objects.select_related("school", "district")
        asked = rows.filter(pk=request_id, answered_at__isnull=False, reach_by="email").first()
    if asked is None or not asked.reach_at:
        return
    with translation.override(written_in(asked.language)):
        day = dates.full(timezone.localdate(asked.asked_at), timezone.localdate())
        words = _(
            "There is an answer to something you asked on %(day)s.\n\n"
            "Read it here:\n%(url)s\n\n"
            "For privacy, this message says no more."
        )
        send_mail(
            _("There is an answer for you"),
            words % {"day": day, "url": settings.HEARTH.address + asked.private_address()},
            from_email=None,
            recipient_list=[asked.reach_at],
        )
