from django.db import migrations

from hearth.schools.rls import append_only, guard_rows

ONCE = ("listening_report", "listening_signoff")


class Migration(migrations.Migration):
    """A version and a signature are written once: the database refuses to change either."""

    dependencies = [("listening", "0020_report")]
    operations = [*guard_rows(*ONCE), *append_only(*ONCE)]
