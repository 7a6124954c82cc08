"""Staff as the roster's own plan reads them: an extract that corrects some columns of a few people.

Nobody is new and nobody goes: whoever the file does not name, and whatever it leaves blank, stays.
"""

import polars as pl

from hearth.imports.extracts import Extract
from hearth.imports.extracts.words import FAULTS
from hearth.imports.filing.known import STAFF, Known, by_file
from hearth.imports.oneroster import Checked, Frames, Manifest
from hearth.imports.oneroster.findings import Findings
from hearth.imports.staging import STAGES
from hearth.people.models import Person
from hearth.schools.models import School

HISPANIC, NOT_REPORTED = "hispanic", "not_reported"
STEMS = {stage.stem for stage in STAGES}
NOT_TOLD = ("given_name", "middle_name", "family_name", "preferred_name", "pronouns", "email",
            "phone", "sms", "identifier", "grade", "reach_by")  # fmt: skip
NO_REFERENCES = dict.fromkeys(("file", "line", "column", "target", "value"), pl.String)


def as_roster(extract: Extract) -> Checked:
    """The same as changes to a roster; whoever is not on the staff is left out with a note."""
    findings = Findings(frozenset(FAULTS))
    frame = _known(extract.frames["staff"], findings)
    faults, notes = findings.split()
    return Checked(
        version="1.2",
        manifest=_changes_only(),
        frames=Frames(people=_people(frame), demographics=_identities(frame)),
        faults=faults,
        notes=notes,
        open_references=pl.DataFrame(schema=NO_REFERENCES),
        totals=dict(findings.totals),
    )


def _changes_only() -> Manifest:
    return Manifest(system_name="", system_code="", modes=dict.fromkeys(STEMS, "delta"))


def _known(frame: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """The rows of people on the staff, under the key by which the roster knows them."""
    known = Known(STAFF)
    ids = Person.objects.filter(staff__isnull=False).exclude(source_id="")
    sources = pl.DataFrame(
        list(ids.values_list("pk", "source_id")),
        schema={"person_id": pl.Int64, "source_id": pl.String}, orient="row",
    )  # fmt: skip
    schools = pl.DataFrame(
        list(School.objects.exclude(source_id="").values_list("pk", "source_id")),
        schema={"school_id": pl.Int64, "school_source": pl.String}, orient="row",
    )  # fmt: skip
    places = known.places(frame["school"].unique()).join(schools, on="school_id", how="left")
    meant = known.meant(frame["staff"].unique()).join(sources, on="person_id", how="left")
    found = frame.join(
        meant, left_on="staff", right_on="number", how="left", maintain_order="left"
    ).join(places, left_on="school", right_on="code", how="left", maintain_order="left")
    lost = pl.col("source_id").is_null()
    by_file(found.filter(lost), "staff_unknown", "staff", findings)
    return found.filter(~lost).unique("source_id", keep="last", maintain_order=True)


def _people(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        "source_id",
        pl.col("line").cast(pl.Int64),
        pl.lit(value=False).alias("gone"),
        pl.lit("staff").alias("kind"),
        *(pl.lit(None, dtype=pl.String).alias(name) for name in NOT_TOLD),
        pl.lit(None, dtype=pl.Boolean).alias("interpreter_needed"),
        pl.col("language").alias("home_language"),
        "role",
        school="school_source",
    )


def _identities(frame: pl.DataFrame) -> pl.DataFrame:
    told = frame.filter(pl.col("race").is_not_null() | pl.col("gender").is_not_null())
    named = pl.col("race").is_in([HISPANIC, NOT_REPORTED]) | pl.col("race").is_null()
    silent = (pl.col("race") == NOT_REPORTED) | pl.col("race").is_null()
    return told.select(
        "source_id",
        pl.col("line").cast(pl.Int64),
        pl.lit(value=False).alias("gone"),
        "gender",
        birth_date=pl.lit(None, dtype=pl.Date),
        hispanic=pl.when(~silent).then(pl.col("race") == HISPANIC),
        races=pl.when(named).then(pl.lit([], dtype=pl.List(pl.String)))
        .otherwise(pl.concat_list("race")),
    )  # fmt: skip
