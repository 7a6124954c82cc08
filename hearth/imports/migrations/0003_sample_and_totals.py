import django.db.models.deletion
from django.db import migrations, models

from hearth.schools.rls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_guard_rows"), ("schools", "0002_guard_rows")]
    operations = [
        migrations.AddField("importrun", "totals", models.JSONField(default=dict)),
        migrations.CreateModel(
            "Sample",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=60)),
                ("fate", models.CharField(max_length=10)),
                ("number", models.IntegerField()),
                ("line", models.BigIntegerField(null=True)),
                ("label", models.CharField(max_length=1000)),
                ("cells", models.JSONField()),
                ("district", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to="schools.district")),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="samples", to="imports.importrun")),
            ],
        ),
        migrations.AddConstraint(
            "sample",
            models.UniqueConstraint(fields=("run", "table", "fate", "number"), name="sample_once"),
        ),
        *guard_rows("imports_sample"),
    ]
