"""The names by which a text could point at somebody of a school."""

from hearth.listening.rules.careful import plain
from hearth.people.models import Staff, Student

COLUMNS = ("person__given_name", "person__preferred_name", "person__family_name")


def names_at(school_id: int) -> frozenset[str]:
    """Of its students and staff, each word of a name by itself, without case and accents."""
    rows = [
        *Student.objects.filter(school=school_id).values_list(*COLUMNS),
        *Staff.objects.filter(school=school_id).values_list(*COLUMNS),
    ]
    words = {word for row in rows for name in row for word in plain(name).split()}
    return frozenset(word for word in words if len(word) > 1)
