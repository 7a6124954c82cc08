"""Every other kind of file: years, stays, programs, incidents, staff, Ed-Fi; and its undoing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hearth.imports import actions, words
from hearth.imports.models import ImportRun
from hearth.people.models import Identity, Person, ProgramTime, Staff
from hearth.records.models import (
    AttendanceDay,
    AttendanceYear,
    Enrollment,
    Incident,
    IncidentPart,
    PublicFigure,
)
from hearth.schools.models import District
from tests.imports import rosters
from tests.imports.conftest import Load, sums

Bring = Callable[..., ImportRun]
CODES = [
    {**rosters.ORGS[1], "identifier": "01612590000011"},
    {**rosters.ORGS[2], "identifier": "01612590000022"},
]


@pytest.fixture
def bring(maple: District, load: Load, tmp_path: Path) -> Bring:
    """Ana is student 1000 at Oak, whose state code ends with 0000011."""
    load(rosters.write(tmp_path / "roster", orgs=[rosters.ORGS[0], *CODES]))

    def bring(kind: str, *confirmed: str, **files: str) -> ImportRun:
        folder = tmp_path / kind
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for name, text in files.items():
            (folder / name.replace("_", ".")).write_text(text)
        path = folder if len(files) > 1 else next(folder.iterdir())
        run = actions.receive(file=path, name=path.name, district=maple, by=None, kind=kind)
        run, held = actions.check_run(run_id=run.pk, district_id=maple.pk)
        if run.state != ImportRun.State.READY:
            return run
        for table in confirmed:
            actions.confirm(run=run, typed=table, by=None)
        return actions.apply_run(run_id=run.pk, district_id=maple.pk, by=None, checked=held)

    return bring


def kinds(run: ImportRun) -> list[tuple[str, int | None]]:
    for fault in run.faults.all():
        assert words.what(fault)
        assert words.mend(fault)
    return [(fault.kind, fault.line) for fault in run.faults.order_by("line", "kind")]


def undone(run: ImportRun, maple: District) -> None:
    actions.undo_run(run_id=run.pk, district_id=maple.pk, by=None)


def stas(number: str, school: str = "0000011", *, days: str = "180^160^2^1^12^6^0^0") -> str:
    who = f"STAS^A^x^0161259^{school}^2025-2026^999^{number}^Given^Family^20161102^F"
    return f"{who}^N^N^{days}\n"


def test_a_year_comes_from_the_states_file_by_place(bring: Bring) -> None:
    run = bring("stas", stas_txt=stas("1000") + stas("1001", "0000022", days="90^80^0^0^9^1^2^3"))
    assert run.state == "applied"
    ana = AttendanceYear.objects.get(student__local_id="1000")
    assert (ana.year, ana.expected, ana.attended, ana.excused) == (2026, 180, 160, 12)
    assert (ana.suspended, ana.in_school, ana.exempt) == (2, 1, False)
    ben = AttendanceYear.objects.get(student__local_id="1001")
    assert (ben.independent, ben.independent_missed, ben.school.name) == (2, 3, "Elm Middle")


def test_a_year_that_a_new_file_leaves_out_is_gone_and_comes_back_with_undo(
    bring: Bring, maple: District
) -> None:
    first = "".join(stas(str(1000 + n)) for n in range(12))
    bring("stas", stas_txt=first)
    before = sums()
    short = stas("1000", days="180^150^2^1^22^6^0^0") + stas("1001")

    stopped = bring("stas", stas_txt=short)
    assert (stopped.state, stopped.vanishing) == ("ready", ["years"])
    run = bring("stas", "years", stas_txt=short)

    assert run.counts["years"] == {"new": 0, "changed": 1, "gone": 10, "same": 1, "before": 12}
    assert AttendanceYear.objects.count() == 2
    undone(run, maple)
    assert sums() == before


def test_a_year_with_more_days_than_expected_is_a_fault(bring: Bring) -> None:
    run = bring("stas", stas_txt=stas("1000") + stas("1001", days="100^98^0^0^12^6^0^0"))
    assert kinds(run) == [("year_does_not_add_up", 2)]


EVENT = """<StudentSchoolAttendanceEvent><AttendanceEvent><EventDate>{day}</EventDate>
<AttendanceEventCategory>uri://ed-fi.org/AttendanceEventCategoryDescriptor#{what}
</AttendanceEventCategory><EventDuration>{part}</EventDuration></AttendanceEvent>
<StudentReference><StudentIdentity><StudentUniqueId>{who}</StudentUniqueId></StudentIdentity>
</StudentReference><SchoolReference><SchoolIdentity><SchoolId>0000011</SchoolId></SchoolIdentity>
</SchoolReference><SessionReference><SessionIdentity><SchoolReference><SchoolIdentity>
<SchoolId>999</SchoolId></SchoolIdentity></SchoolReference></SessionIdentity></SessionReference>
</StudentSchoolAttendanceEvent>"""


def edfi(*events: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<InterchangeStudentAttendance>{"".join(events)}' + (
        "</InterchangeStudentAttendance>"
    )


def event(who: str = "1000", what: str = "Excused Absence", day: str = "2026-09-01", part: str = "1"
          ) -> str:  # fmt: skip
    return EVENT.format(who=who, what=what, day=day, part=part)


def test_ed_fi_tells_of_days_and_part_of_a_day_is_no_absence(bring: Bring) -> None:
    run = bring(
        "edfi-attendance",
        days_xml=edfi(event(), event("1001", "Unexcused Absence"), event("1002", part="0.5")),
    )
    assert run.state == "applied"
    found = dict(AttendanceDay.objects.values_list("student__local_id", "kind"))
    assert found == {"1000": "excused", "1001": "unexcused", "1002": "present"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (edfi(event(), head='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "xml_unsafe"),
        (edfi(event())[:-20], "xml_unreadable"),
        (edfi(event(what="Left with the circus")), "code_unknown"),
        ("<Nothing/>", "layout_unknown"),
    ],
)
def test_an_xml_file_that_is_not_what_it_should_be_is_a_fault(
    bring: Bring, text: str, kind: str
) -> None:
    run = bring("edfi-attendance", days_xml=text)
    assert run.state == "faulty"
    assert [found for found, _ in kinds(run)] == [kind]


SINC = "SINC^A^x^0161259^0000011^2026-2027^I-1^20260901^Y\n"
SIRS = "SIRS^A^x^0161259^0000011^2026-2027^I-1^999^1000^G^F^20161102^F^^100^2^20260902\n"
SOFF = "SOFF^A^x^0161259^0000011^2026-2027^I-1^999^1000^G^F^20161102^F^{}^\n"


def test_incidents_results_and_offenses_belong_together(bring: Bring, maple: District) -> None:
    before = sums()
    run = bring("incidents", a_txt=SINC, b_txt=SIRS, c_txt=SOFF.format(511) + SOFF.format(400))
    assert run.state == "applied"
    part = IncidentPart.objects.get()
    assert (part.incident.number, str(part.incident.day)) == ("I-1", "2026-09-01")
    assert (part.offenses, part.result, part.days) == (["400", "511"], 100, 2)
    assert str(part.starts) == "2026-09-02"

    again = bring("incidents", a_txt=SINC, b_txt=SIRS, c_txt=SOFF.format(511) + SOFF.format(400))
    assert again.counts["parts"]["same"] == again.counts["incidents"]["same"] == 1
    undone(again, maple)

    later = bring("incidents", a_txt=SINC.replace("I-1", "I-2"), b_txt=SIRS.replace("I-1", "I-2"))
    assert list(Incident.objects.values_list("number", flat=True)) == ["I-2"]
    undone(later, maple)
    assert IncidentPart.objects.get().pk == part.pk
    undone(run, maple)
    assert sums() == before


def test_an_offense_may_be_coded_by_any_sign(bring: Bring) -> None:
    odd = SOFF.format("{") + SOFF.format("5\\") + SOFF.format("a,b")
    assert bring("incidents", a_txt=SINC, b_txt=SIRS, c_txt=odd).state == "applied"
    assert IncidentPart.objects.get().offenses == ["5\\", "a,b", "{"]


def test_a_result_without_its_incident_is_left_out(bring: Bring) -> None:
    run = bring("incidents", a_txt=SINC, b_txt=SIRS + SIRS.replace("I-1", "I-9"))
    assert kinds(run) == [("incident_unknown", 2)]
    assert IncidentPart.objects.count() == 1


def test_results_alone_are_a_fault(bring: Bring) -> None:
    assert ("part_missing", None) in kinds(bring("incidents", b_txt=SIRS))


PROGRAMS = "Student ID,Program,Start Date,End Date\n"


def test_programs_last_from_a_day_to_a_day(bring: Bring, maple: District) -> None:
    before = sums()
    first = bring("programs", p_csv=PROGRAMS + "1000,Foster Youth,2025-01-10,\n"
                  "1001,EL,2023-08-15,2026-05-30\n")  # fmt: skip
    foster = ProgramTime.objects.get(program="foster")
    assert (foster.person.given_name, foster.ends) == ("Ana", None)

    run = bring("programs", p_csv=PROGRAMS + "1000,Foster Youth,2025-01-10,2026-03-01\n")
    assert run.counts["programs"]["changed"] == 1
    assert ProgramTime.objects.filter(program="english_learner").exists()
    undone(run, maple)
    undone(first, maple)
    assert sums() == before


def test_a_program_that_ends_before_it_starts_is_a_fault(bring: Bring) -> None:
    run = bring("programs", p_csv=PROGRAMS + "1000,EL,2025-01-10,2024-01-10\n")
    assert kinds(run) == [("ends_before_start", 2)]


def test_an_english_learner_is_one_until_the_next_status_begins(bring: Bring) -> None:
    row = "SELA^A^x^0161259^0000011^2025-2026^999^1000^G^F^20161102^F^{}^{}^es\n"
    bring("programs", s_txt=row.format("EL", "20210816") + row.format("RFEP", "20250301"))
    time = ProgramTime.objects.get()
    assert (time.program, str(time.starts), str(time.ends)) == (
        "english_learner", "2021-08-16", "2025-02-28",
    )  # fmt: skip


def test_stays_come_from_a_csv_or_from_the_states_file(bring: Bring) -> None:
    bring("enrollment", e_csv="Student ID,School,Entry Date,Exit Date,Grade\n"
          "1000,Oak Elementary,2025-08-13,2026-06-09,4\n")  # fmt: skip
    names = "^".join(["Given", "", "Family", "", "", "", "", "20161102", "F", "", "", ""])
    senr = f"SENR^A^x^0161259^0000022^^2026-2027^999^1000^{names}^20260812^10^^05^^\n"
    run = bring("enrollment", s_txt=senr)
    assert run.state == "applied"
    stays = Enrollment.objects.order_by("starts").values_list("school__name", "grade", "kind")
    assert list(stays) == [("Oak Elementary", "04", 10), ("Elm Middle", "05", 10)]


def test_staff_say_who_they_are_and_undo_forgets_it(bring: Bring, maple: District) -> None:
    before = sums()
    header = "Staff ID,Race,Gender,Language,Title,School\n"
    tomas_told = "t0,Hispanic or Latino,F,es,Reading coach,Elm Middle\n"
    run = bring("staff", s_csv=header + tomas_told + "nobody,White,M,en,,\n")
    assert kinds(run) == [("staff_unknown", 3)]
    tomas = Person.objects.get(source_id="t0")
    told = Identity.objects.get(person=tomas)
    assert (tomas.home_language, told.hispanic, told.gender) == ("es", True, "F")
    at_work = Staff.objects.get(person=tomas)
    assert (at_work.title, at_work.school and at_work.school.name) == (
        "Reading coach", "Elm Middle",
    )  # fmt: skip
    assert (tomas.family_name, tomas.email) == ("Quinn", "tomas@maple.example")
    undone(run, maple)
    assert sums() == before


FIGURES = "level,cds,end_year,metric,subgroup,value,numerator,denominator,reliability,snapshot\n"


def figure(level: str, cds: str, group: str = "all", counts: str = "20.0,100,500,0") -> str:
    return f"{level},{cds},2024,chronic_absenteeism_rate,{group},{counts},made_2023_24\n"


def test_only_figures_of_near_places_are_kept(bring: Bring, maple: District) -> None:
    before = sums()
    own, alike = "01612590000011", "19647330000099"
    others = "".join(
        figure("S", f"1964733{n:07d}", counts=f"9.0,{n},{9000 + n},0") for n in range(1, 30)
    )
    run = bring(
        "figures",
        figures_csv=FIGURES + figure("T", "00000000000000") + figure("C", "01000000000000")
        + figure("C", "19000000000000") + figure("D", "01612590000000") + figure("S", own)
        + figure("S", own, "migrant", ",,,2") + figure("S", alike) + others,
    )  # fmt: skip
    assert run.state == "applied"
    near = dict(PublicFigure.objects.filter(group="all").values_list("cds_code", "near"))
    assert near[own] == "school"
    assert near[alike] == "similar"
    assert "19000000000000" not in near
    assert sum(what == "similar" for what in near.values()) == 10
    withheld = PublicFigure.objects.get(group="migrant")
    assert (withheld.value, withheld.numerator, withheld.denominator) == (None, None, None)
    undone(run, maple)
    assert sums() == before
