from django.db import migrations

from hearth.schools.rls import guard_rows

KEPT = ("coding", "quotation")


class Migration(migrations.Migration):
    dependencies = [("listening", "0014_coding")]
    operations = [
        *guard_rows(*(f"listening_{table}{history}" for table in KEPT for history in ("", "event")))
    ]
