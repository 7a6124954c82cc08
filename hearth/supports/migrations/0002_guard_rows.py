from django.db import migrations

from hearth.audit.history import place_triggers
from hearth.schools.rls import append_only, guard_rows

KEPT = (
    "agendaitem", "assessmentrequest", "decision", "entitlement", "goal", "helprequest",
    "insteadofdiscipline", "measure", "meeting", "note", "plan", "point", "referral", "safetycall",
    "strategy", "studentreview", "team", "tier",
)  # fmt: skip
PLAIN = (
    "classreview", "export", "meetingpresence", "moretime", "move", "phasechange", "phrase",
    "planreview", "teammember",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("supports", "0001_initial")]
    operations = [
        place_triggers("supports"),
        *guard_rows(
            *(f"supports_{table}{history}" for table in KEPT for history in ("", "event")),
            *(f"supports_{table}" for table in PLAIN),
        ),
        # What was done stays done: a move is written once, by whomever. What was decided from a plan
        # stays decided; a later look is a row of its own. What the family said stays as written.
        *append_only("supports_move", "supports_planreview", "supports_moretime"),
    ]
