"""Extracts: what a student information system, or the state, gives out beside the roster.

Each kind of file has a module with `read(asked) -> Extract`. Nothing here knows the database: a row
names its student and school as the file does, and who is meant is found later.
"""

from hearth.imports.extracts.asked import Asked, Extract
from hearth.imports.extracts.fields import Field, Reading, What

__all__ = ["Asked", "Extract", "Field", "Reading", "What"]
