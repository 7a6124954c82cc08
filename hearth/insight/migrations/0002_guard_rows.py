from django.db import migrations

from hearth.audit.history import place_triggers
from hearth.schools.rls import append_only, guard_rows


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial")]
    operations = [
        place_triggers("insight"),
        *guard_rows(
            "insight_factkey",
            "insight_datawalk",
            "insight_datawalkevent",
            "insight_disclosedtable",
            "insight_release",
            "insight_walknote",
            "insight_walknoteevent",
        ),
        # What was told stays told: the ledger is what the next table is protected against.
        *append_only("insight_release"),
    ]
