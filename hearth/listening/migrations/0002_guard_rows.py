from django.db import migrations

from hearth.schools.rls import guard_rows

KEPT = ("listeningproject", "projectday")


class Migration(migrations.Migration):
    dependencies = [("listening", "0001_initial")]
    operations = [
        *guard_rows(*(f"listening_{table}{history}" for table in KEPT for history in ("", "event")))
    ]
