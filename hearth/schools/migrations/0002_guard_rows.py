from django.db import migrations

from hearth.schools.rls import append_only, guard_rows


class Migration(migrations.Migration):
    """The wall around the district's rows; the audit floor lies below and gets its wall here."""

    dependencies = [("schools", "0001_initial"), ("audit", "0001_initial")]
    operations = [
        *guard_rows(
            "schools_school",
            "schools_session",
            "schools_closedday",
            "audit_event",
            "audit_look",
        ),
        *append_only("audit_event", "audit_look"),
    ]
