"""OneRoster: read a district's roster, in version 1.1 or 1.2, and say what is wrong by line.

`check` receives a folder or a zip and gives back typed frames with faults and notes. Nothing here
knows the database; what only the database can answer comes back as open references.

Words: a *bundle* is what a district sends; *bulk* is a whole list, *delta* only the changes; a
*fault* stops the load, a *note* does not; a row is *gone* when its status is tobedeleted or
inactive, or when the row it hangs on is.
"""

from hearth.imports.oneroster.check import Checked, Frames, check
from hearth.imports.oneroster.findings import BundleRefused, Fault
from hearth.imports.oneroster.manifest import Manifest

__all__ = ["BundleRefused", "Checked", "Fault", "Frames", "Manifest", "check"]
