"""A number that came in with a form is one, or nothing."""

import pytest

from hearth.kit.sent import number_sent


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "٣", "9" * 18, "9" * 5000, "1\x00"])
def test_what_no_key_of_ours_looks_like_is_none(text):
    assert number_sent(text) is None


def test_a_number_is_one():
    assert number_sent("42") == 42
