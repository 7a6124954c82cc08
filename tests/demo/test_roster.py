"""The demo district's files: whole, repeatable, and true to the shares they name."""

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from hearth.demo.cast import BY_KEY, CAST, DISTRICT_SOURCE_ID, ELEMENTARY, GRADES, SCHOOLS
from hearth.demo.feeders import patterns
from hearth.demo.roster import write_district
from hearth.demo.shares import SHARES
from hearth.demo.tables import ABSENT, COLUMNS

SCHOOL_IDS = {school.source_id for school in SCHOOLS}


def rows_of(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    assert tuple(reader.fieldnames) == COLUMNS[name]
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


def ids(cell):
    return cell.split(",") if cell else []


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alder-valley")
    write_district(folder)
    return folder


@pytest.fixture(scope="module")
def district(folder):
    return {name: rows_of(folder, name) for name in COLUMNS}


@pytest.fixture(scope="module")
def users(district):
    return {row["sourcedId"]: row for row in district["users"]}


@pytest.fixture(scope="module")
def students(users):
    return {key: row for key, row in users.items() if row["grades"]}


@pytest.fixture(scope="module")
def guardians(users):
    return {key: row for key, row in users.items() if row["metadata.relationship"]}


def bytes_of(folder: Path):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_seed_writes_the_same_bytes_and_another_seed_does_not(tmp_path):
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        write_district(tmp_path / name, students=200, seed=seed)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "again")
    assert bytes_of(tmp_path / "one")["users.csv"] != bytes_of(tmp_path / "other")["users.csv"]


def test_the_manifest_names_every_file_that_is_there_and_no_other(folder):
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = dict(csv.reader(file))
    assert manifest["oneroster.version"] == "1.2"
    bulk = {key.removeprefix("file.") for key, value in manifest.items() if value == "bulk"}
    absent = {key.removeprefix("file.") for key, value in manifest.items() if value == "absent"}
    assert bulk == {path.stem for path in folder.iterdir()} - {"manifest"} == set(COLUMNS)
    assert absent == set(ABSENT)


def test_the_counts_returned_are_the_rows_written(tmp_path):
    counts = write_district(tmp_path, students=300)
    assert counts.students == 300
    assert counts.schools == len(rows_of(tmp_path, "orgs")) - 1
    assert counts.classes == len(rows_of(tmp_path, "classes"))
    assert counts.enrollments == len(rows_of(tmp_path, "enrollments"))
    people = counts.students + counts.guardians + counts.staff
    assert people == len(rows_of(tmp_path, "users")) == len(rows_of(tmp_path, "roles"))
    assert counts.students == len(rows_of(tmp_path, "demographics"))


def test_too_small_a_district_is_refused_in_words(tmp_path):
    with pytest.raises(ValueError, match="50 students or more"):
        write_district(tmp_path, students=10)


@pytest.mark.parametrize("name", COLUMNS)
def test_no_two_rows_of_a_file_share_an_id(district, name):
    assert not [
        key for key, n in Counter(row["sourcedId"] for row in district[name]).items() if n > 1
    ]


def test_every_reference_leads_to_a_row(district, users, students):
    known = {name: {row["sourcedId"] for row in rows} for name, rows in district.items()}
    references = [
        ("academicSessions", "parentSourcedId", "academicSessions"),
        ("orgs", "parentSourcedId", "orgs"),
        ("courses", "schoolYearSourcedId", "academicSessions"),
        ("courses", "orgSourcedId", "orgs"),
        ("classes", "courseSourcedId", "courses"),
        ("classes", "schoolSourcedId", "orgs"),
        ("classes", "termSourcedIds", "academicSessions"),
        ("users", "agentSourcedIds", "users"),
        ("users", "primaryOrgSourcedId", "orgs"),
        ("roles", "userSourcedId", "users"),
        ("roles", "orgSourcedId", "orgs"),
        ("enrollments", "classSourcedId", "classes"),
        ("enrollments", "schoolSourcedId", "orgs"),
        ("enrollments", "userSourcedId", "users"),
    ]
    for table, column, target in references:
        missing = {
            key for row in district[table] for key in ids(row[column]) if key not in known[target]
        }
        assert not missing, f"{table}.{column}"
    assert known["demographics"] == set(students)
    assert {row["userSourcedId"] for row in district["roles"]} == set(users)


def test_guardians_and_children_name_each_other(students, guardians):
    for key, row in students.items():
        assert ids(row["agentSourcedIds"])
        for agent in ids(row["agentSourcedIds"]):
            assert key in ids(guardians[agent]["agentSourcedIds"])
    for key, row in guardians.items():
        assert all(key in ids(students[child]["agentSourcedIds"]) for child in
                   ids(row["agentSourcedIds"]))  # fmt: skip


def test_brothers_and_sisters_attend_different_schools(students, guardians):
    across = [
        row
        for row in guardians.values()
        if len({students[key]["primaryOrgSourcedId"] for key in ids(row["agentSourcedIds"])}) > 1
    ]
    assert len(across) > 300


def test_brothers_and_sisters_are_twins_or_born_apart(district, guardians):
    born = {row["sourcedId"]: row["birthDate"] for row in district["demographics"]}
    for row in guardians.values():
        days = sorted(date.fromisoformat(born[key]) for key in ids(row["agentSourcedIds"]))
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        assert all(gap == 0 or gap >= 270 for gap in gaps)


def test_the_cast_is_in_its_places(district, users):
    for member in CAST:
        assert (member.source_id in users) == member.in_roster
        if member.in_roster:
            row = users[member.source_id]
            assert (row["givenName"], row["familyName"]) == (member.given, member.family)
            assert row["preferredGivenName"] == member.preferred
            assert row["email"] == member.email
            assert row["metadata.homeLanguage"] == member.language
    position = {row["userSourcedId"]: row["metadata.position"] for row in district["roles"]}
    assert all(position[m.source_id] == m.role for m in CAST if m.in_roster)


def test_minh_anh_and_diego_are_in_toms_class_and_linh_needs_an_interpreter(district, users):
    taught = {
        row["classSourcedId"]
        for row in district["enrollments"]
        if row["userSourcedId"] == BY_KEY["tom"].source_id
    }
    assert len(taught) == 1
    (room,) = [row for row in district["classes"] if row["sourcedId"] in taught]
    assert (room["grades"], room["schoolSourcedId"]) == ("04", "avusd-school-cottonwood")
    classmates = {
        row["userSourcedId"] for row in district["enrollments"] if row["classSourcedId"] in taught
    }
    assert {BY_KEY["minh_anh"].source_id, BY_KEY["diego"].source_id} <= classmates
    linh = users[BY_KEY["linh"].source_id]
    assert BY_KEY["minh_anh"].source_id in ids(linh["agentSourcedIds"])
    assert (linh["metadata.homeLanguage"], linh["metadata.interpreterNeeded"]) == ("vi", "true")


def test_sam_is_in_grade_11_at_larkspur_where_joy_teaches(district, users):
    sam = users[BY_KEY["sam"].source_id]
    assert (sam["grades"], sam["primaryOrgSourcedId"]) == ("11", "avusd-school-larkspur")
    joys = [r for r in district["enrollments"] if r["userSourcedId"] == BY_KEY["joy"].source_id]
    assert joys
    assert {row["schoolSourcedId"] for row in joys} == {"avusd-school-larkspur"}


def test_race_and_ethnicity_follow_the_state(district):
    def count(*true):
        return sum(all(row[key] == "true" for key in true) for row in district["demographics"])

    total = len(district["demographics"])
    filipino = count("metadata.filipino")
    for found, expected in (
        (count("hispanicOrLatinoEthnicity"), SHARES.race["hispanic"]),
        (count("demographicRaceTwoOrMoreRaces"), SHARES.race["two_or_more"]),
        (count("asian") - filipino, SHARES.race["asian"]),
        (filipino, SHARES.race["filipino"]),
        (count("americanIndianOrAlaskaNative"), SHARES.race["american_indian"]),
    ):
        assert 100 * found / total == pytest.approx(expected, abs=2.0)


def test_languages_and_english_learners_follow_the_state(district, students):
    total = len(students)
    elsewhere = sum(row["metadata.homeLanguage"] != "en" for row in students.values())
    learners = sum(r["metadata.englishLanguageStatus"] == "EL" for r in district["demographics"])
    wanted = SHARES.language
    assert 100 * elsewhere / total == pytest.approx(wanted["other_than_english"], abs=2.5)
    assert 100 * learners / total == pytest.approx(wanted["english_learners"], abs=2.5)
    languages = {row["metadata.homeLanguage"] for row in students.values()}
    assert {"es", "vi", "hmn", "ar", "fil", "pa", "mix", "hy", "zh"} <= languages


def test_grades_follow_the_state_exactly(students):
    found = Counter(row["grades"] for row in students.values())
    for grade in GRADES:
        assert found[grade] == pytest.approx(SHARES.grades[grade] / 100 * len(students), abs=2)


def test_the_shares_add_up():
    assert sum(SHARES.race.values()) == pytest.approx(100, abs=0.02)
    assert sum(SHARES.grades.values()) == pytest.approx(100, abs=0.02)
    by_race = Counter()
    for community in SHARES.communities:
        by_race[community.race] += community.share
    assert dict(by_race) == pytest.approx(SHARES.race)
    elsewhere = sum(c.share for c in SHARES.communities if c.language != "en")
    assert elsewhere == pytest.approx(SHARES.language["other_than_english"], abs=0.1)


def test_homerooms_hold_20_to_26_and_every_student_has_a_place(district, students):
    size = Counter(r["classSourcedId"] for r in district["enrollments"] if r["role"] == "student")
    homerooms = [r["sourcedId"] for r in district["classes"] if r["classType"] == "homeroom"]
    assert all(17 <= size[room] <= 26 for room in homerooms)
    assert sum(20 <= size[room] <= 26 for room in homerooms) > 0.9 * len(homerooms)
    classes = Counter(r["userSourcedId"] for r in district["enrollments"])
    for key, row in students.items():
        assert classes[key] == (1 if row["grades"] in ELEMENTARY else 6)


def test_nobody_learns_or_teaches_two_things_at_once(district):
    period = {row["sourcedId"]: row["periods"] for row in district["classes"]}
    days = defaultdict(list)
    for row in district["enrollments"]:
        days[row["userSourcedId"]].append(period[row["classSourcedId"]])
    assert all(len(taken) == len(set(taken)) for taken in days.values())
    assert all(
        len(days[r["userSourcedId"]]) <= 5
        for r in district["roles"]
        if r["metadata.position"] == "teacher"
    )


def test_usernames_and_emails_belong_to_one_person_and_no_one_is_there_twice(users, students):
    for column in ("username", "email", "identifier"):
        values = [row[column] for row in users.values() if row[column]]
        assert len(values) == len(set(values)), column
    people = Counter(
        (row["givenName"], row["middleName"], row["familyName"], row["agentSourcedIds"])
        for row in students.values()
    )
    assert max(people.values()) == 1


def test_no_one_can_be_reached_for_real(users):
    for row in users.values():
        assert row["password"] == ""
        assert not row["email"] or row["email"].endswith(".example")
        for phone in (row["sms"], row["phone"]):
            assert not phone or re.fullmatch(r"\+1 559 555 01\d\d", phone)


def test_a_family_can_be_reached_the_way_it_asked(guardians):
    for row in guardians.values():
        way = row["metadata.reachBy"]
        assert way in {"sms", "email", "phone", "paper", "whatsapp"}
        assert way != "email" or row["email"]
        assert way not in {"sms", "whatsapp"} or row["sms"]
        assert way != "phone" or row["phone"]
        assert row["metadata.interpreterNeeded"] in {"true", "false"}
        assert row["metadata.homeLanguage"] != "en" or row["metadata.interpreterNeeded"] == "false"


def test_names_keep_their_own_letters(users):
    everyone = "|".join(
        f"{r['givenName']}~{r['preferredGivenName']}~{r['familyName']}" for r in users.values()
    )
    for letters in ("Nguyễn", "O'Brien-Ruiz", "D'", "ñ", "Ou-Yang", "De la Cruz", "~O|", "Xiong"):
        assert letters in everyone, letters
    assert re.search("[\u0600-\u06ff]", everyone)
    assert any(len(row["givenName"]) == 1 for row in users.values())


def test_quoted_commas_survive(folder, district):
    assert any("," in row["title"] for row in district["classes"])
    assert all(len(ids(row["termSourcedIds"])) == 2 for row in district["classes"])
    assert b'"avusd-guardian-linh,avusd-guardian-hung"' in (folder / "users.csv").read_bytes()


def test_schools_carry_codes_of_no_real_county(district):
    schools = [row for row in district["orgs"] if row["type"] == "school"]
    assert {row["sourcedId"] for row in schools} == SCHOOL_IDS
    assert all(re.fullmatch(r"99\d{12}", row["identifier"]) for row in district["orgs"])
    assert {row["parentSourcedId"] for row in schools} == {DISTRICT_SOURCE_ID}


def test_a_larger_district_has_more_schools_under_names_of_their_own(tmp_path):
    counts = write_district(tmp_path, students=9_000)
    assert (counts.students, counts.schools) == (9_000, 15)
    schools = rows_of(tmp_path, "orgs")
    for column in ("name", "identifier", "sourcedId"):
        assert len({row[column] for row in schools}) == 16
    users = {row["sourcedId"] for row in rows_of(tmp_path, "users")}
    assert {m.source_id for m in CAST if m.in_roster} <= users
    assert all(row["userSourcedId"] in users for row in rows_of(tmp_path, "enrollments"))


def test_half_a_million_students_get_schools_with_codes_that_fit():
    schools = [school for pattern in patterns(500_000) for school in pattern.schools]
    assert sum(pattern.students for pattern in patterns(500_000)) == 500_000
    assert len({school.name for school in schools}) == len(schools) > 800
    assert len({school.code for school in schools}) == len(schools)
    assert all(len(school.code) == 14 for school in schools)
