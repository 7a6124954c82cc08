from django.db import migrations

from hearth.schools.rls import append_only, guard_rows

KEPT = ("consent", "referralout")


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_consents_and_referrals_out")]
    operations = [
        *guard_rows(
            *(f"partners_{table}{history}" for table in KEPT for history in ("", "event")),
            "partners_outstep",
        ),
        # What was said stays said.
        *append_only("partners_outstep"),
    ]
