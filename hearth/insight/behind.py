"""From a figure to its rows: only students whom the reader sees anyway, and each look is kept."""

from django.db.models import QuerySet

from hearth.access.models import User
from hearth.insight.disclose.rows import keys_behind
from hearth.insight.mart.home import open_mart
from hearth.insight.mart.store import NoMart, OtherFormat
from hearth.insight.models import FactKey
from hearth.insight.reading import Told
from hearth.people.models import Student

# Saying who is in one of these groups says how somebody names their identity.
PLAIN_GROUPS = frozenset({"", "grade"})


def students_behind(
    user: User, one: Told, *, by: str, group: str, part: str
) -> "QuerySet[Student] | None":
    """Those whom the figure counts among those whom this user may see. None where an update came
    between, and all is to be counted anew first."""
    visible: QuerySet[Student] = Student.objects.visible_to(user)
    school = one.place.school
    try:
        with open_mart(user.district_id) as mart:
            keys = keys_behind(
                mart,
                one.card.key,
                school=school.pk if school else None,
                year=one.year,
                where={by: group} if by else {},
                part=part,
            )
    except NoMart:
        return visible.none()
    except OtherFormat:
        return None
    people = FactKey.objects.filter(key__in=keys)
    return visible.filter(pk__in=people.values("person"))
