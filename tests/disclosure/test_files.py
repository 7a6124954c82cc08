"""A file that cannot be a table is refused with words that say how to mend it."""

from pathlib import Path

import pytest

from hearth.disclosure import TableFault
from hearth.disclosure.files import (
    check_margins,
    inner_cells,
    read_hierarchy,
    read_long_table,
)

DIMS = ("school", "race")


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("school,n\nOak,3\n", "no column “race”; it has school, n"),
        ("school;race;n\nOak;A;3\n", "put commas between columns"),
        ("school,race,n\nOak,A,3\nOak,A,4\n", "line 3: the cell Oak, A stands on line 2 already"),
        ("school,race,n\nOak,A,3.5\n", "line 2: n is “3.5”; it must be a whole number"),
        ("school,race,n\nOak,A,-3\n", "never negative"),
        ("school,race,n\nOak,,3\n", "line 2: race is empty"),
        ("school,race,n\nOak,A\n", "3 columns are expected"),
        ("school,race,n\n", "a heading and no rows"),
        ("", "is empty"),
        ("school,race,n\nOak,Mé,3\n".encode("latin-1"), "line 2 is not UTF-8"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(TableFault, match=words):
        read_long_table(written(tmp_path, text), DIMS, "n")


def test_a_mark_of_bytes_spaces_and_decimals_do_no_harm(tmp_path: Path) -> None:
    text = "\ufeffschool, race,n,more\nOak,A,11.0,x\nElm,B,*,y\n"
    table = read_long_table(written(tmp_path, text), DIMS, "n", mark="*")
    assert table.counts == {("Oak", "A"): 11}
    assert table.withheld == [("Elm", "B")]


def test_a_margin_that_does_not_add_up_is_named(tmp_path: Path) -> None:
    text = "school,race,n\nOak,A,11\nOak,B,20\nOak,Total,30\n"
    table = read_long_table(written(tmp_path, text), DIMS, "n")
    inner, margins = inner_cells(table, {})
    assert set(inner) == {("Oak", "A"), ("Oak", "B")}
    with pytest.raises(TableFault, match="line 4: Oak, Total says 30, but its cells add up to 31"):
        check_margins(table, margins, {("Oak", "Total"): 31})


def test_margins_alone_are_not_a_table(tmp_path: Path) -> None:
    table = read_long_table(written(tmp_path, "school,race,n\nOak,Total,11\n"), DIMS, "n")
    with pytest.raises(TableFault, match="margins only"):
        inner_cells(table, {})


def test_a_hierarchy_finds_its_dimension(tmp_path: Path) -> None:
    path = written(tmp_path, "child,parent\nOak,North\nElm,North\n")
    found = read_hierarchy(path, DIMS, [("Oak", "A"), ("Elm", "B")])
    assert found == {"school": {"Oak": "North", "Elm": "North"}, "race": {}}


def test_a_code_with_two_parents_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "child,parent\nOak,North\nOak,South\n")
    with pytest.raises(TableFault, match="a code has one parent"):
        read_hierarchy(path, DIMS, [("Oak", "A")])
