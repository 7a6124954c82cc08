"""Who is waiting, and for what; and, for whoever asked, what became of it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.supports.forms import BoardFilter
from hearth.supports.models import Referral
from hearth.supports.reading.narrowing import unfolds
from hearth.supports.views.beside import beside
from hearth.supports.waits.safety import open_calls

ROWS = 25
ON_PURPOSE = "Unfolded on purpose."
COLUMNS = (
    "owner__name", "adult", "state", "domain", "urgency", "asked_at", "next_on", "since",
)  # fmt: skip


@page(May.SEE_REFERRALS)
def board(request: PageRequest) -> HttpResponse:
    """The team's referrals by state; what is past its day stands first."""
    today = timezone.localdate()
    form = BoardFilter(request.GET, user=request.user)
    everything = Referral.objects.where_team_may(request.user, May.SEE_REFERRALS)
    wanted = form.narrow(everything, today).late_first(today)
    # The keys first: sorting whole rows, with their people, is slow where thousands wait.
    shown = Paginator(wanted.values_list("pk", flat=True), ROWS).get_page(request.GET.get("page"))
    keys = list(shown.object_list)
    if unfolds(form.wanted):
        looked(request, request.user, page="folded away", why=ON_PURPOSE, student_id=None)
    shown.object_list = Referral.objects.filter(pk__in=keys).late_first(today).showing(*COLUMNS)
    return render(
        request,
        "supports/board.html",
        {
            "form": form,
            "shown": shown,
            "today": today,
            "filtered": any(form.cleaned_data.values()),
            "may_export": request.user.may(May.EXPORT_ROWS),
            "calls": open_calls(request.user),
            "beside": beside(request.user),
        },
    )


@page(May.ASK_FOR_SUPPORT)
def mine(request: PageRequest) -> HttpResponse:
    """What I asked, and what I heard back; an answer not yet read stands first."""
    asked = Referral.objects.asked_by(request.user).unread_first().with_people()
    unfold = "folded" in request.GET
    if unfold:
        looked(request, request.user, page="folded away", why=ON_PURPOSE, student_id=None)
    else:
        asked = asked.not_folded(timezone.localdate())
    shown = Paginator(asked, ROWS).get_page(request.GET.get("page"))
    said = {"shown": shown, "unfold": unfold, "beside": beside(request.user)}
    return render(request, "supports/mine.html", said)
