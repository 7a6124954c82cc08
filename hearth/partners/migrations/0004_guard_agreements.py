from django.db import migrations

from hearth.schools.rls import append_only, guard_rows

KEPT = ("agreement", "contact")
PLAIN = ("capacity", "link", "linkcode", "reminder")


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_agreements_and_links")]
    operations = [
        *guard_rows(
            *(f"partners_{table}{history}" for table in KEPT for history in ("", "event")),
            *(f"partners_{table}" for table in PLAIN),
        ),
        # What was said stays said, and nobody is reminded twice.
        *append_only("partners_capacity", "partners_reminder"),
    ]
