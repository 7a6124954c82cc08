from django.db import migrations

from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("partners", "0015_assets")]
    operations = [*guard_rows("partners_asset", "partners_assetevent")]
