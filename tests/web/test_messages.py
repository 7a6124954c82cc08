"""Every word that a page asks for reaches the translators."""

from hearth.web.messages import inside_f_strings, read


def test_a_word_asked_for_inside_an_f_string_is_gathered() -> None:
    source = "said = f\"{_('Goal')}: {goal.words}\"\n"
    assert list(inside_f_strings(source)) == [(1, "Goal")]


def test_a_plain_f_string_has_nothing_to_translate() -> None:
    assert not list(inside_f_strings('path = f"{folder}/{name}"\n'))


def test_the_spanish_page_of_a_measure_says_meta() -> None:
    assert read("es").get("Goal").string == "Meta"
