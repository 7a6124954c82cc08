from django.db import migrations

from hearth.schools.rls import guard_rows

KEPT = ("condition", "strategyphase")


class Migration(migrations.Migration):
    dependencies = [("listening", "0010_conditions")]
    operations = [
        *guard_rows(*(f"listening_{table}{history}" for table in KEPT for history in ("", "event")))
    ]
