from django.db import migrations

from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]
    operations = [
        *guard_rows(
            "imports_importrun",
            "imports_fault",
            "imports_before",
            "imports_sample",
            "imports_mapping",
        ),
    ]
