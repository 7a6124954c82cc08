"""The verbs of a district's own conditions: write the list, or go back to the one to begin with."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.roles import Reach
from hearth.audit.actions import record
from hearth.listening.models.condition import Condition


def may_set(user: User) -> bool:
    """Only for the whole district: schools that sort by different lists cannot be read together."""
    return user.standing.reaches(May.RUN_LISTENING, Reach.DISTRICT)


@transaction.atomic
def set_conditions(*, lines: Sequence[tuple[str, str]], by: User) -> list[Condition]:
    """The list from now on; with no lines, the ten to begin with. A line that stays keeps its row,
    and with it what was sorted to it."""
    if not may_set(by):
        raise PermissionDenied
    standing = {(one.words_en, one.words_es): one for one in Condition.objects.in_use()}
    kept = []
    for position, words in enumerate(lines):
        row = standing.pop(words, None) or Condition(
            district_id=by.district_id, words_en=words[0], words_es=words[1]
        )
        row.position = position
        row.save()
        kept.append(row)
    for row in standing.values():
        row.ended_on = timezone.localdate()
        row.save(update_fields=["ended_on"])
    record("conditions set", by, district_id=by.district_id, by=by, facts={"lines": len(kept)})
    return kept
