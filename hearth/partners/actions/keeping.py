"""The verbs of keeping a directory right: still right, a correction sent, taken or declined."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.audit.actions import record
from hearth.partners.actions.listing import renew_listings
from hearth.partners.actions.putting_right import put_right
from hearth.partners.models import HOURS, PHONES, Correction, SchoolPlace, Service
from hearth.partners.reading.standing import as_it_stands, tidy
from hearth.schools.models import School


class NotAllowed(Exception):
    """Why it may not be done now, in words that may be shown."""


@transaction.atomic
def still_right(*, service: Service, by: User) -> Service:
    """Somebody has looked: all of it is right, as of today."""
    service.verified_on, service.verified_by = timezone.localdate(), by
    service.save(update_fields=["verified_on", "verified_by"])
    record("service verified", service, district_id=service.district_id, by=by)
    return service


@transaction.atomic
def suggest(
    *, service: Service, said: Mapping[str, str], words: str = "", from_whom: str = "",
    reach_at: str = "", language: str = "en", nonce: UUID | None = None,
) -> Correction:  # fmt: skip
    """Somebody without an account says what is wrong. Nothing changes until it is taken."""
    stands = as_it_stands(service, timezone.localtime())
    changes = {
        name: [before, tidy(said[name])]
        for name, before in stands.items()
        if name in said and tidy(said[name]) != before
    }
    if not changes and not words.strip():
        raise NotAllowed(_("Nothing is different yet. Change a line, or write what is wrong."))
    correction, is_new = Correction.objects.get_or_create(
        nonce=nonce or uuid4(),
        defaults={
            "district_id": service.district_id, "service": service, "changes": changes,
            "words": words.strip(), "from_whom": from_whom.strip(),
            "reach_at": reach_at.strip(), "language": language,
        },
    )  # fmt: skip
    if is_new:
        record("correction sent", correction, district_id=service.district_id, by=None,
               facts={"fields": sorted(changes)})  # fmt: skip
    return correction


@transaction.atomic
def decide(*, correction: Correction, taken: Collection[str], by: User) -> Correction:
    """Take these fields of it and decline the rest. What was taken, no file changes back."""
    locked: Correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if locked.decided_at:
        raise NotAllowed(_("Somebody has decided this already. Look again."))
    fields = [name for name in locked.changes if name in taken]
    service = Service.objects.select_for_update().get(pk=locked.service_id)
    for name in fields:
        put_right(service, name, locked.changes[name][1])
    if fields:
        service.corrected = sorted({*service.corrected, *fields})
        own = [name for name in fields if name not in (HOURS, PHONES)]
        service.save(update_fields=[*own, "corrected"])
        renew_listings(district_id=service.district_id, services=[service.pk])
    locked.taken, locked.decided_at, locked.decided_by = fields, timezone.now(), by
    locked.save(update_fields=["taken", "decided_at", "decided_by"])
    declined = sorted(set(locked.changes) - set(fields))
    record("correction decided", locked, district_id=locked.district_id, by=by,
           facts={"taken": fields, "declined": declined})  # fmt: skip
    return locked


@transaction.atomic
def place_school(*, school: School, latitude: float, longitude: float, by: User) -> Any:
    """Say where a school is, so that distance can be told from it."""
    place, _made = SchoolPlace.objects.update_or_create(
        school=school,
        defaults={"district_id": school.district_id, "latitude": latitude, "longitude": longitude},
    )
    record("school placed", place, district_id=school.district_id, by=by)
    return place
