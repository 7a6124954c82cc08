"""What is sorted by: the ten to begin with, a district's own, and a phase that a body decided."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from hearth.listening.actions.condition import set_conditions
from hearth.listening.models import Condition, StrategyPhase
from hearth.listening.reading.conditions import names, own_or_default
from hearth.listening.rules.phases import not_yet
from hearth.schools.models import Session
from tests.cast import Cast
from tests.listening.world import begin

OURS = [("Joy", "Alegría"), ("A shared plan", "Un plan compartido")]
SEEN: dict[str, Any] = {
    "artifacts": ["artifact.collaborative_leadership.minutes"], "also": "",
    "decided_by": "Site council", "decided_on": date(2026, 9, 3),
}  # fmt: skip


def test_the_district_writes_its_own_and_may_go_back(cast: Cast) -> None:
    ten, own = own_or_default("es")
    assert (len(ten), own) == (10, False)
    first, _second = set_conditions(lines=OURS, by=cast.helen)
    assert [one.name for one in own_or_default("es")[0]] == ["Alegría", "Un plan compartido"]
    kept, _new = set_conditions(lines=[OURS[0], ("Time", "Tiempo")], by=cast.helen)
    assert kept.pk == first.pk
    set_conditions(lines=[], by=cast.helen)
    assert own_or_default("en")[1] is False
    assert names("en")[f"own.{first.pk}"] == "Joy", "what was sorted to it keeps its words"


def test_one_school_does_not_change_what_all_sort_by(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        set_conditions(lines=OURS, by=cast.rosa)
    rosa = Client()
    rosa.force_login(cast.rosa)
    assert rosa.get("/listening/conditions/change/").status_code == 404
    page = rosa.get("/listening/conditions/").content.decode()
    assert "A set to begin with" in page
    assert "Write our own conditions" not in page


def test_both_languages_have_as_many_lines(cast: Cast) -> None:
    helen = Client()
    helen.force_login(cast.helen)
    page = helen.post("/listening/conditions/change/", {"english": "Joy\nTime", "spanish": "Uno"})
    assert "Write as many lines in Spanish" in page.content.decode()
    assert not Condition.objects.exists()


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        ({}, []),
        ({"artifacts": [], "also": "We watched"}, []),
        ({"artifacts": []}, ["evidence"]),
        ({"decided_by": " "}, ["body"]),
        ({"decided_on": None}, ["day"]),
        ({"decided_on": date(2026, 9, 9)}, ["not_decided_yet"]),
    ],
)
def test_r2_a_phase_has_evidence_a_body_and_a_day(
    without: dict[str, Any], missing: list[str]
) -> None:
    assert not_yet(**SEEN | without, today=date(2026, 9, 8)) == missing


def test_r2_one_phase_a_strategy_and_year(cast: Cast) -> None:
    year = Session.objects.create(
        district=cast.alder, source_id="y", title="2026-27", kind=Session.Kind.YEAR,
        starts=date(2026, 7, 1), ends=date(2027, 6, 30),
    )  # fmt: skip
    project = begin(cast, session=year)
    rosa = Client()
    rosa.force_login(cast.rosa)
    address = f"/listening/{project.pk}/strategies/"
    said = SEEN | {"phase": "phase.visioning", "decided_on": timezone.localdate()}
    rosa.post(f"{address}collaborative_leadership/", said)
    rosa.post(f"{address}collaborative_leadership/", said | {"phase": "phase.engaging"})
    row = StrategyPhase.objects.get()
    assert row.phase == "phase.engaging"
    page = rosa.get(address).content.decode()
    assert "Engaging" in page
    assert "Site council" in page
    tomorrow = said | {"decided_on": timezone.localdate() + timedelta(days=1)}
    late = rosa.post(f"{address}partnerships/", tomorrow)
    assert "This day is still to come." in late.content.decode()
