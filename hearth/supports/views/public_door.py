"""The school's open door: ask without an account, and read what became of it by a private link."""

import time
from hashlib import sha256
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, public_page
from hearth.kit.once import key_of, with_a_key
from hearth.kit.spoken import in_language
from hearth.schools.models import District, School
from hearth.supports.actions import door
from hearth.supports.forms.door import HelpForm
from hearth.supports.models import HelpRequest, SafetyCall, Team

# A field that people neither see nor hear. What fills it in is a machine, or a browser that meant
# well; so nothing is thrown away, and the form comes back.
TRAP = "website"
# Wide, because a whole school may share one address on the internet.
AT_MOST, WITHIN_SECONDS = 30, 600


@public_page(methods=("GET", "POST"), families=True)
def ask(request: PageRequest, district: District, school: str) -> HttpResponse:
    """Say what is hard, on a phone, in one's own language. Help in danger stands above all."""
    found = get_object_or_404(School, slug=school, gone_on=None)
    team = Team.objects.filter(school=found, door_open=True).first()
    if team is None:
        return render(request, "supports/door_closed.html", {"school": found})
    if "lang" in request.GET:
        return in_language(request)
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    sent = HelpRequest.objects.filter(school=found, nonce=key).first() if key else None
    if sent:
        return _own_page(district, found, sent)
    form = HelpForm(request.POST if request.method == "POST" else None)
    status: int | None = 200
    if request.method == "POST" and form.is_valid():
        status = _refused(request, form)
        if status is None:
            sent = door.ask_at_door(school=found, said=form.cleaned_data, nonce=key)
            return _own_page(district, found, sent)
    facts = {"school": found, "form": form, "trap": TRAP, "welcome": _welcome(team)}
    return render(request, "supports/door_ask.html", facts, status=status)


@public_page(families=True)
def told(request: PageRequest, district: District, school: str, key: UUID) -> HttpResponse:
    """What became of it. Whoever holds the address reads it, so it names nobody."""
    rows = HelpRequest.objects.select_related("school", "referral")
    asked = get_object_or_404(rows, school__slug=school, key=key)
    call = SafetyCall.objects.filter(request=asked).order_by("-raised_at").first()
    address = settings.HEARTH.address + request.path
    facts = {"asked": asked, "school": asked.school, "call": call, "address": address}
    return render(request, "supports/door_told.html", facts)


def _refused(request: PageRequest, form: HelpForm) -> int | None:
    """The status with which the form comes back, with all that was typed; None lets it through."""
    if request.POST.get(TRAP):
        form.add_error(
            None, _("Something filled in a field that nobody sees. Please press send again.")
        )
        return 200
    if _asked_too_often(request):
        form.add_error(None, _("That was a lot at once. Wait a minute and press send again."))
        return 429
    return None


def _asked_too_often(request: PageRequest) -> bool:
    """Counted by the address on the internet, of which only a fingerprint is kept."""
    whence = get_adapter().get_client_ip(request)
    window = int(time.time() // WITHIN_SECONDS)
    key = f"door:{window}:{sha256(str(whence).encode()).hexdigest()}"
    cache.add(key, 0, WITHIN_SECONDS)
    return bool(cache.incr(key) > AT_MOST)


def _own_page(district: District, school: School, sent: HelpRequest) -> HttpResponse:
    return redirect("door:told", district.slug, school.slug, sent.key)


def _welcome(team: Team) -> str:
    """The team's own words where it wrote some in the reader's language."""
    own = {"en": team.welcome_en, "es": team.welcome_es}
    return own.get((get_language() or "en").partition("-")[0], "")
