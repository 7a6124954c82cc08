"""The analyst tries a table at the command line; no database is there, and none is woken."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hearth.cli import disclosure
from hearth.disclosure import Recovered
from tests.cli.commands import hearth

TABLE = """school,service,students
Cottonwood,tutoring,34
Cottonwood,clinic,3
Sycamore,tutoring,28
Sycamore,clinic,15
Larkspur,tutoring,61
Larkspur,clinic,22
"""
ASK = ("--dims", "school,service", "--count", "students")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "services.csv"
    path.write_text(TABLE)
    return path


def test_priya_asks_what_may_be_shown_and_attacks_the_answer(table: Path, tmp_path: Path) -> None:
    done = hearth("disclose", str(table), *ASK, "--min", "11", "--json", data=tmp_path / "none")

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["summary"] == {"shown": 8, "withheld-primary": 1, "withheld-secondary": 3}
    assert (told["given-up"], told["unproven"]) == (0, 0)
    small = {"school": "Cottonwood", "service": "clinic"}
    assert {"dims": small, "status": "withheld-primary", "count": None} in told["cells"]
    assert not (tmp_path / "none").exists()

    printed = hearth("disclose", str(table), *ASK, data=tmp_path / "none")
    (tmp_path / "printed.csv").write_text(printed.stdout)
    again = ("--dims", "school,service", "--count", "count", "--withheld", "*", "--json")
    attacked = hearth("audit", str(tmp_path / "printed.csv"), *again, data=tmp_path / "none")

    assert attacked.returncode == 0, attacked.stderr
    assert json.loads(attacked.stdout) == {
        "summary": {"withheld": 4, "exact": 0, "narrow": 0, "unproven": 0},
        "recoverable": [],
        "unproven": [],
    }


def test_the_audit_tells_how_a_lone_cell_is_worked_out(tmp_path: Path) -> None:
    path = tmp_path / "printed.csv"
    path.write_text("school,service,n\nOak,a,20\nOak,b,*\nOak,Total,23\n")
    asked = ("--dims", "school,service", "--count", "n", "--withheld", "*")

    told = json.loads(hearth("audit", str(path), *asked, "--json", data=tmp_path).stdout)
    assert told["recoverable"] == [
        {
            "dims": {"school": "Oak", "service": "b"},
            "exact": True,
            "value": 3,
            "arithmetic": ["23 (Oak, Total) − 20 (Oak, a) = 3"],
        }
    ]
    assert hearth("audit", str(path), *asked, "--strict", data=tmp_path).returncode == 1


def test_a_cell_that_could_not_be_followed_to_the_end_is_no_clean_bill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "printed.csv"
    path.write_text("school,service,n\nOak,a,20\nOak,b,*\nOak,c,*\nOak,Total,27\n")
    doubtful = Recovered(("Oak", "b"), 3, 3, (), proven=False)
    monkeypatch.setattr(disclosure, "attack", lambda *_, **__: [doubtful])
    asked = [str(path), "--dims", "school,service", "--count", "n", "--strict"]

    words = CliRunner().invoke(disclosure.audit, asked)
    told = json.loads(CliRunner().invoke(disclosure.audit, [*asked, "--json"]).stdout)

    assert words.exit_code == 1
    assert "Oak, b: not proven safe, not proven told" in words.output
    assert "0 recovered exactly" in words.output
    assert told["unproven"] == [{"school": "Oak", "service": "b"}]
    assert told["recoverable"] == []


def test_a_hierarchy_and_cells_withheld_by_hand(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text(
        "child,parent\nOak,North\nElm,North\nAsh,South\nYew,South\n"
    )
    (tmp_path / "t.csv").write_text("school,n,secret\nOak,40,yes\nElm,50,\nAsh,60,\nYew,70,\n")
    done = hearth(
        *("disclose", str(tmp_path / "t.csv"), "--dims", "school", "--count", "n", "--json"),
        *("--hierarchy", str(tmp_path / "areas.csv"), "--primary", "secret"),
        data=tmp_path / "none",
    )
    cells = {c["dims"]["school"]: c["status"] for c in json.loads(done.stdout)["cells"]}
    assert cells["Oak"] == "withheld-primary"
    assert "withheld-secondary" in {cells["Elm"], cells["North"]}
    assert cells["Total"] == "shown"


def test_a_faulty_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("school,n\nOak,many\n")
    done = hearth(
        "disclose", str(tmp_path / "t.csv"), "--dims", "school", "--count", "n", data=tmp_path
    )
    assert done.returncode == 1
    assert done.stderr == "Error: t.csv: line 2: n is “many”; it must be a whole number\n"
