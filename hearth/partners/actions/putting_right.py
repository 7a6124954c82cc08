"""What somebody put right: a field of the service, or its hours or phones in words."""

from typing import Any

from django.db import models
from django.utils import timezone

from hearth.partners.models import HOURS, PHONES, Detail, Schedule, Service


def put_right(service: Service, name: str, text: str) -> None:
    """The caller saves the service. What is written here no file changes back."""
    if name == HOURS:
        _let_go(Schedule.objects.filter(service=service))
        Schedule.objects.bulk_create(
            Schedule(district_id=service.district_id, service=service, description=line)
            for line in _lines(text)
        )
    elif name == PHONES:
        _let_go(Detail.objects.filter(service=service, kind=Detail.Kind.PHONE))
        Detail.objects.bulk_create(
            Detail(district_id=service.district_id, service=service, kind=Detail.Kind.PHONE,
                   row={"number": line})
            for line in _lines(text)
        )  # fmt: skip
    else:
        setattr(service, name, text)


def _let_go(rows: models.QuerySet[Any]) -> None:
    """What was written here before; the rows of a file are its own to end."""
    rows.filter(source_id="", gone_on=None).update(gone_on=timezone.localdate())


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
