"""The county sends its list again: what search reads is made anew where something changed."""

from pathlib import Path
from typing import Any

import pytest

from hearth.imports.models import ImportRun
from hearth.partners.actions import listing
from hearth.partners.models import Listing, Service, Tally
from hearth.schools.models import District
from tests.partners import packages
from tests.partners.conftest import Shelve

PLACES = packages.WHOLE["service_at_location"]
SPOKEN = packages.WHOLE["language"]
ATTRIBUTES = packages.WHOLE["attribute"]
TERMS = packages.WHOLE["taxonomy_term"]
WAYS: dict[str, dict[str, Any]] = {
    "the service says more": {"service": [
        {**packages.TALK, "description": "Grief and loss."}, packages.PANTRY]},
    "its organization has another name": {"organization": [
        {**packages.RIVER, "name": "Puente Clinic"}, packages.HARVEST]},
    "another category": {"attribute": [
        {**ATTRIBUTES[0], "link_id": "pantry"}, *ATTRIBUTES[1:]]},
    "no category": {"attribute": ATTRIBUTES[1:]},
    "its category has another name": {"taxonomy_term": [
        TERMS[0], {**TERMS[1], "name": "Legal aid"}]},
    "another costs nothing": {"cost_option": [
        {"id": "free", "service_id": "talk", "amount": "0", "option": "all"}]},
    "the language is another's": {"language": [{**SPOKEN[0], "service_id": "pantry"}, SPOKEN[1]]},
    "no language of the hall": {"language": SPOKEN[:1]},
    "another language": {"language": [{**SPOKEN[0], "code": "vi"}, *SPOKEN[1:]]},
    "the hall's language is the house's": {"language": [
        SPOKEN[0], {**SPOKEN[1], "location_id": "house"}]},
    "not offered now": {"service": [{**packages.TALK, "status": "inactive"}, packages.PANTRY]},
    "it has moved": {"service_at_location": [
        {**PLACES[0], "location_id": "hall"}, {**PLACES[1], "location_id": "house"}]},
    "offered elsewhere, too": {"service_at_location": [
        *PLACES, {"id": "c", "service_id": "pantry", "location_id": "house"}],
        "language": [*SPOKEN, {"id": "l3", "location_id": "house", "code": "ko"}]},
    "one more": {"service": [
        *packages.SERVICES, {**packages.PANTRY, "id": "more", "name": "More"}]},
}  # fmt: skip


def test_after_each_change_search_reads_what_it_would_if_all_were_made_anew(
    shelve: Shelve, maple: District, tmp_path: Path
) -> None:
    county = tmp_path / "county"
    shelve(packages.write(county))
    before = listed()
    for way, tables in WAYS.items():
        run = shelve(packages.write(county, **tables), "details", "services", "service_categories")
        assert run.state == ImportRun.State.APPLIED, way
        after, tallies = listed(), counted()
        assert after != before, way
        listing.renew_listings(district_id=maple.pk)
        assert (after, tallies) == (listed(), counted()), way
        before = after


def test_what_did_not_change_is_left_alone(shelve: Shelve, maple: District, tmp_path: Path) -> None:
    shelve(packages.write(tmp_path / "county"))
    Listing.objects.update(name="as it was")
    shelve(packages.write(tmp_path / "county"))
    assert set(Listing.objects.values_list("name", flat=True)) == {"as it was"}
    changed = {**packages.TALK, "name": "Talk With Us"}
    shelve(packages.write(tmp_path / "county", service=[changed, packages.PANTRY]))
    names = dict(Listing.objects.values_list("service__source_id", "name"))
    assert names == {"talk": "Talk With Us", "pantry": "as it was"}


def test_a_listing_that_other_words_made_is_made_anew_at_the_next_load(
    shelve: Shelve, tmp_path: Path
) -> None:
    shelve(packages.write(tmp_path / "county"))
    Listing.objects.filter(service__source_id="talk").update(name="old", made_by="older words")
    shelve(packages.write(tmp_path / "county"))
    assert Listing.objects.get(service__source_id="talk").name == "Family Counseling"


def test_many_are_made_by_the_same_rules_as_one(
    shelve: Shelve, maple: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(packages.write(tmp_path / "county"))
    alone = listed()
    monkeypatch.setattr(listing, "MANY", 0)
    keys = list(Service.objects.values_list("pk", flat=True))
    listing.renew_listings(district_id=maple.pk, services=keys)
    assert listed() == alone


def listed() -> set[tuple[Any, ...]]:
    rows = Listing.objects.values_list(
        "service", "name", "words", "needs", "languages", "insurance", "free", "minimum_age",
        "maximum_age",
    )  # fmt: skip
    return {tuple(tuple(cell) if isinstance(cell, list) else cell for cell in row) for row in rows}


def counted() -> set[tuple[Any, ...]]:
    return set(Tally.objects.values_list("kind", "key", "name", "services"))
