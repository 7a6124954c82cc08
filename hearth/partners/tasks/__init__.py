"""Work that waits for the transaction to hold, or for the morning: letters to partners and keepers.

The worker finds every job of the room by this module. No letter names a child, and none goes to
an address that no contact of ours has.
"""

from hearth.partners.tasks.capacity import ask_where_old
from hearth.partners.tasks.link import send_code, send_link
from hearth.partners.tasks.reminders import remind, send_reminders

__all__ = ["ask_where_old", "remind", "send_code", "send_link", "send_reminders"]
