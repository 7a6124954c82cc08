"""Open Door, a partner of Alder Valley, with one service and Teo who answers there."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.partners.actions import agreement as agreements
from hearth.partners.actions import contact as contacts
from hearth.partners.actions.listing import renew_listings
from hearth.partners.models import Agreement, Contact, Organization, Service
from tests.cast import Cast

TEO = {"name": "Teo Marín", "email": "Teo@OpenDoor.example", "language": "es", "does": "Intake"}
SHARED = ["name", "school_grade", "asked_for"]


def open_door(cast: Cast) -> Organization:
    made = Organization.objects.create(district=cast.alder, name="Open Door")
    Service.objects.create(district=cast.alder, organization=made, name="Counseling")
    renew_listings(district_id=cast.alder.pk)
    return made


def teo(organization: Organization, by: Any, **said: Any) -> Contact:
    told = {**TEO, "starts": date(2020, 1, 1), **said}
    return contacts.write_contact(organization=organization, said=told, by=by)


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def terms(**said: Any) -> dict[str, Any]:
    """What the paper says, as the form gives it."""
    return {
        "kind": "both", "purpose": "Counseling at their house.", "purposes": ["support"],
        "elements": SHARED, "basis": "parent_consent", "starts": days(-100), "expires": days(265),
    } | said  # fmt: skip


def signed(organization: Organization, by: Any, **said: Any) -> Agreement:
    return agreements.write(organization=organization, said=terms(**said), by=by)


def postman() -> Callable[[], list[EmailMessage]]:
    """Each call does the work that waits, once, and gives the letters that it sent."""
    done: set[int] = set()

    def deliver() -> list[EmailMessage]:
        before = len(mail.outbox)
        waiting = ProcrastinateJob.objects.filter(task_name__startswith="partners.")
        for job in waiting.exclude(pk__in=done).order_by("pk"):
            done.add(job.pk)
            app.tasks[job.task_name](**job.args)
        return mail.outbox[before:]

    return deliver
