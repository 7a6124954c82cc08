from django.db import migrations

from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("listening", "0026_surveyed")]
    operations = [*guard_rows("listening_surveyed", "listening_surveyreminder")]
