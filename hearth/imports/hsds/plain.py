"""One CSV with a service on each row, its columns named once: told in the words of HSDS 3."""

import polars as pl

from hearth.imports.extracts.asked import Asked
from hearth.imports.extracts.fields import Field
from hearth.imports.extracts.members import Member
from hearth.imports.extracts.separated import Columns, joined, reader_of
from hearth.imports.hsds.raw import Raw
from hearth.imports.oneroster.cells import sane
from hearth.imports.oneroster.findings import Findings
from hearth.imports.oneroster.words import gettext_noop as _
from hearth.partners.rules.hsds import BY_FILE, TABLES

FIELDS = (
    Field("service", _("name of the service"), needed=True,
          spelled=("servicename", "name", "program", "programname", "resource")),
    Field("organization", _("organization"), needed=True,
          spelled=("organizationname", "agency", "agencyname", "provider", "nonprofit")),
    Field("description", _("what they do"), spelled=("about", "details", "servicedescription")),
    Field("categories", _("categories"), spelled=("category", "type", "need", "topic", "keywords")),
    Field("phone", _("phone"), spelled=("phonenumber", "telephone", "tel")),
    Field("email", _("e-mail"), spelled=("emailaddress", "mail")),
    Field("web", _("web page"), spelled=("website", "url", "link")),
    Field("contact", _("who to call"), spelled=("contactname", "contactperson")),
    Field("address", _("address"), spelled=("streetaddress", "address1", "street")),
    Field("city", _("city"), spelled=("town",)),
    Field("state", _("state"), spelled=("stateprovince",)),
    Field("postal_code", _("ZIP code"), spelled=("zip", "zipcode", "postalcode")),
    Field("latitude", _("latitude"), spelled=("lat",)),
    Field("longitude", _("longitude"), spelled=("lng", "lon", "long")),
    Field("hours", _("hours"), spelled=("schedule", "hoursofoperation", "openinghours")),
    Field("languages", _("languages"), spelled=("language", "languagesspoken")),
    Field("eligibility", _("who can come"), spelled=("whocancome", "eligible", "serves")),
    Field("minimum_age", _("from age"), spelled=("minage", "agefrom")),
    Field("maximum_age", _("to age"), spelled=("maxage", "ageto")),
    Field("cost", _("what it costs"), spelled=("fees", "fee", "price")),
    Field("documents", _("documents to bring"), spelled=("requireddocuments", "bring")),
    Field("how", _("how to begin"), spelled=("applicationprocess", "howtoapply", "intake")),
    Field("verified", _("last verified"), spelled=("lastverified", "lastupdated", "assureddate")),
)  # fmt: skip
HOME, COUNTRY = "CA", "US"
LIST = r"\s*[,;|]\s*"
LONGEST_KEY = 180


def is_plain(asked: Asked, files: list[Member]) -> bool:
    """One file that is no table of a package: neither by its name nor by its columns."""
    if len(files) != 1:
        return False
    name = files[0].name.lower()
    if name not in BY_FILE and name.rpartition(".")[0] not in TABLES:
        return True
    with files[0].open() as stream:
        # What is wrong with its first line is told when the file is read in earnest.
        reader = reader_of(files[0], stream, Findings())
        return reader.open() and not {"organization_id", "id"} & {c.strip() for c in reader.header}


def read(asked: Asked, member: Member) -> Raw:
    columns = Columns(asked, FIELDS)
    frame = joined(columns.frames(member), FIELDS).with_columns(
        pl.col("file").cast(pl.String), pl.col("line").cast(pl.Int64)
    )
    if not frame.height:
        return {}
    if columns.left:
        asked.findings.add("columns_left", member.name, 1, columns=", ".join(columns.left))
    frame = frame.with_columns(
        organization_id=_key("organization"),
        service_id=_key("organization", "service"),
        location_id=pl.when(pl.col("address").is_not_null()).then(
            _key("organization", "address", "city")
        ),
    )
    return {**_whole(frame), **_around(frame)}


def _key(*columns: str) -> pl.Expr:
    """The same names make the same key, so that the next file of this source finds its rows."""
    words = pl.concat_str(pl.col(columns), separator=" ", ignore_nulls=True).str.to_lowercase()
    return (
        words.str.replace_all(r"[^\p{L}\p{N}]+", "-").str.strip_chars("-").str.slice(0, LONGEST_KEY)
    )


def _whole(frame: pl.DataFrame) -> Raw:
    where = ("file", "line")
    once = frame.unique("service_id", keep="first", maintain_order=True)
    placed = frame.filter(pl.col("location_id").is_not_null())
    places = placed.unique("location_id", keep="first", maintain_order=True)
    at = placed.unique(["service_id", "location_id"], keep="first", maintain_order=True)
    return {
        "organization": frame.unique("organization_id", keep="first", maintain_order=True).select(
            *where, id="organization_id", name="organization", description="organization"
        ),
        "service": once.select(
            *where, "organization_id", "description", "email", "minimum_age", "maximum_age",
            id="service_id", name="service", url="web", status=pl.lit("active"),
            eligibility_description="eligibility", fees_description="cost",
            application_process="how", assured_date=_day("verified"),
        ),
        "location": places.select(
            *where, "organization_id", "latitude", "longitude", id="location_id",
            location_type=pl.lit("physical"),
        ),
        "service_at_location": at.select(
            *where, "service_id", "location_id", id=pl.format("{}--{}", "service_id", "location_id")
        ),
        "address": places.select(
            *where, "location_id", id=pl.format("{}--address", "location_id"), address_1="address",
            city=pl.col("city").fill_null("–"), state_province=pl.col("state").fill_null(HOME),
            postal_code=pl.col("postal_code").fill_null("–"), country=pl.lit(COUNTRY),
            address_type=pl.lit("physical"),
        ),
    }  # fmt: skip


def _around(frame: pl.DataFrame) -> Raw:
    once = frame.unique("service_id", keep="first", maintain_order=True)
    under = _each(once, "categories")
    named = under.with_columns(term=_key("categories"))
    return {
        "phone": _one(once, "phone", number="phone"),
        "contact": _one(once, "contact", name="contact"),
        "schedule": _one(once, "hours", description="hours"),
        "language": _each(once, "languages").select(
            "file", "line", "service_id", "id", name="languages"
        ),
        "required_document": _each(once, "documents").select(
            "file", "line", "service_id", "id", document="documents"
        ),
        "taxonomy_term": named.unique("term", keep="first", maintain_order=True).select(
            "file", "line", id="term", name="categories", description="categories"
        ),
        "attribute": named.select(
            "file", "line", "id", link_id="service_id", taxonomy_term_id="term",
            link_entity=pl.lit("service"),
        ),
    }  # fmt: skip


def _one(frame: pl.DataFrame, column: str, **named: str) -> pl.DataFrame:
    there = frame.filter(pl.col(column).is_not_null())
    return there.select(
        "file", "line", "service_id", id=pl.format("{}--{}", "service_id", pl.lit(column)),
        **{name: pl.col(says) for name, says in named.items()},
    )  # fmt: skip


def _each(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    rows = frame.filter(pl.col(column).is_not_null()).with_columns(
        pl.col(column).str.replace_all(LIST, "\n").str.split("\n")
    )
    rows = rows.explode(column).filter(pl.col(column).str.strip_chars() != "")
    number = pl.int_range(pl.len()).over("service_id").cast(pl.String)
    return rows.with_columns(id=pl.format("{}--{}-{}", "service_id", pl.lit(column), number))


def _day(column: str) -> pl.Expr:
    ways = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")
    return pl.coalesce(
        sane(pl.col(column).str.strip_chars().str.to_date(way, strict=False)) for way in ways
    ).cast(pl.String)
