from django.db import migrations

from hearth.audit.history import place_triggers
from hearth.schools.keys import hold_keys
from hearth.schools.rls import guard_rows

KEPT = ("correction", "location", "organization", "service")
PLAIN = (
    "category", "detail", "listing", "schedule", "schoolplace", "serviceatlocation",
    "servicecategory", "tally",
)  # fmt: skip
ORGANIZATION = ("partners_organization", "id")
SERVICE = ("partners_service", "id")
LOCATION = ("partners_location", "id")
AT = ("partners_serviceatlocation", "id")
CATEGORY = ("partners_category", "id")


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("schools", "0003_keys_by_set")]
    operations = [
        place_triggers("partners"),
        *guard_rows(
            *(f"partners_{table}{history}" for table in KEPT for history in ("", "event")),
            *(f"partners_{table}" for table in PLAIN),
        ),
        *hold_keys("partners_service", organization_id=ORGANIZATION),
        *hold_keys("partners_location", organization_id=ORGANIZATION),
        *hold_keys("partners_serviceatlocation", service_id=SERVICE, location_id=LOCATION),
        *hold_keys(
            "partners_schedule", service_id=SERVICE, location_id=LOCATION, service_at_location_id=AT
        ),
        *hold_keys(
            "partners_detail", organization_id=ORGANIZATION, service_id=SERVICE,
            location_id=LOCATION, service_at_location_id=AT,
        ),
        *hold_keys("partners_category", parent_id=CATEGORY),
        *hold_keys("partners_servicecategory", service_id=SERVICE, category_id=CATEGORY),
        *hold_keys("partners_listing", service_id=SERVICE),
    ]  # fmt: skip
