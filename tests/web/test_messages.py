"""Every word that a page asks for reaches the translators."""

import re

from hearth.web.messages import HEARTH, KEYWORDS, inside_f_strings, read


def test_a_word_asked_for_inside_an_f_string_is_gathered() -> None:
    source = "said = f\"{_('Goal')}: {goal.words}\"\n"
    assert list(inside_f_strings(source)) == [(1, "Goal")]


def test_a_plain_f_string_has_nothing_to_translate() -> None:
    assert not list(inside_f_strings('path = f"{folder}/{name}"\n'))


def test_the_spanish_page_of_a_measure_says_meta() -> None:
    assert read("es").get("Goal").string == "Meta"


def test_every_name_under_which_a_module_asks_for_words_is_gathered() -> None:
    taken = re.compile(r"\bn?p?gettext\w* as (\w+)")
    used = {
        name
        for file in HEARTH.rglob("*.py")
        for name in taken.findall(file.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= set(KEYWORDS), "the words asked for under these names reach no translator"
