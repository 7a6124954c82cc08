"""What each table of a directory takes from its files, in the order in which rows need others."""

from dataclasses import dataclass, field

from django.db import models

from hearth.partners.models import (
    Category,
    Detail,
    Location,
    Organization,
    Schedule,
    Service,
    ServiceAtLocation,
    ServiceCategory,
)


@dataclass(frozen=True)
class Shelf:
    """One table.

    keys    columns that lead to another shelf: the frame holds that row's `source_id`
    values  columns that the file fills, with their kinds in SQL
    also    what says, beside source and source_id, which row is meant
    needs   keys without which a row cannot stand
    """

    name: str
    model: type[models.Model]
    values: dict[str, str]
    keys: dict[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    label: str = "p.source_id"

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def corrects(self) -> bool:
        """Whether people may have corrected a field, which no file then changes back."""
        return any(f.name == "corrected" for f in self.model._meta.concrete_fields)

    @property
    def staged(self) -> dict[str, str]:
        """The columns of the frame, with their kinds."""
        return {
            "source_id": "text", **dict.fromkeys(self.also, "text"),
            **dict.fromkeys(self.keys, "text"), **self.values, "line": "bigint",
        }  # fmt: skip

    @property
    def written(self) -> list[str]:
        """The columns that a load may change."""
        return [*self.keys, *self.values]


TEXT, JSON = "text", "jsonb"
OWNERS = {"organization_id": "organizations", "service_id": "services",
          "location_id": "locations", "service_at_location_id": "services_at"}  # fmt: skip
NAMED = "p.name"

SHELVES = (
    Shelf(
        "organizations", Organization,
        {**dict.fromkeys(["name", "alternate_name", "description", "email", "website"], TEXT),
         "more": JSON},
        label=NAMED,
    ),
    Shelf(
        "categories", Category,
        {**dict.fromkeys(["code", "name", "description", "taxonomy", "language"], TEXT),
         "more": JSON},
        keys={"parent_id": "categories"}, label=NAMED,
    ),
    Shelf(
        "services", Service,
        {**dict.fromkeys(
            ["name", "alternate_name", "description", "url", "email", "status",
             "interpretation_services", "application_process", "fees_description", "wait_time",
             "eligibility_description", "alert"], TEXT),
         "minimum_age": "numeric(7, 3)", "maximum_age": "numeric(7, 3)", "verified_on": "date",
         "more": JSON},
        keys={"organization_id": "organizations"}, needs=("organization_id",), label=NAMED,
    ),
    Shelf(
        "locations", Location,
        {**dict.fromkeys(["kind", "name", "alternate_name", "description", "transportation",
                          "url"], TEXT),
         "latitude": "double precision", "longitude": "double precision", "more": JSON},
        keys={"organization_id": "organizations"}, label=NAMED,
    ),
    Shelf(
        "services_at", ServiceAtLocation, {"description": TEXT, "more": JSON},
        keys={"service_id": "services", "location_id": "locations"},
        needs=("service_id", "location_id"),
    ),
    Shelf(
        "schedules", Schedule,
        {"freq": TEXT, "byday": TEXT, "description": TEXT,
         **dict.fromkeys(["valid_from", "valid_to", "dtstart", "until"], "date"),
         "count": "integer", "interval": "integer", "opens_at": "time", "closes_at": "time",
         "weekly": "boolean", "closed": "boolean", "more": JSON},
        keys={key: OWNERS[key] for key in ("service_id", "location_id", "service_at_location_id")},
        label="p.description",
    ),
    Shelf(
        "service_categories", ServiceCategory, {"more": JSON},
        keys={"service_id": "services", "category_id": "categories"},
        needs=("service_id", "category_id"),
    ),
    Shelf("details", Detail, {"row": JSON}, keys=OWNERS, also=("kind",),
          label="concat_ws(' · ', p.kind, p.row->>'name', p.row->>'number', p.row->>'address_1')"),
)  # fmt: skip
SHELF = {shelf.name: shelf for shelf in SHELVES}
