"""Letters about referrals to partners, and the clock that makes silence a state.

No letter names a child. Those to families are in their language, those to partners in theirs.
"""

from datetime import date

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hearth.audit.actions import record
from hearth.kit import dates
from hearth.kit.morning import this_morning
from hearth.kit.spoken import spoken_at, written_in
from hearth.partners.models import Consent, Link, ReferralOut
from hearth.partners.models.words import OutState
from hearth.partners.rules import outward as rules
from hearth.partners.tasks.link import make_link
from hearth.schools.acting import acting_for, reading_for
from hearth.schools.models import Calendar, District

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(queue="mail", name="partners.ask_family", retry=RETRY)  # type: ignore[untyped-decorator]
def ask_family(*, consent_id: int, district_id: int) -> None:
    """A question waits for the family; nothing of it stands in the letter."""
    with reading_for(district_id):
        rows = Consent.objects.waiting().select_related("adult__person", "district")
        asked = rows.filter(pk=consent_id).first()
    if asked is None or not asked.is_written or not asked.adult.person.email:
        return
    with translation.override(written_in(asked.language)):
        words = _(
            "The school has a question for you. It asks whether it may share something so that "
            "your child gets help. You decide.\n\n"
            "Read it and answer here:\n%(url)s\n\n"
            "For privacy, this message says no more."
        )
        send_mail(
            _("A question from your school"),
            words % {"url": spoken_at(asked.private_address(), asked.language)},
            from_email=None,
            recipient_list=[asked.adult.person.email],
        )


@app.task(queue="mail", name="partners.tell_withdrawn", retry=RETRY)  # type: ignore[untyped-decorator]
def tell_withdrawn(*, out_id: int, district_id: int) -> None:
    """The partner is told to forget it."""
    with reading_for(district_id):
        rows = ReferralOut.objects.select_related("contact", "sent_by")
        out = rows.filter(pk=out_id, state=OutState.WITHDRAWN).first()
    if out is None:
        return
    with translation.override(out.contact.language):
        words = _(
            "Hello %(name)s,\n\n"
            "Something that you were asked about on %(day)s has been taken back. The link from "
            "our letter does not open any more.\n\n"
            "Please delete what you wrote down of it, unless the law makes you keep it.\n\n"
            "Questions? Write to %(asker)s: %(reach)s"
        )
        told = {
            "name": out.contact.name,
            "day": dates.full(timezone.localdate(out.sent_at), timezone.localdate()),
            "asker": out.sent_by.name,
            "reach": out.sent_by.email,
        }
        send_mail(
            _("Taken back"), words % told, from_email=None, recipient_list=[out.contact.email]
        )


@app.task(queue="mail", name="partners.ask_whether_met", retry=RETRY)  # type: ignore[untyped-decorator]
def ask_whether_met(*, out_id: int, district_id: int) -> None:
    """Did it help? The family alone can say so."""
    with reading_for(district_id):
        rows = ReferralOut.objects.select_related("consent__adult__person", "district")
        out = rows.filter(pk=out_id, met="").first()
    if out is None or not out.consent.is_written or not out.consent.adult.person.email:
        return
    with translation.override(written_in(out.consent.language)):
        words = _(
            "The school helped you to find a service. Did it help? One question, half a "
            "minute:\n%(url)s\n\n"
            "For privacy, this message says no more."
        )
        send_mail(
            _("Did it help?"),
            words % {"url": spoken_at(out.met_address(), out.consent.language)},
            from_email=None,
            recipient_list=[out.consent.adult.person.email],
        )


@app.periodic(cron="50 * * * *")  # type: ignore[untyped-decorator]
@app.task(queue="mail", name="partners.keep_out_clocks")  # type: ignore[untyped-decorator]
def keep_out_clocks(timestamp: int) -> None:
    today = this_morning(timestamp)
    if today is None:
        return
    for district in District.objects.all():
        with acting_for(district.pk):
            keep_clocks(today)


@transaction.atomic
def keep_clocks(today: date) -> dict[str, int]:
    """Who has not answered by the day is asked once more, by a new link; some school days later
    the school is told to call. A family whose service began weeks ago is asked whether it helps.
    Returns how many of each."""
    calendar, done = Calendar(), {"reminded": 0, "handed_back": 0, "asked": 0}
    late = ReferralOut.objects.select_for_update(of=("self",)).filter(due_on__lt=today)
    rows = late.select_related("contact", "consent__adult__person", "sent_by", "link")
    for out in rows.exclude(state=OutState.SERVED).filter(handed_back_on=None).order_by("pk"):
        if out.reminded_on is None:
            done["reminded"] += _remind(out, today)
        elif calendar.after(out.reminded_on, rules.school_days_for("remind", today)) < today:
            out.handed_back_on = today
            out.save(update_fields=["handed_back_on"])
            _keep("referral_out_handed_back", out)
            done["handed_back"] += 1
    for out in rows.filter(state=OutState.SERVED, met="", met_asked_at=None).order_by("pk"):
        out.met_asked_at = timezone.now()
        out.save(update_fields=["met_asked_at"])
        _keep("met_asked", out)
        ask_whether_met.defer(out_id=out.pk, district_id=out.district_id)
        done["asked"] += 1
    return done


def _remind(out: ReferralOut, today: date) -> bool:
    """The letter once more. Where the consent is over, or nobody is there to read it, nothing is
    sent: the school looks at it."""
    if not out.consent.is_live(today) or not out.contact.is_current(today):
        out.handed_back_on = out.reminded_on = today
        out.save(update_fields=["handed_back_on", "reminded_on"])
        return False
    before = out.link
    out.link = make_link(
        contact=out.contact, purpose=Link.Purpose.REFERRAL, by=out.sent_by,
        agreement=before.agreement_id if before else None,
    )  # fmt: skip
    out.reminded_on = today
    out.save(update_fields=["link", "reminded_on"])
    if before:
        Link.objects.filter(pk=before.pk, revoked_at=None).update(
            revoked_at=timezone.now(), revoked_why=_("A newer one was sent.")
        )
    _keep("referral_out_reminded", out)
    return True


def _keep(verb: str, out: ReferralOut) -> None:
    record(verb, out, district_id=out.district_id, by=None, student_id=out.student_id)
