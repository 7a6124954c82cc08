"""The households of the cast's children, with a brother and a sister in other schools.

Beside them one family that speaks Mixteco, so that a small language is met in every district.
"""

from __future__ import annotations

from datetime import date

from hearth.demo.cast import BY_KEY
from hearth.demo.households import Child, Guardian, Household
from hearth.demo.shares import SHARES

SIBLINGS = frozenset({"avusd-student-khoi", "avusd-student-lucia"})
COMMUNITY = {community.key: community for community in SHARES.communities}


def relative(
    key: str, given: str, family: str, relationship: str, *, language: str, reach_by: str
) -> Guardian:
    return Guardian(
        source_id=f"avusd-guardian-{key}",
        given=given,
        family=family,
        preferred="",
        relationship=relationship,
        language=language,
        interpreter=False,
        reach_by=reach_by,
        email=f"{key}@families.example",
        sms="+1 559 555 0142",
        phone="+1 559 555 0142",
    )


def interpreted(guardian: Guardian) -> Guardian:
    guardian.interpreter = True
    return guardian


def linh() -> Guardian:
    member = BY_KEY["linh"]
    return interpreted(
        relative(
            "linh", member.given, member.family, "mother", language=member.language, reach_by="sms"
        )
    )


def child(
    key: str, name: tuple[str, str], *, grade: str, school: str, sex: str, born: date, english: str
) -> Child:
    """A child by name; the language and the race come with the household's community."""
    return Child(
        source_id=f"avusd-student-{key.replace('_', '-')}",
        number=0,
        given=name[0],
        middle="",
        family=name[1],
        preferred="",
        grade=grade,
        sex=sex,
        born=born,
        language="",
        english=english,
        race="",
        school=school,
        email=f"{key.replace('_', '-')}@students.aldervalley.example",
    )


def cast_child(key: str, *, sex: str, born: date, english: str) -> Child:
    member = BY_KEY[key]
    made = child(
        key,
        (member.given, member.family),
        grade=member.grade,
        school=member.school,
        sex=sex,
        born=born,
        english=english,
    )
    made.preferred = member.preferred
    return made


def cast_households(year: int) -> list[Household]:
    """Minh Anh's, Diego's, Sam's and Ita's families, the same in every district written."""
    families = [
        Household(
            COMMUNITY["vietnamese"],
            [
                linh(),
                relative(
                    "hung", "Văn Hùng", "Nguyễn", "father", language="vi", reach_by="phone"
                ),
            ],
            [
                child("khoi", ("Minh Khôi", "Nguyễn"), grade="07", school="willow_creek",
                      sex="male", born=date(year - 12, 3, 19), english="RFEP"),
                cast_child("minh_anh", sex="female", born=date(year - 10, 11, 3), english="EL"),
            ],
        ),
        Household(
            COMMUNITY["latino_spanish"],
            [
                relative(
                    "marisol", "Marisol", "Ruiz Herrera", "mother",
                    language="es", reach_by="whatsapp",
                ),
                relative(
                    "patrick", "Patrick", "O'Brien", "father", language="en", reach_by="email"
                ),
            ],
            [
                child("lucia", ("Lucía", "O'Brien-Ruiz"), grade="09", school="larkspur",
                      sex="female", born=date(year - 14, 5, 30), english="IFEP"),
                cast_child("diego", sex="male", born=date(year - 9, 2, 21), english="IFEP"),
            ],
        ),
        Household(
            COMMUNITY["american_indian"],
            [
                relative(
                    "ruth", "Ruth", "Whitefeather", "grandmother", language="en", reach_by="phone"
                )
            ],
            [cast_child("sam", sex="male", born=date(year - 16, 1, 14), english="EO")],
        ),
        Household(
            COMMUNITY["mixteco"],
            [
                interpreted(
                    relative(
                        "fidencio", "Fidencio", "Santiago", "father",
                        language="mix", reach_by="whatsapp",
                    )
                )
            ],
            [
                child("ita", ("Itandehui", "Santiago López"), grade="02", school="cottonwood",
                      sex="female", born=date(year - 8, 12, 6), english="EL"),
            ],
        ),
    ]  # fmt: skip
    for family in families:
        for member in family.children:
            member.language = family.community.language
            member.race = family.community.race
    return families
