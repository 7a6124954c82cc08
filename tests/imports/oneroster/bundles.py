"""A small whole bundle of Alder Valley Unified, and ways to write it with one thing changed."""

import datetime as dt
import zipfile
from pathlib import Path

from hearth.imports.oneroster import Checked, check

TODAY = dt.date(2026, 8, 20)

ORGS = """sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
alder,active,,Alder Valley Unified,district,01,
cottonwood,active,,Cottonwood Elementary,school,02,alder
larkspur,active,,Larkspur High,school,03,alder
bristlecone,active,,Bristlecone Unified,district,04,
pinyon,active,,Pinyon School,school,05,bristlecone
"""
SESSIONS = """sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,\
schoolYear
year,active,,2026-27,schoolYear,2026-08-12,2027-06-04,,2027
fall,active,,Fall,term,2026-08-12,2026-12-18,year,2027
"""
COURSES = """sourcedId,status,dateLastModified,title,courseCode,orgSourcedId
grade4,active,,Grade 4,G4,alder
"""
CLASSES = """sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,\
location,schoolSourcedId,termSourcedIds,periods
toms,active,,Mr. Becker,04,grade4,B4,homeroom,Room 7,cottonwood,"year,fall",1
"""
USERS = """sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,\
familyName,identifier,email,agentSourcedIds,grades,metadata.homeLanguage,\
metadata.interpreterNeeded,metadata.reachBy,metadata.relationship
tom,active,,true,cottonwood,teacher,tom,Tom,Becker,T1,tom@example.org,,,,,,
minh_anh,active,,true,cottonwood,student,minh,Minh Anh,Nguyễn,1001,,linh,4,vi,,,
diego,active,,true,cottonwood,student,diego,Diego,O'Brien-Ruiz,1002,,,4,en,,,
linh,active,,true,cottonwood,guardian,linh,Linh,Trần,,linh@example.org,minh_anh,,vi,true,text,mother
"""
ENROLLMENTS = """sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,\
role,primary,beginDate,endDate
e1,active,,toms,cottonwood,tom,teacher,true,2026-08-12,2026-12-18
e2,active,,toms,cottonwood,minh_anh,student,false,2026-08-12,2026-12-18
e3,active,,toms,cottonwood,diego,student,false,,
"""
DEMOGRAPHICS = """userSourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,\
asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,hispanicOrLatinoEthnicity
minh_anh,active,,2016-11-02,female,false,true,false,false,false,false
diego,active,,2016-03-09,other,true,false,false,false,true,true
"""
FILES = {
    "orgs": ORGS,
    "academicSessions": SESSIONS,
    "courses": COURSES,
    "classes": CLASSES,
    "users": USERS,
    "enrollments": ENROLLMENTS,
    "demographics": DEMOGRAPHICS,
}

USERS_1_2 = """sourcedId,status,dateLastModified,enabledUser,username,givenName,familyName,\
identifier,agentSourcedIds,grades,preferredGivenName,pronouns,primaryOrgSourcedId
grace,active,,true,grace,Grace,Okafor,P1,,,,she/her,cottonwood
minh_anh,active,,true,minh,Minh Anh,Nguyễn,1001,linh,04,Annie,,cottonwood
diego,active,,true,diego,Diego,O'Brien-Ruiz,1002,,04,,,cottonwood
tom,active,,true,tom,Tom,Becker,T1,,,,,cottonwood
linh,active,,true,linh,Linh,Trần,,,,,,
"""
ROLES_1_2 = """sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,\
orgSourcedId
r1,active,,grace,primary,principal,2026-07-01,,cottonwood
r2,active,,minh_anh,primary,student,,,cottonwood
r3,active,,diego,primary,student,,,cottonwood
r4,active,,tom,secondary,aide,,,larkspur
r5,active,,tom,primary,teacher,,,cottonwood
r6,active,,linh,primary,parent,,,cottonwood
"""
FILES_1_2 = {**FILES, "users": USERS_1_2, "roles": ROLES_1_2}


def manifest(version: str = "1.1", **modes: str) -> str:
    lines = ["propertyName,value", "manifest.version,1.0", f"oneroster.version,{version}"]
    lines += ["source.systemName,Alder SIS", "source.systemCode,alder"]
    return "\n".join([*lines, *(f"file.{stem},{mode}" for stem, mode in modes.items())])


def write(
    folder: Path, files: dict[str, str | bytes], mode: str = "bulk", version: str = ""
) -> Path:
    """Write the files, and a manifest that names each of them, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    version = version or ("1.2" if "roles" in files else "1.1")
    said = {"manifest": manifest(version, **dict.fromkeys(files, mode))}
    for stem, text in {**said, **files}.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / f"{stem}.csv").write_bytes(content)
    return folder


def zipped(folder: Path, inside: str = "") -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, inside + file.name)
    return path


def check_with(folder: Path, mode: str = "bulk", **changed: str | bytes) -> Checked:
    """Check the small bundle with some of its files in another wording."""
    return check(write(folder / "bundle", {**FILES, **changed}, mode), today=TODAY)


def said(checked: Checked) -> list[tuple[str, int | None, str | None, str]]:
    """The faults, as file, line, column and kind."""
    return [(f.file, f.line, f.column, f.kind) for f in checked.faults]


def noted(checked: Checked) -> set[str]:
    return {note.kind for note in checked.notes}
