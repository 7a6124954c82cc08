"""Ask people by a link of their own. Whom it is about is written once, before anybody answers."""

import secrets
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.actions.survey import NotAllowed
from hearth.listening.models import Audience, Invitation, Participation, Survey, Way
from hearth.listening.models.grounds import may_here
from hearth.people.models import Guardian, Staff, Student

WHO: dict[str, Callable[[int], Any]] = {
    Audience.STUDENTS: lambda school: Student.objects.current().filter(school=school),
    Audience.YOUNG: lambda school: Student.objects.current().filter(school=school),
    Audience.FAMILIES: lambda school: Guardian.objects.filter(
        gone_on=None, person__merged_into=None, guardianships__gone_on=None,
        guardianships__student__in=Student.objects.current().filter(school=school),
    ),
    Audience.STAFF: lambda school: Staff.objects.filter(gone_on=None, school=school),
}  # fmt: skip


@transaction.atomic
def ask_everybody(*, survey: Survey, by: User) -> int:
    """A link for each person of the audience at this school. Slots are drawn by lot."""
    if not may_here(by, May.RUN_LISTENING, survey.school_id):
        raise PermissionDenied
    locked: Survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if locked.way != Way.PERSONAL or locked.audience not in WHO:
        raise NotAllowed(_("The roster does not know these people. Use one address for everybody."))
    if locked.opened_at or locked.invitations.exists():
        raise NotAllowed(_("They are asked already. Whom to ask is settled before it opens."))
    people = sorted(set(WHO[Audience(locked.audience)](locked.school_id).values_list(
        "person", flat=True
    )))  # fmt: skip
    if not people:
        raise NotAllowed(_("The roster knows nobody of them at this school yet."))
    slots = list(range(len(people)))
    secrets.SystemRandom().shuffle(slots)
    Invitation.objects.bulk_create(
        Invitation(district_id=locked.district_id, survey=locked, person_id=person, slot=slot)
        for person, slot in zip(people, slots, strict=True)
    )
    Participation.objects.create(
        district_id=locked.district_id, survey=locked, answered=bytes((len(people) + 7) // 8)
    )
    locked.known = len(people)
    locked.save(update_fields=["known"])
    record("people asked", locked, district_id=locked.district_id, by=by,
           facts={"people": len(people)})  # fmt: skip
    return len(people)
