from django.db import migrations

from hearth.schools.keys import FUNCTIONS, NO_FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_guard_rows")]
    operations = [migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS)]
