"""The verb of phases: a body decided in which phase the school is with a strategy."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.audit.actions import record
from hearth.listening.models import ListeningProject
from hearth.listening.models.grounds import may_here
from hearth.listening.models.phase import StrategyPhase
from hearth.listening.rules.phases import not_yet


@transaction.atomic
def decide_phase(
    *, project: ListeningProject, strategy: str, said: Mapping[str, Any], by: User
) -> StrategyPhase:
    """Once for each strategy and year; decided anew, how it was before stays in its history."""
    if not may_here(by, May.RUN_LISTENING, project.school_id):
        raise PermissionDenied
    seen = {name: said[name] for name in ("artifacts", "also", "decided_by", "decided_on")}
    if project.session_id is None or not_yet(**seen, today=timezone.localdate()):
        raise ValidationError("a phase has a year, evidence, a body and a day")
    row, _made = StrategyPhase.objects.update_or_create(
        district_id=project.district_id, school_id=project.school_id,
        session_id=project.session_id, strategy=strategy,
        defaults={**seen, "phase": said["phase"], "made_by": by},
    )  # fmt: skip
    record("phase decided", row, district_id=row.district_id, by=by,
           facts={"strategy": strategy, "phase": row.phase})  # fmt: skip
    return row
