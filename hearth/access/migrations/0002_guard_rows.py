from django.db import migrations

from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        *guard_rows(
            "access_membership",
            "access_membershipevent",
        ),
    ]
