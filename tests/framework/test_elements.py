"""The framework is data, and the data is held to its word."""

import pytest

from hearth.framework.elements import (
    FILES,
    assembled,
    element,
    elements,
    families,
    load,
    not_known,
    served_by,
    that_serve,
)
from hearth.framework.words import FrameworkError

SMALL = """
[[source]]
key = "here"
title = "A page"
publisher = "Somebody"
year = 2022
url = "https://example.org"

[[family]]
key = "pillars"
source = "here"
name.en = "Pillars"
name.es = "Pilares"

[[element]]
key = "pillar.one"
family = "pillars"
name.en = "One"
name.es = "Uno"
"""


def test_there_are_four_families_of_four() -> None:
    assert [family.key for family in families()] == [
        "pillars", "conditions", "commitments", "practices"
    ]  # fmt: skip
    assert all(len(elements(family.key)) == 4 for family in families())
    assert len(elements()) == 16


def test_every_list_is_cited_with_a_year() -> None:
    for family in load().families.values():
        assert family.source.title
        assert family.source.url.startswith("https://")
        assert 2013 <= family.source.year <= 2030


def test_every_name_is_said_in_both_languages() -> None:
    for entry in load().elements.values():
        assert entry.name.said_in("en-us") == entry.name.en
        assert entry.name.said_in("es-mx") == entry.name.es
        assert entry.name.en != entry.name.es
    assert all(entry.plain and entry.plain.es for entry in elements())


def test_no_list_holds_more_than_its_source_speaks_of() -> None:
    assert all(not_known(family) >= 0 for family in load().families)


def test_the_eight_conditions_nobody_told_us_are_not_invented() -> None:
    assert len(elements("learner_conditions")) == 2
    assert not_known("learner_conditions") == 8


def test_the_ten_to_begin_with_say_that_they_are_a_default() -> None:
    ten = elements("default_conditions")
    assert len(ten) == 10
    assert {one.source.standing for one in ten} == {"default"}
    assert all(one.plain for one in ten)


def test_every_strategy_has_something_it_is_judged_by() -> None:
    judged = {one.belongs_to for one in elements("artifacts")}
    assert judged == {one.key for one in elements("strategies")}


def test_the_other_lists_are_whole() -> None:
    assert len(elements("healing_practices")) == 4
    assert len(elements("healing_actions")) == 15
    assert len(elements("strategies")) == 5
    assert len(elements("phases")) == 3
    assert len(elements("lcap_priorities")) == 8
    assert len(elements("essentials")) == 6
    inventory = [e for e in load().elements.values() if e.family.key.startswith("inventory_")]
    assert len(inventory) == 27


def test_a_crosswalk_reads_both_ways() -> None:
    supports = element("pillar.integrated_supports")
    assert supports in served_by("strategy.partnerships")
    assert element("strategy.partnerships") in that_serve(supports.key)
    assert served_by("lcap.1_basic") == ()


def test_every_crosswalk_ends_at_one_of_the_sixteen() -> None:
    sixteen = {one.key for one in elements()}
    for targets in load().links.values():
        assert sixteen.issuperset(targets)


def test_an_unknown_element_is_refused_by_name() -> None:
    with pytest.raises(FrameworkError, match=r"no element 'pillar\.kindness'"):
        element("pillar.kindness")


def test_the_files_load_as_shipped() -> None:
    assert assembled(dict.fromkeys(FILES)) == load()


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('source = "here"', 'source = "nowhere"', "family 'pillars' has no citation"),
        ("year = 2022", "year = 0", "source 'here' has no year"),
        ('name.es = "Uno"', "", "'pillar.one' has no name in 'es'"),
        ('name.en = "One"', 'nam.en = "One"', "element 'pillar.one' has an unknown field 'nam'"),
        ('family = "pillars"', 'family = "walls"', "unknown family 'walls'"),
        ('key = "pillar.one"', "", "one element has no key"),
        ("[[element]]", "[[thing]]", "the table 'thing' is not one we know"),
    ],
)
def test_a_wrong_file_says_where_and_what(wrong: str, right: str, says: str) -> None:
    with pytest.raises(FrameworkError) as fault:
        assembled({"small.toml": SMALL.replace(wrong, right)})
    assert str(fault.value).startswith("small.toml: ")
    assert says in str(fault.value)


def test_a_key_used_twice_is_refused() -> None:
    with pytest.raises(FrameworkError, match=r"'pillar\.one' is used twice"):
        assembled({"small.toml": SMALL + SMALL[SMALL.index("[[element]]") :]})


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[[link]]\nfrom = "pillar.one"\nto = ["pillar.two"]', "points at 'pillar.two'"),
        ('[[link]]\nfrom = "pillar.one"\nto = []', "must have exactly 'from' and 'to'"),
        ('phase = "phase.none"', "points at 'phase.none'"),
    ],
)
def test_a_pointer_to_nothing_is_refused(more: str, says: str) -> None:
    with pytest.raises(FrameworkError, match=says):
        assembled({"small.toml": f"{SMALL}\n{more}\n"})
