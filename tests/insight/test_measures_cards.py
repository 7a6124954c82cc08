"""Each measure has its card, and a card says nothing that is not so."""

from pathlib import Path

import pytest

from hearth.insight import measures
from hearth.insight.mart.schema import DOMAINS
from hearth.insight.measures.cards import FOLDER, CardWrong, cards, read
from hearth.insight.measures.measure import LEVELS
from hearth.supports.models import Domain
from tests.insight import marts


def test_every_measure_has_a_card_and_every_card_its_measure() -> None:
    assert set(cards()) == set(measures.all())


def test_every_part_of_a_measure_has_its_words(tmp_path: Path) -> None:
    with marts.opened_mart(tmp_path, student_years=[{"student": 1, "school": 1}],
                           needs=[{"student": 1, "school": 1, "need": "food"}],
                           staff=[{"person": 2, "school": 1}]) as mart:  # fmt: skip
        table = measures.table_of(list(measures.all().values()), mart)
    parts = {(row["measure"], row["part"]) for row in table.to_pylist()}
    assert set(table["level"].to_pylist()) == set(LEVELS)
    told = {(key, part) for key, card in cards().items() for part in card.parts or [""]}
    by_month = {"early_warning", "attendance_by_month"}  # no day was told, so no month
    assert parts == {(key, part) for key, part in told if key not in by_month}


def test_a_card_without_spanish_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "linked.toml").read_text(encoding="utf-8")
    card = tmp_path / "linked.toml"
    card.write_text(text.replace('es = "Con un servicio en marcha"\n', ""), encoding="utf-8")
    with pytest.raises(CardWrong, match=r"linked\.toml: title needs a text in en and in es"):
        read(card)


def test_a_card_that_names_no_element_of_the_framework_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "linked.toml").read_text(encoding="utf-8")
    card = tmp_path / "linked.toml"
    card.write_text(text.replace("pillar.integrated_supports", "pillar.profit"), encoding="utf-8")
    with pytest.raises(CardWrong, match="name elements of the framework"):
        read(card)


def test_the_areas_are_those_of_the_room() -> None:
    assert tuple(Domain.values) == DOMAINS
