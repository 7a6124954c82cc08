"""Which district a file belongs to, when it says so and when it does not."""

import pytest

from hearth.imports.district import Unclear, choose_district
from hearth.schools.models import District
from tests.makers import make_district

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_the_demonstration() -> None:
    District.objects.update(is_demo=True)


def test_a_real_file_never_goes_into_the_demonstration() -> None:
    found = choose_district(None, otherwise="Maple Valley")
    assert (found.name, found.is_demo) == ("Maple Valley", False)


def test_the_only_real_district_takes_a_file_that_names_none() -> None:
    maple = make_district("Maple Valley", "maple")
    assert choose_district(None, otherwise="something") == maple


def test_between_two_somebody_must_say_which() -> None:
    make_district("Maple Valley", "maple")
    make_district("Oak Hills", "oak")
    with pytest.raises(Unclear, match=r"Maple Valley, Oak Hills"):
        choose_district(None, otherwise="something")
    assert choose_district(None, name="oak hills").slug == "oak"
