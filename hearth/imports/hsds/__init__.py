"""Directories: HSDS 3 packages, the Open Referral shape of before, and plain CSV of services.

`read(asked)` gives back an Extract whose frames are the room's own tables. Nothing here knows the
database, and nothing is lost: a cell that Hearth does not ask about travels on in `more`.
"""

from hearth.imports.hsds.plain import FIELDS
from hearth.imports.hsds.read import read

__all__ = ["FIELDS", "read"]
