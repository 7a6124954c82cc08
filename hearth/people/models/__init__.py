"""The tables of the people floor, one file per noun."""

from hearth.people.models.identity import Identity
from hearth.people.models.merge import Merge
from hearth.people.models.partner import PartnerWorker
from hearth.people.models.person import Person
from hearth.people.models.program import Program, ProgramTime
from hearth.people.models.section import Section, SectionMember
from hearth.people.models.student import Guardian, Guardianship, Staff, Student
from hearth.people.models.two_people import TwoPeople

__all__ = [
    "Guardian",
    "Guardianship",
    "Identity",
    "Merge",
    "PartnerWorker",
    "Person",
    "Program",
    "ProgramTime",
    "Section",
    "SectionMember",
    "Staff",
    "Student",
    "TwoPeople",
]
