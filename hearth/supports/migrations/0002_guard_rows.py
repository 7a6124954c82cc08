from django.db import migrations

from hearth.schools.rls import append_only, guard_rows


class Migration(migrations.Migration):
    dependencies = [("supports", "0001_initial")]
    operations = [
        *guard_rows(
            "supports_referral",
            "supports_referralevent",
            "supports_move",
            "supports_note",
            "supports_noteevent",
        ),
        # What was done stays done: a move is written once, by whomever.
        *append_only("supports_move"),
    ]
