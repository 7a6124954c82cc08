from django.db import migrations

from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("listening", "0018_reach")]
    operations = [*guard_rows("listening_reach", "listening_reachevent")]
