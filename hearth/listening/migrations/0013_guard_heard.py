from django.db import migrations

from hearth.schools.rls import guard_rows

KEPT = ("interview", "statement", "visit", "document")


class Migration(migrations.Migration):
    dependencies = [("listening", "0012_heard")]
    operations = [*guard_rows(*(f"listening_{table}" for table in KEPT))]
