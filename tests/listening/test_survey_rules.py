"""What an answer adds, what may be told of groups, how well questions agree: no database."""

import random
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.listening.rules import dated
from hearth.listening.rules.alpha import alpha
from hearth.listening.rules.careful import names_somebody, tells_of_harm
from hearth.listening.rules.layout import ALL, marks, places
from hearth.listening.rules.questions import questions_of, read_answers
from hearth.listening.rules.telling import groups_told, portion
from tests.listening.world import SHEET

ASKED = questions_of(SHEET)
# The covariances of four questions printed by UCLA's Statistical Consulting Group, "What does
# Cronbach's alpha mean?" (stats.oarc.ucla.edu/spss/faq/what-does-cronbachs-alpha-mean), which
# gives 0.839 for them.
UCLA = [
    [1.168, 0.557, 0.574, 0.673],
    [0.557, 1.012, 0.690, 0.720],
    [0.574, 0.690, 1.169, 0.724],
    [0.673, 0.720, 0.724, 1.291],
]


def sums_of(rows: list[list[float]]) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    keys = [f"q{n}" for n in range(len(rows[0]))]
    sums = {key: sum(row[n] for row in rows) for n, key in enumerate(keys)}
    pairs = combinations_with_replacement(range(len(keys)), 2)
    return sums, {(keys[i], keys[j]): sum(row[i] * row[j] for row in rows) for i, j in pairs}


def test_alpha_agrees_with_a_published_example() -> None:
    keys = ["a", "b", "c", "d"]
    pairs = combinations_with_replacement(range(4), 2)
    crosses = {(keys[i], keys[j]): 100 * UCLA[i][j] for i, j in pairs}
    assert alpha(100, dict.fromkeys(keys, 0.0), crosses) == pytest.approx(0.839, abs=0.0005)


def test_alpha_out_of_sums_is_alpha_out_of_persons() -> None:
    lot = random.Random(4)  # noqa: S311 - made answers
    rows = [[float(lot.randint(1, 4)) for _ in range(5)] for _ in range(60)]
    table = np.array(rows)
    alone, whole = table.var(axis=0, ddof=1).sum(), table.sum(axis=1).var(ddof=1)
    assert alpha(60, *sums_of(rows)) == pytest.approx(5 / 4 * (1 - alone / whole))


def test_alpha_says_nothing_where_all_answered_alike() -> None:
    assert alpha(20, *sums_of([[3.0, 3.0]] * 20)) is None
    assert alpha(1, *sums_of([[3.0, 2.0]])) is None


def test_an_answer_raises_its_own_counts_and_no_others() -> None:
    told = {"grade": ["g4"], "home": ["3"], "known": ["2"], "help": ["friends", "music"]}
    added = marks(ASKED, read_answers(ASKED, told))
    assert added[ALL] == added["option", "home", "3"] == added["of", "g4", "help", "music"] == 1
    assert added["cross", "belonging", "home", "known"] == 6
    assert not any("g3" in place or "g5" in place for place in added)
    assert added.keys() <= places(ASKED).keys()


def test_what_was_not_asked_or_is_no_answer_is_left_out() -> None:
    told = {"home": ["7"], "known": ["1"], "who": ["Tom"], "grade": ["g3", "g4"], "else": ["x"]}
    assert read_answers(ASKED, told) == {"known": ("1",), "grade": ("g3",)}


def test_every_place_has_a_number_of_its_own() -> None:
    numbers = list(places(ASKED).values())
    assert numbers == list(range(1, len(numbers) + 1))


@given(st.lists(st.integers(0, 40), max_size=6), st.integers(0, 30))
def test_no_group_and_no_rest_is_told_that_is_too_few(many: list[int], none: int) -> None:
    sizes = {f"g{n}": size for n, size in enumerate(many)}
    everybody = sum(sizes.values()) + none
    told = groups_told(sizes, everybody, 11)
    assert all(sizes[group] >= 11 for group in told)
    rest = everybody - sum(sizes[group] for group in told)
    assert not told or rest == 0 or rest >= 11


def test_a_class_of_four_takes_the_smallest_other_with_it() -> None:
    assert groups_told({"g3": 30, "g4": 25, "g5": 4}, 59, 11) == {"g3"}
    assert groups_told({"g3": 30, "g4": 25}, 55, 11) == {"g3", "g4"}


def test_a_portion_is_rounded_half_up() -> None:
    assert [portion(1, 8), portion(1, 3), portion(0, 9), portion(0, 0)] == [13, 33, 0, None]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("I want to die", True),
        ("my uncle hits me.", True),
        ("Me quiero MORIR", True),
        ("Violó", True),
        ("The play has begun and we hit the ball", False),
    ],
)
def test_words_of_harm_are_held_back(text: str, held: bool) -> None:
    assert tells_of_harm(text, dated.harm_phrases()) is held


def test_a_name_is_a_name_with_and_without_its_accents() -> None:
    names = frozenset({"rosa", "nguyen", "will"})
    assert names_somebody("Ms. Nguyễn listens", names)
    assert names_somebody("rosa helps me", names)
    assert not names_somebody("I hope it will be warm", names)
