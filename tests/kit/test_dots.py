"""A dot plot tells its audiences apart without color, and has its table."""

import pytest

from hearth.kit.dots import Dot, dots


def test_each_name_has_its_shape_and_whoever_has_no_dot_stands_in_the_table() -> None:
    drawn = dots(
        [Dot("Feeling safe", "Students", 48), Dot("Feeling safe", "Staff", 79),
         Dot("<b>Known</b>", "Students", 60)],
        names=["Students", "Families", "Staff"], title="Who sees it so", description="31 points.",
        headings=["Asked", "Students", "Families", "Staff"],
        rows=[["Feeling safe", "48 %", "too few to tell", "79 %"]],
    )  # fmt: skip
    svg = drawn.svg
    assert "31 points.</desc>" in svg
    for name in ("Students", "Families", "Staff"):
        assert f">{name}</text>" in svg
    assert svg.count(">Feeling safe</text>") == 1
    assert "<b>" not in svg
    for shape in ("circle", "square", "triangle-up"):
        assert shape in drawn.specification
    with pytest.raises(ValueError, match="table"):
        dots([], names=[], title="", description="", headings=[], rows=[])
