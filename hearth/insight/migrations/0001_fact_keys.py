import django.db.models.deletion
from django.db import migrations, models

from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    initial = True
    dependencies = [("people", "0009_program_times"), ("schools", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="FactKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField(unique=True)),
                ("district", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to="schools.district")),
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
            ],
            options={"abstract": False},
        ),
        *guard_rows("insight_factkey"),
    ]
