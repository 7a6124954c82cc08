from django.db import migrations

from hearth.audit.history import place_triggers
from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("people", "0002_initial")]
    operations = [
        place_triggers("people"),
        *guard_rows(
            "people_person",
            "people_personevent",
            "people_student",
            "people_studentevent",
            "people_guardian",
            "people_guardianevent",
            "people_staff",
            "people_staffevent",
            "people_guardianship",
            "people_guardianshipevent",
            "people_section",
            "people_sectionmember",
            "people_identity",
            "people_identityevent",
            "people_merge",
            "people_partnerworker",
            "people_partnerworkerevent",
            "people_twopeople",
            "people_programtime",
            "people_programtimeevent",
        ),
    ]
