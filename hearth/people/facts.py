"""What this floor tells the numbers: who is on the roster, and how families named their identity.

Each is a queryset of plain rows whose first column is the person's own key; the mart puts a random
number in its place. No name, no number of a student, no birth date.
"""

from typing import Any

from django.db.models import QuerySet

from hearth.people.models import Identity, Person, ProgramTime, Staff, Student

Told = QuerySet[Any, tuple[Any, ...]]


def on_the_roster() -> Told:
    """student, school, grade: where each student is now."""
    return Student.objects.current().values_list("person", "school", "grade")


def identities() -> Told:
    """person, valid_from, gender, hispanic, races."""
    return Identity.objects.values_list("person", "valid_from", "gender", "hispanic", "races")


def languages() -> Told:
    """person, home_language, where somebody has said it."""
    return Person.objects.exclude(home_language="").values_list("pk", "home_language")


def programs() -> Told:
    """student, program, starts, ends."""
    return ProgramTime.objects.values_list("person", "program", "starts", "ends")


def staff() -> Told:
    """person, school, title, of those who work here now."""
    here = Staff.objects.filter(gone_on=None, person__merged_into=None)
    return here.values_list("person", "school", "title")
