from django.db import migrations

from hearth.schools.rls import guard_rows

PLAIN = ("box", "invitation", "participation", "surveyevent", "survey", "textpage")


class Migration(migrations.Migration):
    dependencies = [("listening", "0003_surveys")]
    operations = [*guard_rows(*(f"listening_{table}" for table in PLAIN))]
