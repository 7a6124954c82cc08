"""What was released and what was made of it, one file per noun."""

from hearth.insight.models.asked import AskedTable
from hearth.insight.models.key import FactKey, alone_with_keys
from hearth.insight.models.release import DisclosedTable, Release
from hearth.insight.models.walk import DataWalk, WalkNote

__all__ = [
    "AskedTable",
    "DataWalk",
    "DisclosedTable",
    "FactKey",
    "Release",
    "WalkNote",
    "alone_with_keys",
]
