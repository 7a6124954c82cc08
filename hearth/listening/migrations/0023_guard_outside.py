from django.db import migrations

from hearth.schools.rls import append_only, guard_rows

KEPT = ("listening_outsidefile", "listening_outsidefileevent", "listening_outsidefigure")


class Migration(migrations.Migration):
    """A figure stands as it was brought in; its table is taken back as a whole."""

    dependencies = [("listening", "0022_outside")]
    operations = [*guard_rows(*KEPT), *append_only("listening_outsidefigure")]
