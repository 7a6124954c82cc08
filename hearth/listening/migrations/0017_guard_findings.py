from django.db import migrations

from hearth.schools.rls import guard_rows

KEPT = ("finding", "recommendation")
WRITTEN_ONCE = ("findingsource", "membercheck", "notwhatwesaid")


class Migration(migrations.Migration):
    dependencies = [("listening", "0016_findings")]
    operations = [
        *guard_rows(
            *(f"listening_{table}{history}" for table in KEPT for history in ("", "event")),
            *(f"listening_{table}" for table in WRITTEN_ONCE),
        )
    ]
