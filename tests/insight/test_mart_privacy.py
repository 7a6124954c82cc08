"""Nothing that says who somebody is may enter the mart."""

from django.apps import apps
from django.db import models

from hearth.audit.privacy import Privacy, privacy_of
from hearth.insight.mart.schema import FACTS, Column

NEVER = {Privacy.PERSONAL, Privacy.RESTRICTED, Privacy.SECRET}
# A stay's grade, days and school say where a child was, under a random number, and not who.
UNDER_A_NUMBER = {"records.Enrollment.grade", "records.Enrollment.starts"}


def leaks(facts: dict[str, tuple[Column, ...]]) -> list[str]:
    return [
        f"{fact}.{column.name}: {column.source}"
        for fact, columns in facts.items()
        for column in columns
        if column.source and not _may_enter(column.source)
    ]


def _may_enter(source: str) -> bool:
    label, _, name = source.rpartition(".")
    model = apps.get_model(label)
    field = model._meta.get_field(name)
    if source in UNDER_A_NUMBER:
        return True
    # What somebody wrote never enters; a code, a day or a number of days may.
    written = isinstance(field, (models.TextField, models.JSONField))
    return privacy_of(model)[name] not in NEVER and not written


def test_no_column_of_the_mart_is_personal() -> None:
    assert leaks(FACTS) == [], "Leave it out of hearth/insight/mart/schema.py."


def test_a_name_in_the_mart_is_found() -> None:
    named = {"staff": (Column("called", "string", "people.Person.given_name"),)}
    assert leaks(named) == ["staff.called: people.Person.given_name"]


def test_a_story_in_the_mart_is_found() -> None:
    told = {"referrals": (Column("concern", "string", "supports.Referral.concern"),)}
    assert leaks(told) == ["referrals.concern: supports.Referral.concern"]
