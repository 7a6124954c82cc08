"""Who is waiting, and for what; and, for whoever asked, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hearth.access.gate import PageRequest, looked, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import WrittenOnce, written_once
from hearth.supports.forms import BoardFilter
from hearth.supports.models import Referral
from hearth.supports.models.grounds import ReferralQuerySet
from hearth.supports.reading.in_one import in_one_row
from hearth.supports.reading.narrowing import narrow, unfolds
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
    wanted: Any = Keys(request.user, tuple(form.wanted.items()), today)
    # The keys first: sorting whole rows, with their people, is slow where thousands wait.
    shown: Page[Any] = Paginator(wanted, ROWS).get_page(request.GET.get("page"))
    keys = tuple(shown.object_list)
    if unfolds(form.wanted):
        looked(request, request.user, page="folded away", why=ON_PURPOSE, student_id=None)
    shown.object_list = _lines(keys, today) if keys else []
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


@dataclass(frozen=True)
class Keys:
    """Those of the wanted referrals, in order, as far as a page of them is asked for."""

    user: User
    wanted: tuple[tuple[str, str], ...]
    today: date

    def __len__(self) -> int:
        return sum(self._asked(_how_many))

    def __getitem__(self, some: slice) -> list[int]:
        return list(self._asked(_some, range(some.start, some.stop)))

    def _asked(self, written: WrittenOnce[..., int], *more: range) -> Iterable[int]:
        """What somebody typed, and whom they chose, is kept nowhere: there it is built anew."""
        chosen = dict(self.wanted)
        of_theirs = "q" in chosen or chosen.get("owner", "me") not in ("me", "nobody")
        ask = written.build if of_theirs else written
        return ask(self.user, self.wanted, self.today, *more)


def _wanted(user: User, wanted: tuple[tuple[str, str], ...], today: date) -> ReferralQuerySet:
    everything = Referral.objects.where_team_may(user, May.SEE_REFERRALS)
    return narrow(everything, dict(wanted), user, today)


@written_once
def _how_many(
    user: User, wanted: tuple[tuple[str, str], ...], today: date
) -> QuerySet[Referral, int]:
    counted = in_one_row(_wanted(user, wanted, today), n=Count("pk"))
    return counted.values_list("n", flat=True)


@written_once
def _some(
    user: User, wanted: tuple[tuple[str, str], ...], today: date, some: range
) -> QuerySet[Referral, int]:
    keys = _wanted(user, wanted, today).late_first(today).values_list("pk", flat=True)
    return keys[some.start : some.stop]


@written_once
def _lines(keys: tuple[int, ...], today: date) -> ReferralQuerySet:
    return Referral.objects.filter(pk__in=keys).late_first(today).showing(*COLUMNS)


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
