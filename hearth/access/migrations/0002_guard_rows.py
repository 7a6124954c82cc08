from django.db import migrations

from hearth.audit.history import place_triggers
from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        place_triggers("access"),
        *guard_rows(
            "access_membership",
            "access_membershipevent",
        ),
    ]
