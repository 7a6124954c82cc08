from django.db import migrations

from hearth.schools.rls import append_only, guard_rows

KEPT = (
    "agendaitem", "assessmentrequest", "decision", "entitlement", "goal", "helprequest",
    "insteadofdiscipline", "measure", "meeting", "plan", "point", "safetycall", "strategy",
    "studentreview", "team", "tier",
)  # fmt: skip
PLAIN = (
    "classreview", "export", "meetingpresence", "phasechange", "phrase", "planreview", "teammember",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("supports", "0003_a_whole_team")]
    operations = [
        *guard_rows(
            *(f"supports_{table}{history}" for table in KEPT for history in ("", "event")),
            *(f"supports_{table}" for table in PLAIN),
        ),
        # What was decided from a plan stays decided; a later look is a row of its own.
        *append_only("supports_planreview"),
    ]
