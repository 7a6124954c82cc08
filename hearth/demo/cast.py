"""The people of Alder Valley whom tests, the demo and the documentation all know by name.

Keys and source ids never change: tests, screenshots and kept demo databases point at them.
"""

from __future__ import annotations

from dataclasses import dataclass


def _(text: str) -> str:
    """Mark words for the translators; pages translate them when they are shown."""
    return text


DISTRICT_NAME = "Alder Valley Unified"
DISTRICT_SOURCE_ID = "avusd"
DISTRICT_CODE = "99100010000000"
OTHER_DISTRICT_NAME = "Bristlecone Unified"
OTHER_DISTRICT_SOURCE_ID = "bcusd"
PARTNER_NAME = "Valley Tutoring Collective"
PARTNER_WORK = "Tutor"

ELEMENTARY = ("TK", "KG", "01", "02", "03", "04", "05")
MIDDLE = ("06", "07", "08")
HIGH = ("09", "10", "11", "12")
CONTINUATION = ("10", "11", "12")
GRADES = ELEMENTARY + MIDDLE + HIGH


@dataclass(frozen=True, slots=True)
class School:
    """One school. `code` looks like a state school code; no California county is numbered 99."""

    key: str
    name: str
    code: str
    grades: tuple[str, ...]

    @property
    def source_id(self) -> str:
        return f"{DISTRICT_SOURCE_ID}-school-{self.key.replace('_', '-')}"


SCHOOLS = (
    School("cottonwood", "Cottonwood Elementary", "99100010000011", ELEMENTARY),
    School("sycamore", "Sycamore Elementary", "99100010000012", ELEMENTARY),
    School("willow_creek", "Willow Creek Middle", "99100010000013", MIDDLE),
    School("larkspur", "Larkspur High", "99100010000014", HIGH),
    School("juniper", "Juniper Continuation High", "99100010000015", CONTINUATION),
)
SCHOOL = {school.key: school for school in SCHOOLS}


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the cast: who they are, where they belong, and what they came to do."""

    key: str
    given: str
    family: str
    role: str
    source_id: str
    email: str
    came_to: str
    school: str = ""
    preferred: str = ""
    language: str = "en"
    grade: str = ""
    district: str = DISTRICT_SOURCE_ID
    in_roster: bool = True

    @property
    def name(self) -> str:
        return f"{self.preferred or self.given} {self.family}"


CAST = (
    Member(
        key="rosa",
        given="Rosa",
        family="Delgado",
        role="coordinator",
        school="cottonwood",
        source_id="avusd-staff-rosa",
        email="rosa@aldervalley.example",
        came_to=_("See who is waiting, and make sure every referral has an owner and an answer."),
    ),
    Member(
        key="tom",
        given="Thomas",
        preferred="Tom",
        family="Becker",
        role="teacher",
        school="cottonwood",
        grade="04",
        source_id="avusd-staff-tom",
        email="tom@aldervalley.example",
        came_to=_("Ask for help for a student, and hear what came of it."),
    ),
    Member(
        key="amina",
        given="Amina",
        family="Yusuf",
        role="counselor",
        school="cottonwood",
        source_id="avusd-staff-amina",
        email="amina@aldervalley.example",
        came_to=_("Follow the students on her caseload, and keep private notes private."),
    ),
    Member(
        key="grace",
        given="Grace",
        family="Okafor",
        role="principal",
        school="cottonwood",
        source_id="avusd-staff-grace",
        email="grace@aldervalley.example",
        came_to=_("See whether support reaches students, and where the school needs more of it."),
    ),
    Member(
        key="linh",
        given="Linh",
        family="Trần",
        role="guardian",
        school="cottonwood",
        language="vi",
        source_id="avusd-guardian-linh",
        email="linh@families.example",
        came_to=_("Know what is planned for her daughter, in Vietnamese, and say what she thinks."),
    ),
    Member(
        key="minh_anh",
        given="Minh Anh",
        family="Nguyễn",
        role="student",
        school="cottonwood",
        grade="04",
        language="vi",
        source_id="avusd-student-minh-anh",
        email="minh-anh@students.aldervalley.example",
        came_to=_("Learn, and be known by grown-ups who notice what goes well."),
    ),
    Member(
        key="diego",
        given="Diego",
        family="O'Brien-Ruiz",
        role="student",
        school="cottonwood",
        grade="04",
        language="es",
        source_id="avusd-student-diego",
        email="diego@students.aldervalley.example",
        came_to=_("Build things, make friends, and read with someone who likes dinosaurs too."),
    ),
    Member(
        key="sam",
        given="Samuel",
        preferred="Sam",
        family="Whitefeather",
        role="student",
        school="larkspur",
        grade="11",
        source_id="avusd-student-sam",
        email="sam@students.aldervalley.example",
        came_to=_("See the plan they made with the school, and who has been looking at it."),
    ),
    Member(
        key="priya",
        given="Priya",
        family="Raman",
        role="district_analyst",
        source_id="avusd-staff-priya",
        email="priya@aldervalley.example",
        came_to=_("Load the roster, and answer questions with numbers that name nobody."),
    ),
    Member(
        key="helen",
        given="Helen",
        family="Marsh",
        role="district_lead",
        source_id="avusd-staff-helen",
        email="helen@aldervalley.example",
        came_to=_("See how the five schools are doing, and what each of them asks for."),
    ),
    Member(
        key="marcus",
        given="Marcus",
        family="Hale",
        role="partner_worker",
        source_id="vtc-worker-marcus",
        email="marcus@valleytutoring.example",
        district="",
        in_roster=False,
        came_to=_("See only the students who were sent to him, and confirm that tutoring began."),
    ),
    Member(
        key="joy",
        given="Joy",
        family="Castellanos",
        role="teacher",
        school="larkspur",
        source_id="avusd-staff-joy",
        email="joy@aldervalley.example",
        came_to=_("Ask for help for her own students, and never see another school's."),
    ),
    Member(
        key="omar",
        given="Omar",
        family="Haddad",
        role="coordinator",
        source_id="bcusd-staff-omar",
        email="omar@bristlecone.example",
        language="ar",
        district=OTHER_DISTRICT_SOURCE_ID,
        in_roster=False,
        came_to=_("Coordinate in another district, and see nothing at all of this one."),
    ),
)
BY_KEY = {member.key: member for member in CAST}
