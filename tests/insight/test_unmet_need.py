"""Unmet need, counted by hand in a small made district, and asked for too much."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from hearth.insight import measures
from hearth.insight.disclose import Because, CannotTell, Shown, Withheld, crossed, standing
from hearth.insight.disclose.counts import DISTRICT, YES, Key, Tally
from hearth.insight.disclose.door import Asked
from hearth.insight.disclose.protecting import Verdicts, verdicts
from hearth.insight.disclose.tree import UNDER, down_the_tree, without_tree
from hearth.insight.mart import keep
from hearth.insight.mart.build import SHAPED
from hearth.insight.mart.schema import OPENNESS
from hearth.insight.measures.cards import cards
from hearth.partners.models.words import Declined, Met, OutState
from hearth.partners.rules import missing
from tests.insight import marts
from tests.insight.attackers import Cells, at, facet, less, read, told_by

TODAY = date(2026, 5, 4)


def who(*students: int, school: int = 1, **more: Any) -> list[dict[str, Any]]:
    return [{"student": student, "school": school, **more} for student in students]


def asked(student: int, need: str, standing: str, **more: Any) -> dict[str, Any]:
    return {"student": student, "school": 1, "need": need, "standing": standing, **more}


def test_six_children_counted_by_hand(tmp_path: Path) -> None:
    """Ana's food came and was not enough; Beto got no answer about teeth and had his food; Cai went
    to both schools; Dee's mother did not want it; Eli waits; nobody was asked for Flor."""
    ana, beto, cai, dee, eli, flor = range(1, 7)
    needs = [
        asked(ana, "food", "partly"),
        asked(beto, "food", "met"), asked(beto, "teeth_and_eyes", "no_answer"),
        asked(cai, "food", "no_capacity", last=False), asked(cai, "food", "met", school=2),
        asked(dee, "talking", "family_declined"), asked(eli, "talking", "waiting"),
    ]  # fmt: skip
    people = [
        *who(ana, beto, language="es"), *who(dee, eli, flor, language="vi"),
        *who(cai, language="es", last=False), *who(cai, school=2, language="es"),
    ]  # fmt: skip
    with marts.opened_mart(tmp_path, student_years=people, needs=needs) as mart:
        every = measures.all()
        by_student = every["unmet_need"].table(mart, [(), ("language",)])
        by_need = every["unmet_by_need"].table(mart, [("need",), ("language", "need")], "district")
        became = every["what_became"].table(mart, level="district")

    def told(table: Any, *names: str) -> dict[tuple[Any, ...], tuple[float, float]]:
        return {
            tuple(row[name] for name in names): (row["numerator"], row["denominator"])
            for row in table.to_pylist()
        }

    # Of five children two are in need in the district; at school 1 Cai is a third.
    found = told(by_student, "school", "language")
    assert found[None, None] == (2, 5)
    assert found[1, None] == (3, 5)
    assert found[2, None] == (0, 1)
    assert found[None, "es"] == (2, 3)
    assert found[None, "vi"] == (0, 2)
    assert told(by_need, "language", "need") == {
        (None, "food"): (1, 3), (None, "teeth_and_eyes"): (1, 1), (None, "talking"): (0, 2),
        ("es", "food"): (1, 3), ("es", "teeth_and_eyes"): (1, 1), ("vi", "talking"): (0, 2),
    }  # fmt: skip
    # Two in need: Ana had a service, Beto had none and no answer. Of the other three Cai's need is
    # met; of the two left Dee's mother said no; Eli waits and has not been there.
    assert told(became, "part") == {
        ("not_enough",): (1, 2), ("no_answer",): (1, 1), ("met",): (1, 3), ("said_no",): (1, 2),
        ("linked",): (0, 1), ("waiting",): (1, 1), ("no_capacity",): (0, 0),
        ("not_eligible",): (0, 0),
    }  # fmt: skip


def test_why_nobody_took_them_is_told_apart(tmp_path: Path) -> None:
    """Four got no service: one no answer; of three refusals one for want of a place; of the other
    two one because it is not for their age. Two are on their way, one of them on a list."""
    standings = ("no_answer", "no_capacity", "not_eligible", "not_taken", "waiting", "under_way")
    needs = [asked(number, "food", standing) for number, standing in enumerate(standings, 1)]
    with marts.opened_mart(tmp_path, student_years=who(*range(1, 7)), needs=needs) as mart:
        every = measures.all()
        became = every["what_became"].table(mart, level="district").to_pylist()
        still_open = every["unmet_need"].table(mart, level="district").to_pylist()
    assert [(row["numerator"], row["denominator"]) for row in still_open] == [(4, 6)]
    told = {row["part"]: (row["numerator"], row["denominator"]) for row in became}
    assert told["no_answer"] == (1, 4)
    assert told["no_capacity"] == (1, 3)
    assert told["not_eligible"] == (1, 2)
    assert told["linked"] == (0, 2)
    assert told["waiting"] == (1, 2)


def test_every_part_of_the_card_hangs_in_the_tree_that_protects_it() -> None:
    assert set(UNDER) == set(cards()["what_became"].parts)


def test_the_mart_says_where_a_need_stands_as_the_room_does(tmp_path: Path) -> None:
    """Every state, every reason, every word of a family, before and after its day."""
    said = [
        (state, because, met, due)
        for state, because, met, due in product(
            OutState.values, ["", *Declined.values], ["", *Met.values],
            [None, TODAY, TODAY - timedelta(days=1)],
        )
        if (state == "declined") == bool(because)
    ]  # fmt: skip
    working = keep.connect(tmp_path, threads=1)
    working.raw_sql(
        "CREATE MACRO today() AS DATE '2026-05-04'; CREATE MACRO school_year(day) AS 2026;"
        "CREATE TABLE asked_of_partners (student BIGINT, school INTEGER, number BIGINT, "
        "need VARCHAR, sent DATE, state VARCHAR, declined_because VARCHAR, met VARCHAR, due DATE, "
        "linked DATE)"
    )
    for number, (state, because, met, due) in enumerate(said):
        # What is empty in the database arrives without a value.
        working.con.execute(
            "INSERT INTO asked_of_partners VALUES (?, 1, ?, 'food', DATE '2026-02-03', ?, ?, ?, ?, "
            "NULL)",
            [number, number, state, because or None, met or None, due],
        )
    found = dict(
        working.raw_sql(f"SELECT student, standing FROM ({SHAPED['needs']})").fetchall()  # noqa: S608
    )
    working.disconnect()
    assert [found[number] for number in range(len(said))] == [
        missing.standing_of(state=s, declined_because=b, met=m, due_on=due, today=TODAY)
        for s, b, m, due in said
    ]
    assert set(found.values()) == set(OPENNESS)


def test_the_last_that_was_sent_about_a_need_counts(tmp_path: Path) -> None:
    """The first clinic had no place; the second has taken him."""
    working = keep.connect(tmp_path, threads=1)
    working.raw_sql(
        "CREATE MACRO today() AS DATE '2026-05-04'; CREATE MACRO school_year(day) AS 2026;"
        "CREATE TABLE asked_of_partners AS SELECT * FROM (VALUES "
        "(1, 7, 10, 'talking', DATE '2026-02-03', 'declined', 'no_place', '', NULL, NULL),"
        "(1, 7, 11, 'talking', DATE '2026-03-03', 'accepted', NULL, '', DATE '2026-06-01', NULL)"
        ") t(student, school, number, need, sent, state, declined_because, met, due, linked)"
    )
    found = working.raw_sql(
        f"SELECT standing, asked_month, last FROM ({SHAPED['needs']})"  # noqa: S608
    ).fetchall()
    working.disconnect()
    assert found == [("under_way", "2026-02", True)]


def test_a_familys_no_counts_where_nothing_was_sent(tmp_path: Path) -> None:
    """Ana's mother said no in February, and nothing was sent. Beto's said no to one clinic, and in
    March another was asked, which has no place: that is what became of his need."""
    working = keep.connect(tmp_path, threads=1)
    working.raw_sql(
        "CREATE MACRO today() AS DATE '2026-05-04'; CREATE MACRO school_year(day) AS 2026;"
        "CREATE TABLE asked_of_partners AS SELECT * FROM (VALUES "
        "(1, 7, -10, 'talking', DATE '2026-02-03', 'declined', 'family_said_no', '', NULL, NULL),"
        "(2, 7, -11, 'talking', DATE '2026-02-03', 'declined', 'family_said_no', '', NULL, NULL),"
        "(2, 7, 3, 'talking', DATE '2026-03-03', 'declined', 'no_place', '', NULL::DATE, NULL)"
        ") t(student, school, number, need, sent, state, declined_because, met, due, linked)"
    )
    found = working.raw_sql(
        f"SELECT student, standing, asked_month, last FROM ({SHAPED['needs']}) "  # noqa: S608
        "ORDER BY student"
    ).fetchall()
    working.disconnect()
    assert found == [
        (1, "family_declined", "2026-02", True),
        (2, "no_capacity", "2026-03", True),
    ]


class TestAskingTooMuch:
    """Each attack is taken over figures that nobody protected, where it finds the child, and over
    those that Hearth tells, where it finds nothing."""

    def test_two_languages_less_everybody_is_one_child(self) -> None:
        """Everybody who asked for food, less those who speak Spanish, is one Mixteco child."""
        cells = told_by("language", {"1": {"es": (12, 40), "mix": (1, 1)},
                                     "2": {"es": (9, 30), "mix": (5, 14)}})  # fmt: skip
        one = facet(cells, "unmet_need")

        def the_child(found: Verdicts) -> tuple[int, int] | None:
            return less(read(one, found, "1"), read(one, found, "1", "language", "es"))

        assert the_child(Verdicts()) == (1, 1)
        assert the_child(verdicts([one])) is None

    def test_all_needs_in_a_language_less_the_others_is_one_need(self) -> None:
        """Of the matrix: what Vietnamese speakers asked for, less food, is one who asked for a
        lawyer. The need by itself and the language by itself are told of many."""
        one = facet(_matrix({("es", "food"): (15, 40), ("es", "legal"): (12, 30),
                             ("vi", "food"): (6, 20), ("vi", "legal"): (1, 1)}),
                    "unmet_by_need")  # fmt: skip

        def the_lawyer(found: Verdicts) -> tuple[int, int] | None:
            legal = read(one, found, DISTRICT, "need", "legal")
            return less(legal, read(one, found, DISTRICT, "language+need", "es", "legal"))

        assert the_lawyer(Verdicts()) == (1, 1)
        assert the_lawyer(verdicts([one])) is None

    def test_nobody_and_all_of_them(self) -> None:
        """That no family of sixteen got help says it of each of them; that all did, too."""
        one = facet(told_by("foster", {"1": {"yes": (16, 16), "no": (20, 90)},
                                       "2": {"yes": (0, 15), "no": (9, 80)}}),
                    "unmet_need")  # fmt: skip
        assert read(one, Verdicts(), "1", "foster", "yes") == (16, 16)
        found = verdicts([one])
        assert read(one, found, "1", "foster", "yes") is None
        assert read(one, found, "2", "foster", "yes") is None

    def test_two_of_the_outcomes_less_the_figure_above_them(self) -> None:
        """30 are still in need; for 28 the service was not enough: two got no service at all. Where
        the split cannot be told, nothing under it is told either."""
        wholes = {"1": (30, 60), DISTRICT: (30, 60)}
        root = facet({(p, "", ()): Tally(*n) for p, n in wholes.items()}, "unmet_need")
        split = _part("not_enough", (28, 30))
        below = _part("no_answer", (1, 2))
        every = [root, split, below]
        found = down_the_tree(every, {}, verdicts(without_tree(every)))

        def without_service(found: Verdicts) -> int | None:
            over, one = read(root, found, DISTRICT), read(split, found, DISTRICT)
            return None if over is None or one is None else over[0] - one[0]

        assert without_service(Verdicts()) == 2
        assert without_service(found) is None
        assert read(root, found, DISTRICT) == (30, 60)
        assert read(below, found, DISTRICT) is None

    def test_where_the_whole_is_withheld_its_parts_are(self) -> None:
        """One of forty is in need: the other side is told by no part either."""
        root = facet({(p, "", ()): Tally(1, 40) for p in ("1", DISTRICT)}, "unmet_need")
        met = _part("met", (20, 39))
        assert read(met, Verdicts(), DISTRICT) == (20, 39), "40 less 39 is the child"
        found = down_the_tree([root, met], {}, verdicts(without_tree([root, met])))
        assert Key(DISTRICT, "", (), YES) in found.of(root)
        assert read(met, found, DISTRICT) is None

    def test_nobody_on_one_side_says_not_all_of_the_other(self) -> None:
        """Of all 13 still in need the service came; the split below has nobody, and does not say
        so: its reason is the same as that of a split which has some."""
        root = facet({(p, "", ()): Tally(13, 40) for p in ("1", DISTRICT)}, "unmet_need")
        every = [root, _part("not_enough", (13, 13)), _part("no_answer", (0, 0))]
        found = down_the_tree(every, {}, verdicts(without_tree(every)))
        for split in every[1:]:
            told = at(split, found, DISTRICT, "")
            assert isinstance(told, Withheld)
            assert (told.because, told.whole) == (Because.LINKED, None)

    def test_no_table_of_two_groups_is_built_of_it(self, tmp_path: Path) -> None:
        with (
            marts.opened_mart(tmp_path, student_years=who(1)) as mart,
            pytest.raises(CannotTell),
        ):
            crossed(mart, Asked("unmet_need", 2026, ("race", "gender")), {}, TODAY)


def test_what_is_told_of_a_made_district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way from the mart to figures: needs at both schools, the matrix of the district."""
    every = measures.all()
    ours = {k: every[k] for k in ("enrolled", "unmet_need", "unmet_by_need", "what_became")}
    monkeypatch.setattr("hearth.insight.disclose.door.measures.all", lambda: ours)
    people, needs = _made()
    with marts.opened_mart(tmp_path, student_years=people, needs=needs) as mart:
        told = {one.measure: one.figures for one in standing(mart, 2026, TODAY, {}, {})}

    def shown(measure: str, place: str, cut: str) -> dict[tuple[str, ...], tuple[float, int]]:
        return {
            f.spot.values: (f.part, f.whole)
            for f in told[measure][place]
            if isinstance(f, Shown) and f.spot.cut == cut
        }

    assert shown("unmet_need", DISTRICT, "") == {(): (40, 120)}
    assert shown("unmet_need", "1", "") == {(): (20, 60)}
    assert shown("unmet_by_need", DISTRICT, "need") == {("food",): (20, 60), ("talking",): (20, 60)}
    assert shown("unmet_by_need", DISTRICT, "language+need")["es", "food"] == (10, 30)
    assert not shown("unmet_by_need", "1", "language+need"), "of a school it is told nowhere"
    assert not shown("unmet_by_need", DISTRICT, ""), "needs have no line of everybody"


def _matrix(counts: dict[tuple[str, str], tuple[int, int]]) -> Cells:
    """(open, asked) of each language and need of the district, with every margin."""
    cells: Cells = {}
    for (language, need), (part, whole) in counts.items():
        for cell in (
            (DISTRICT, "language+need", (language, need)), (DISTRICT, "need", (need,)),
        ):  # fmt: skip
            stood = cells.get(cell, Tally(0, 0))
            cells[cell] = Tally(stood.part + part, stood.whole + whole)
    return cells


def _part(part: str, counts: tuple[int, int]) -> Any:
    """One split of the tree at the one school of a district."""
    made = facet({(p, "", ()): Tally(*counts) for p in ("1", DISTRICT)}, "what_became")
    return type(made)(made.measure, made.year, part, None, made.tallies)


def _made() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """120 children at two schools, half for food and half for somebody to talk to, half of whom
    speak Spanish at home; of every three needs one is still open."""
    people, needs = [], []
    for number in range(120):
        school = 1 + number % 2
        need = ("food", "talking")[number // 60]
        language = ("es", "vi")[number // 30 % 2]
        people.append({"student": number, "school": school, "language": language})
        standing = ("partly", "met", "linked")[number % 3]
        needs.append({"student": number, "school": school, "need": need, "standing": standing})
    return people, needs
