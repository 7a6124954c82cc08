"""Today's page in order: broken promises first, then new voices, then my own dates."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearth.access.models import User
from hearth.people.models import Student
from hearth.supports.front.at_home import PlanAtHome, plans_at_home
from hearth.supports.front.today import AT_MOST, Waiting
from hearth.supports.waits.line import Waits

CHILDREN_AT_MOST = 25


@dataclass(frozen=True)
class Section:
    """One block of Today. `promise` says that the day is a deadline, not a memory."""

    title: str
    lines: list[Waits]
    act: str
    promise: bool = True

    @property
    def is_full(self) -> bool:
        """A list that holds as many as it may: there can be more than it shows."""
        return len(self.lines) >= AT_MOST


def sections(waiting: Waiting) -> list[Section]:
    """The blocks that hold something, the most pressing first."""
    every = [
        Section(_("The law's clock runs"), waiting.by_law, _("Take the next step")),
        Section(_("Still waiting to hear from us"), waiting.late_answers, _("Answer")),
        Section(_("New: somebody asked"), waiting.new, _("Read and sort")),
        Section(_("Without an owner"), waiting.without_owner, _("Find an owner")),
        Section(_("Due today or before"), waiting.due, _("Take the next step")),
        Section(
            _("What you promised in the meeting"), waiting.promised, _("Say what became of it")
        ),
        Section(_("Plans to look at"), waiting.plans, _("Look together")),
        Section(_("Classes you have begun to look at"), waiting.reviews, _("Go on"), False),
        Section(_("What came back to you"), waiting.unread_answers, _("Read the answer"), False),
        Section(_("What you asked, not answered yet"), waiting.asked, _("Look")),
    ]
    return [section for section in every if section.lines]


@dataclass(frozen=True)
class Child:
    """A guardian's child, or the student's own self, with the plans that they may read."""

    student: Student
    plans: list[PlanAtHome]


def own_family(user: User) -> list[Child]:
    students = Student.objects.visible_to(user).current().select_related("person", "school")
    own = list(students.order_by("person__given_name", "pk")[:CHILDREN_AT_MOST])
    plans = plans_at_home(user, own)
    return [Child(student, plans.get(student.pk, [])) for student in own]
