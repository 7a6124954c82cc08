"""The weekly letter to whoever has something late: how many, and where. It names nobody."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.kit.spoken import house_language
from hearth.people.models.grounds import holders
from hearth.schools.acting import acting_for, reading_for
from hearth.schools.models import District
from hearth.supports.models import AssessmentRequest, Referral
from hearth.supports.waits.legal import late_for

MONDAY, MORNING = 0, 7


@dataclass(frozen=True)
class Late:
    """How much of what is late for one user."""

    answers: int
    own_steps: int
    assessments: int
    insteads: int

    def __bool__(self) -> bool:
        return any(vars(self).values())


def readers() -> list[User]:
    """Whoever may have something late: the teams, those who lead, the owners of assessments."""
    teams = holders(May.WORK_REFERRALS, Reach.SCHOOL) | holders(May.DOCUMENT_INSTEAD, Reach.SCHOOL)
    owners = AssessmentRequest.objects.open().values("owner")
    found = User.objects.filter(is_active=True).filter(teams)
    return list(found.union(User.objects.filter(is_active=True, pk__in=owners)).order_by("pk"))


def late_of(user: User, today: date) -> Late:
    referrals = Referral.objects.where_team_may(user, May.WORK_REFERRALS).open()
    assessments, insteads = late_for(user, today)
    return Late(
        answers=referrals.filter(answered_at=None, answer_due_on__lt=today).count(),
        own_steps=referrals.filter(owner=user, next_on__lt=today).count(),
        assessments=assessments.count(),
        insteads=insteads.count(),
    )


def letter(late: Late) -> str:
    """The words, in the language that is active: a count and an address for each kind."""
    lines = [
        (
            late.answers,
            ngettext(
                "%(count)d answer to somebody who asked is past its day.",
                "%(count)d answers to people who asked are past their day.",
                late.answers,
            ),
            reverse("today"),
        ),
        (
            late.own_steps,
            ngettext(
                "%(count)d referral that you look after is past its next date.",
                "%(count)d referrals that you look after are past their next date.",
                late.own_steps,
            ),
            reverse("supports:board") + "?owner=me&late=on",
        ),
        (
            late.assessments,
            ngettext(
                "%(count)d assessment is past the day the law sets.",
                "%(count)d assessments are past the day the law sets.",
                late.assessments,
            ),
            reverse("supports:assessments"),
        ),
        (
            late.insteads,
            ngettext(
                "%(count)d request for support instead of discipline waits for what was done.",
                "%(count)d requests for support instead of discipline wait for what was done.",
                late.insteads,
            ),
            reverse("supports:insteads"),
        ),
    ]
    told = [
        words % {"count": count} + "\n" + settings.HEARTH.address + address
        for count, words, address in lines
        if count
    ]
    return "\n\n".join(
        [*told, _("For privacy, this message says no more. When nothing is late, none is sent.")]
    )


# Each hour of a Monday in Greenwich, because a worker knows no other clock; one of them is morning
# in the district, in summer and in winter.
@app.periodic(cron="5 * * * 1")  # type: ignore[untyped-decorator]  # the library's types
@app.task(queue="mail", name="supports.weekly_digest")  # type: ignore[untyped-decorator]
def weekly_digest(timestamp: int) -> None:
    """On Monday morning: one letter for each who has something late."""
    here = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if (here.weekday(), here.hour) != (MONDAY, MORNING):
        return
    for district in District.objects.all():
        with acting_for(district.pk):
            for user in readers():
                if late_of(user, here.date()):
                    send_digest.defer(user_id=user.pk, district_id=district.pk)


@app.task(  # type: ignore[untyped-decorator]  # the library's types
    queue="mail",
    name="supports.send_digest",
    retry=RetryStrategy(max_attempts=5, exponential_wait=4),
)
def send_digest(*, user_id: int, district_id: int) -> None:
    """What is late is counted once more, as the letter leaves; nothing late, no letter."""
    with reading_for(district_id):
        user = User.objects.filter(pk=user_id, is_active=True).first()
        late = late_of(user, timezone.localdate()) if user else None
    if user is None or not late:
        return
    with translation.override(house_language(user.language)):
        send_mail(
            _("What waits for you in Hearth this week"),
            letter(late),
            from_email=None,
            recipient_list=[user.email],
        )
