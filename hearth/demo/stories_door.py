"""Who knocked at Cottonwood's open door with no account, in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hearth.access.models import User
from hearth.demo import clock
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.schools.models import Calendar, District, School
from hearth.supports.actions import door, team
from hearth.supports.models import HelpRequest

GRANDMOTHER = {
    "asker": "family", "asker_name": "Teresa Ruiz", "language": "es",
    "reach_by": "phone", "reach_at": "555-0142",
    "about_name": "Diego O'Brien", "about_grade": "4",
    "strength": "Me lee el periódico en voz alta y me explica los dinosaurios.",
    "concern": "Desde que me mudé con ellos duerme en la sala y llega cansado. Quisiéramos una "
    "cama y alguien que nos diga a quién pedir.",
    "urgency": "this_week",
}  # fmt: skip
FRIEND = {
    "asker": "friend", "asker_name": "", "language": "en", "reach_by": "", "reach_at": "",
    "about_name": "the new girl in fifth grade", "about_grade": "5",
    "strength": "She draws horses that look like they move.",
    "concern": "She eats lunch alone by the fence every day and says it is fine.",
    "urgency": "soon",
}  # fmt: skip
FATHER = {
    "asker": "family", "asker_name": "Joe Okonkwo", "language": "en",
    "reach_by": "email", "reach_at": "joe.okonkwo@mail.example",
    "about_name": "Ada Okonkwo", "about_grade": "TK", "for_adult": True,
    "strength": "We walk to school together and she counts every cat.",
    "concern": "I start a night job on Monday and do not know who can bring her in the morning.",
    "urgency": "this_week",
}  # fmt: skip
AUNT = {
    "asker": "neighbor", "asker_name": "Marta", "language": "es",
    "reach_by": "sms", "reach_at": "555-0177",
    "about_name": "mi sobrino", "about_grade": "",
    "strength": "Es muy bueno con los números.",
    "concern": "El año que viene empieza la escuela. ¿A quién pregunto?",
    "urgency": "when_you_can",
}  # fmt: skip
ANSWER = "Venga cualquier mañana a la oficina; Rosa le ayuda con la inscripción, en español."
FRIDAY = 4
KNOCKED: tuple[tuple[Mapping[str, Any], int], ...] = (
    (GRANDMOTHER, 1),
    (FATHER, 2),
    (FRIEND, 3),
    (AUNT, 4),
)


def tell_door(district: District, *, today: date) -> int:
    """Open Cottonwood's door and let four people knock; telling it twice adds nothing. The aunt has
    her answer, and somebody must still send it."""
    if HelpRequest.objects.exists():
        return 0
    school = School.objects.get(source_id=SCHOOL["cottonwood"].source_id)
    rosa, calendar = _user("rosa"), Calendar()
    days = [_school_day(today, ago, calendar) for _said, ago in KNOCKED]
    if not door.is_open(school):
        with clock.on(min(days) - timedelta(days=7)):
            team.put_on_call(school=school, on_call=_user("amina"), by=rosa)
            team.set_door(school=school, door_open=True, by=rosa)
    for (said, _ago), day in zip(KNOCKED, days, strict=True):
        with clock.on(day):
            asked = door.ask_at_door(school=school, said=said)
    with clock.on(today):
        door.set_aside(request=asked, answer=ANSWER, by=rosa)
    return len(KNOCKED)


def _school_day(today: date, ago: int, calendar: Calendar) -> date:
    """So many weekdays ago; nobody knocks on a closed day."""
    day = today
    while ago:
        day -= timedelta(days=1)
        ago -= day.weekday() <= FRIDAY and day not in calendar.closed
    return day


def _user(key: str) -> User:
    return User.objects.get(email=BY_KEY[key].email)
