"""What stands before a form on which nobody is asked who they are: a machine is noticed."""

import time
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.core.cache import caches

from hearth.access.gate import PageRequest

TRAP = "website"  # neither seen nor heard; what fills it in is a machine
WITHIN_SECONDS = 600


def too_often(request: PageRequest, what: str, at_most: int) -> bool:
    """Counted by the address on the internet, in this process's memory and in no table: a row there
    would be written beside what was said."""
    whence = get_adapter().get_client_ip(request)
    window = int(time.time() // WITHIN_SECONDS)
    key = f"{what}:{window}:{sha256(str(whence).encode()).hexdigest()}"
    memory = caches["memory"]
    memory.add(key, 0, WITHIN_SECONDS)
    return bool(memory.incr(key) > at_most)
