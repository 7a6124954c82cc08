from django.db import migrations

# What `createcachetable` makes, as a migration, so that its owner is the owner and the application
# gets its rights like on every other table. Unlogged: counts of attempts need not survive a crash.
MAKE = """
CREATE UNLOGGED TABLE access_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX access_cache_expires ON access_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_guard_rows")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE access_cache")]
