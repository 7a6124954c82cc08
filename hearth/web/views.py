"""Pages that bring several rooms together."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.gallery import gallery as kit_gallery
from hearth.partners.front.today import asked_of, waiting_for_worker, waiting_with_partners
from hearth.supports.front.today import Waiting, waiting_on
from hearth.supports.waits.safety import open_calls
from hearth.web.day import own_family, sections
from hearth.web.health import check


@page(May.SIGN_IN)
def today(request: PageRequest) -> HttpResponse:
    """What waits for me, with its clocks; for a family, their children."""
    user, day = request.user, timezone.localdate()
    may_ask = user.may(May.ASK_FOR_SUPPORT)
    has_own = user.may(May.SEE_OWN_CHILD) or user.may(May.SEE_OWN_SELF)
    waiting = waiting_on(user, day) if may_ask else Waiting()
    return render(
        request,
        "web/today.html",
        {
            "today": day,
            "may_ask": may_ask,
            "reads_framework": user.may(May.SEE_FRAMEWORK),
            "runs_listening": user.may(May.RUN_LISTENING),
            "sees_board": user.may(May.SEE_REFERRALS),
            "waiting": waiting,
            "sections": sections(waiting),
            "calls": open_calls(user),
            "partners": waiting_with_partners(user, day),
            "is_partner": user.may(May.ANSWER_AS_PARTNER),
            "sent_to_me": waiting_for_worker(user),
            "asked_of_me": asked_of(user) if user.may(May.SEE_OWN_CHILD) else [],
            "children": own_family(user) if has_own else [],
        },
    )


@page(May.SEE_GALLERY)
def gallery(request: PageRequest) -> HttpResponse:
    return kit_gallery(request)


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """For a monitor: whether all is well, and nothing that helps an attacker."""
    well = all(finding.well for finding in check())
    return JsonResponse({"status": "well" if well else "not well"}, status=200 if well else 503)


@page(May.SEE_HEALTH)
def operations(request: PageRequest) -> HttpResponse:
    """For the district's own operators: each thing that Hearth needs, in words."""
    return render(request, "web/operations.html", {"findings": check()})
