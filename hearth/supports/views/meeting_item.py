"""One thing at a time, large enough for the whole table: a student, or a part of every meeting."""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.kit.sent import number_sent
from hearth.schools.models import Calendar
from hearth.supports.actions import meeting as actions
from hearth.supports.forms.meeting import DecideForm
from hearth.supports.models import AgendaItem, Decision, HelpRequest, Meeting, Referral, State
from hearth.supports.reading import agenda
from hearth.supports.reading.in_one import with_related
from hearth.supports.reading.whole_school import in_words
from hearth.supports.rules import NotAllowed
from hearth.supports.views.looking import look_noted
from hearth.supports.views.meeting import all_of_team, next_of
from hearth.supports.views.naming import Naming, are_hidden
from hearth.supports.views.steps import open_steps
from hearth.supports.views.table import Row, decided, lines

# What was asked at the door and joined to the referral: the team of the school reads both.
ASKED_TOO = ArraySubquery(
    HelpRequest.objects.filter(referral=OuterRef("pk"))
    .exclude(nonce=OuterRef("nonce"))
    .order_by("asked_at", "pk")
    .values("concern")
)
SIX_DAYS = timedelta(days=6)
_MADE = _("Decided. It stands below with its name and day.")
# The same form sent once more, by Back or a reload, brings nothing back.
_AGAIN = _("This was taken back. To decide it after all, write it once more.")


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def item(request: PageRequest, pk: int, item: int) -> HttpResponse:
    """Strengths first, then what is hard, then what we do. A decision is written in place."""
    meeting = _with_items(request, pk)
    if meeting.closed_at or not meeting.opened_at:
        return redirect(meeting)
    found, referral = _chosen(request, meeting, item)
    if found.part == AgendaItem.Part.READ_BACK:
        return redirect("supports:meeting_read_back", meeting.pk)
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        meeting=meeting, referral=referral, initial=_proposed(meeting, referral),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and key:
        try:
            made = actions.decide(item=found, nonce=key, by=request.user, **form.cleaned_data)
            actions.keep_seconds(item=found, seconds=_elapsed(request.POST), by=request.user)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, str(_AGAIN if made.withdrawn_at else _MADE))
            return redirect("supports:meeting_item", meeting.pk, found.pk)
    return render(
        request, "supports/meeting_item.html", _page(request, meeting, found, referral, form)
    )


@page(May.WORK_REFERRALS, methods=("POST",))
def leave(request: PageRequest, pk: int, item: int) -> HttpResponse:
    """Done with this one, or not today; then the next one that waits."""
    meeting = _with_items(request, pk)
    found, _referral = _chosen(request, meeting, item)
    act = actions.carry if request.POST.get("do") == "carry" else actions.take_item
    try:
        act(item=found, seconds=_elapsed(request.POST), by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
        return redirect(meeting)
    rows = lines(agenda.seen(meeting.items.all(), meeting, request.user), hidden=True)
    following = _after(rows, found)
    return redirect(following.url if following else meeting.get_absolute_url())


def _with_items(request: PageRequest, pk: int) -> Meeting:
    found = with_related(all_of_team(request.user, May.WORK_REFERRALS).filter(pk=pk), "items")
    if not found:
        raise Http404
    meeting: Meeting = found[0]
    return meeting


def _after(rows: list[Row], left: AgendaItem) -> Row | None:
    """The next one down the page that waits; at the end, whatever was passed over."""
    below = [row for row in rows if row.item.place > left.place]
    return next_of(below) or next_of(rows)


def _chosen(request: PageRequest, meeting: Meeting, pk: int) -> tuple[AgendaItem, Referral | None]:
    """The item, and its referral if there is one; what the reader may not hear of is not there."""
    found = next((one for one in meeting.items.all() if one.pk == pk), None)
    if found is None:
        raise Http404
    if found.referral_id is None:
        return found, None
    rows = Referral.objects.visible_to(request.user).with_footing(request.user).with_people()
    rows = rows.annotate(asked_too=ASKED_TOO)
    referral = rows.filter(pk=found.referral_id).first()
    if referral is None:
        raise Http404
    return found, referral


def _page(
    request: PageRequest, meeting: Meeting, found: AgendaItem, referral: Referral | None,
    form: DecideForm,
) -> dict[str, Any]:  # fmt: skip
    items, hidden = list(meeting.items.all()), are_hidden(request, meeting)
    place = next(n for n, item in enumerate(items) if item.pk == found.pk)
    naming = _naming(request, items, hidden=hidden)
    known = agenda.decisions_of(referral, request.user) if referral else _decisions(found)
    here = [one for one in reversed(known) if one.item_id == found.pk]
    said = {
        "meeting": meeting,
        "hidden": hidden,
        "number": place + 1,
        "all": len(items),
        "minutes": agenda.minutes_for(items, meeting)[place],
        "words": in_words(found),
        "name": naming.called(referral) if referral else "",
        "item": found,
        "referral": referral,
        "form": form,
        "began": int(time.time()),
        "spent": f"{found.seconds // 60}:{found.seconds % 60:02d}",
        "decisions": decided(here, naming),
    }
    if referral is None:
        return said
    earlier = [one for one in known if one.item_id != found.pk and not one.withdrawn_at]
    before = [one for one in earlier if not one.is_folded(timezone.localdate())]
    return said | _talk(request, referral, naming) | {"before": decided(before, naming)}


def _naming(request: PageRequest, items: list[AgendaItem], *, hidden: bool) -> Naming:
    """Of all who are on the agenda, but only where their names are to be put away."""
    keys = [item.referral_id for item in items if item.referral_id] if hidden else []
    rows = Referral.objects.visible_to(request.user).filter(pk__in=keys)
    return Naming(rows.select_related("student__person") if hidden else [], hidden=hidden)


def _decisions(found: AgendaItem) -> list[Decision]:
    rows = found.decisions.select_related("owner", "meeting", "withdrawn_by")
    return list(rows.order_by("-decided_at", "-pk"))


def _talk(request: PageRequest, referral: Referral, naming: Naming) -> dict[str, Any]:
    """What the table needs to know of one student, in the words that may be projected."""
    moves = referral.moves.order_by("-at", "-pk")[:5]
    reasons = [ground.reason for ground in Referral.objects.all().footing_of(referral)]
    look_noted(request, referral, reasons, page="meeting", student_id=referral.student_id)
    return {
        "reasons": reasons,
        "strength": naming.said(referral.strength),
        "loves": naming.said(referral.student.strengths),
        "concern": naming.said(referral.concern),
        "tried": naming.said(referral.tried),
        "service": naming.said(referral.service),
        "steps": [] if referral.state == State.SAFETY else open_steps(referral, request.user),
        "also": [naming.said(words) for words in referral.asked_too],  # type: ignore[attr-defined]
        "moves": [(move, naming.said(move.why)) for move in moves],
    }


def _proposed(meeting: Meeting, referral: Referral | None) -> dict[str, Any]:
    """Before anything is typed: whoever looks after it, by a week from now."""
    due_on = Calendar().after(max(meeting.on, timezone.localdate()) + SIX_DAYS, 1)
    owner = referral.owner_id if referral else None
    return {"due_on": due_on, "owner": owner, "takes_over": owner is None}


def _elapsed(said: Mapping[str, str]) -> int:
    """Seconds since the page was drawn: the server's own clock, so that no script is needed."""
    began = number_sent(said.get("began", ""))
    return max(0, int(time.time()) - began) if began is not None else 0
