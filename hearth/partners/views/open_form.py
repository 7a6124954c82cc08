"""What stands before a form that anybody may send: a machine is noticed, nothing typed is lost."""

import time
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest
from hearth.kit.forms import KitForm

# A field that people neither see nor hear: what fills it in is a machine.
TRAP = "homepage"
# Wide, because a whole school may share one address on the internet.
AT_MOST, WITHIN_SECONDS = 30, 600


def refused(request: PageRequest, form: KitForm, what: str) -> int | None:
    """The status with which the form comes back, with all that was typed; None lets it through.
    `what` names the forms that are counted together."""
    if request.POST.get(TRAP):
        form.add_error(
            None, _("Something filled in a field that nobody sees. Please press send again.")
        )
        return 200
    if _sent_too_often(request, what):
        form.add_error(None, _("That was a lot at once. Wait a minute and press send again."))
        return 429
    return None


def _sent_too_often(request: PageRequest, what: str) -> bool:
    """Counted by the address on the internet, of which only a fingerprint is kept."""
    whence = get_adapter().get_client_ip(request)
    window = int(time.time() // WITHIN_SECONDS)
    key = f"{what}:{window}:{sha256(str(whence).encode()).hexdigest()}"
    cache.add(key, 0, WITHIN_SECONDS)
    return bool(cache.incr(key) > AT_MOST)
