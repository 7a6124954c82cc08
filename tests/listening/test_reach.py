"""Who is still to be heard: the state's bands, and nothing of a group of few."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from hearth.listening.actions.reach import say_reached
from hearth.listening.reading.reach import known, reached
from hearth.listening.rules.hearing import band_tops
from hearth.listening.rules.reach import band, is_missing
from tests.cast import Cast
from tests.listening.world import begin
from tests.makers import make_student

TODAY = date(2026, 10, 5)
SAID: dict[str, Any] = {
    "people": 9, "anonymous": 40, "known": None, "by": ["interview", "survey"],
    "rule": "Sign-in sheets, each family once",
}  # fmt: skip


@pytest.mark.parametrize(
    ("people", "there", "found"),
    [
        (0, 400, "0"), (1, 400, "1-24"), (99, 400, "1-24"), (100, 400, "25-49"),
        (199, 400, "25-49"), (200, 400, "50-74"), (299, 400, "50-74"), (300, 400, "75-100"),
        (400, 400, "75-100"), (410, 400, "75-100"), (5, None, "not_reported"),
        (5, 0, "not_reported"), (None, 400, "not_reported"), (5, 10, "few"), (0, 11, "0"),
    ],
)  # fmt: skip
def test_r1_the_states_five_bands(people: int | None, there: int | None, found: str) -> None:
    tops = band_tops(TODAY)
    assert band(people, there, upper=tops, fewest=11) == found
    assert is_missing(found, tops) is (found in ("0", "1-24", "25-49", "50-74"))


def test_answers_without_a_name_are_counted_apart(cast: Cast) -> None:
    for number in range(10):
        make_student(cast.cottonwood, f"Child{number}", "Here")
    assert known(cast.cottonwood.pk, TODAY)["students"] == 12
    project = begin(cast)
    for group in ("students", "families"):
        say_reached(project=project, group=group, said=SAID, by=cast.rosa)
    found = {one.key: one for one in reached(project, TODAY)}
    assert found["students"].band == "75-100", "9 of 12; the 40 without a name add nothing"
    assert found["families"].band == "few", "Linh alone is a group of few"
    assert found["partners"].band == "not_reported"
    amina = Client()
    amina.force_login(cast.amina)
    page = amina.get(f"/listening/{project.pk}/reached/").content.decode()
    assert "75-100 %" in page
    assert "40 answers without a name, counted apart" in page
    assert "Say how many" not in page


def test_three_in_four_is_asked_of_each_group(cast: Cast) -> None:
    project = begin(cast)
    said = SAID | {"people": 3, "known": 30}
    rosa = Client()
    rosa.force_login(cast.rosa)
    rosa.post(f"/listening/{project.pk}/reached/partners/", said)
    page = rosa.get(f"/listening/{project.pk}/reached/").content.decode()
    assert "Fewer than three in four were heard:" in page
    with pytest.raises(PermissionDenied):
        say_reached(project=project, group="staff", said=SAID, by=cast.tom)
