"""The tables of this room, one file per noun."""

from hearth.listening.models.asked import Invitation, Participation, SurveyReminder
from hearth.listening.models.box import Box, TextPage
from hearth.listening.models.coding import Coding, Quotation
from hearth.listening.models.condition import Condition
from hearth.listening.models.finding import Finding, MemberCheck
from hearth.listening.models.heard import Document, Interview, Statement, Visit
from hearth.listening.models.outside import OutsideFigure, OutsideFile
from hearth.listening.models.phase import StrategyPhase
from hearth.listening.models.project import ListeningProject, ProjectDay
from hearth.listening.models.reach import Reach
from hearth.listening.models.report import Report, SignOff
from hearth.listening.models.survey import Survey
from hearth.listening.models.surveyed import Surveyed
from hearth.listening.models.words import Audience, Way

__all__ = [
    "Audience",
    "Box",
    "Coding",
    "Condition",
    "Document",
    "Finding",
    "Interview",
    "Invitation",
    "ListeningProject",
    "MemberCheck",
    "OutsideFigure",
    "OutsideFile",
    "Participation",
    "ProjectDay",
    "Quotation",
    "Reach",
    "Report",
    "SignOff",
    "Statement",
    "StrategyPhase",
    "Survey",
    "SurveyReminder",
    "Surveyed",
    "TextPage",
    "Visit",
    "Way",
]
