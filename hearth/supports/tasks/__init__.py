"""Work that waits for the transaction to hold, or for the night: e-mails, files, clocks.

The worker finds every job of the room by this module. No e-mail names a child.
"""

from hearth.supports.tasks.answers import tell_employee, tell_referrer
from hearth.supports.tasks.clocks import keep_legal_clocks
from hearth.supports.tasks.digest import send_digest, weekly_digest
from hearth.supports.tasks.letters import page_somebody, tell_asker
from hearth.supports.tasks.taking_out import forget_exports, make_export

__all__ = [
    "forget_exports",
    "keep_legal_clocks",
    "make_export",
    "page_somebody",
    "send_digest",
    "tell_asker",
    "tell_employee",
    "tell_referrer",
    "weekly_digest",
]
