"""The tables of this room, one file per noun."""

from hearth.supports.models.door import Asker, HelpRequest, Phrase, SafetyCall
from hearth.supports.models.export import Export
from hearth.supports.models.legal import AssessmentRequest, InsteadOfDiscipline, MoreTime
from hearth.supports.models.meeting import AgendaItem, Decision, Meeting, MeetingPresence
from hearth.supports.models.move import Move
from hearth.supports.models.note import Note, ReadNote
from hearth.supports.models.plan import Entitlement, Goal, Plan, PlanReview, Strategy, Tier
from hearth.supports.models.progress import Measure, PhaseChange, Point
from hearth.supports.models.referral import Referral
from hearth.supports.models.review import ClassReview, StudentReview
from hearth.supports.models.team import Part, Team, TeamMember
from hearth.supports.models.words import ClosedBecause, Domain, State, Urgency

__all__ = [
    "AgendaItem",
    "Asker",
    "AssessmentRequest",
    "ClassReview",
    "ClosedBecause",
    "Decision",
    "Domain",
    "Entitlement",
    "Export",
    "Goal",
    "HelpRequest",
    "InsteadOfDiscipline",
    "Measure",
    "Meeting",
    "MeetingPresence",
    "MoreTime",
    "Move",
    "Note",
    "Part",
    "PhaseChange",
    "Phrase",
    "Plan",
    "PlanReview",
    "Point",
    "ReadNote",
    "Referral",
    "SafetyCall",
    "State",
    "Strategy",
    "StudentReview",
    "Team",
    "TeamMember",
    "Tier",
    "Urgency",
]
