"""The closed lists of this room. The word before the comma is stored, the one after is shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    SUBMITTED = "submitted", _("new")
    SAFETY = "safety", _("with the person on call")
    TRIAGED = "triaged", _("sorted")
    ASSIGNED = "assigned", _("has an owner")
    ASSESSING = "assessing", _("getting to know")
    PLANNED = "planned", _("planned")
    REFERRED = "referred", _("referred, not yet linked")
    WAITLISTED = "waitlisted", _("on a waiting list")
    LINKED = "linked", _("linked")
    MONITORING = "monitoring", _("checking in")
    CLOSED = "closed", _("closed")


class Domain(models.TextChoices):
    ACADEMIC = "academic", _("Learning")
    BEHAVIOR = "behavior", _("Getting along at school")
    SOCIAL_EMOTIONAL = "social_emotional", _("Feelings and friendships")
    ATTENDANCE = "attendance", _("Coming to school")
    BASIC_NEEDS = "health_basic_needs", _("Health and basic needs")


class Urgency(models.TextChoices):
    NOW = "now", _("It cannot wait: somebody may not be safe")
    THIS_WEEK = "this_week", _("This week, please")
    SOON = "soon", _("Soon")
    WHEN_YOU_CAN = "when_you_can", _("When you can")


class ClosedBecause(models.TextChoices):
    GOAL_MET = "goal_met", _("The goal was met")
    INFORMATION_ONLY = "information_only", _("It was good to know; nothing more is needed")
    STEPPED_UP = "stepped_up", _("Stepped up to more support")
    FAMILY_DECLINED = "family_declined", _("The family said no thank you")
    COULD_NOT_REACH = "could_not_reach", _("We could not reach the family")
    NOTHING_OFFERED = "nothing_offered", _("What was needed is not offered here yet")
    MOVED = "moved", _("The student moved")
    # A minor may consent alone to some services. Of those no school keeps what, where or when.
    CONFIDENTIAL = "confidential", _("Linked, confidential")


_LOOKING = _("The team has taken it up and is learning what would help.")
_ARRANGING = _("The team has made a plan and is putting it in place.")
_HELPING = _("Support is in place, and the team looks whether it helps.")

# What the person who asked reads. Coarser than the state on purpose: which service it is, and
# what the family said about it, is the family's business.
TOLD = {
    State.SUBMITTED: _("The team has it. Nobody has taken it up yet."),
    State.SAFETY: _("It went to the person on call at once; it does not wait in a list."),
    State.TRIAGED: _LOOKING,
    State.ASSIGNED: _LOOKING,
    State.ASSESSING: _LOOKING,
    State.PLANNED: _ARRANGING,
    State.REFERRED: _ARRANGING,
    State.WAITLISTED: _ARRANGING,
    State.LINKED: _HELPING,
    State.MONITORING: _HELPING,
    State.CLOSED: _("The team has finished its work on this for now."),
}
