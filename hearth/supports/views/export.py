"""Files taken out: what would leave, who took which, and the file itself."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from hearth.access.gate import PageRequest, looked, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.kit.once import FORM, key_of, with_a_key
from hearth.supports.actions.export import ask_for_export
from hearth.supports.forms import BoardFilter
from hearth.supports.forms.board import in_words
from hearth.supports.models import Export
from hearth.supports.reading.columns import leaving
from hearth.supports.rules.keeping import export_kept_until
from hearth.supports.tasks.taking_out import rows_for

ROWS = 25


@page(May.EXPORT_ROWS, methods=("GET", "POST"))
def new(request: PageRequest) -> HttpResponse:
    """What would leave the house, and for how long the file is kept, before anything is made."""
    key = key_of(request)
    if key is None:
        return with_a_key(request)
    wanted = BoardFilter(request.GET, user=request.user).wanted
    if request.method == "POST":
        ask_for_export(wanted=wanted, nonce=key, district_id=request.district_id, by=request.user)
        return redirect("supports:exports")
    today = timezone.localdate()
    asked = request.GET.copy()
    asked.pop(FORM, None)
    return render(
        request,
        "supports/export_new.html",
        {
            "filters": in_words(wanted, _owners([wanted])),
            "rows": rows_for(wanted, request.user).count(),
            "columns": [column.heading for column in leaving()],
            "until": export_kept_until(today),
            "back": asked.urlencode(),
        },
    )


@page(May.EXPORT_ROWS)
def exports(request: PageRequest) -> HttpResponse:
    """Who took what out, and when; a file of one's own can be fetched until its day."""
    rows = Export.objects.visible_to(request.user).defer("content").select_related("by")
    shown = Paginator(rows.order_by("-asked_at", "-pk"), ROWS).get_page(request.GET.get("page"))
    names = _owners([export.wanted for export in shown.object_list])
    template = "supports/exports.html#list" if request.htmx else "supports/exports.html"  # type: ignore[attr-defined]
    return render(
        request,
        template,
        {
            "shown": shown,
            "lines": [(export, in_words(export.wanted, names)) for export in shown.object_list],
            "waiting": any(e.standing == Export.Standing.WAITING for e in shown.object_list),
        },
    )


@page(May.EXPORT_ROWS)
def file(request: PageRequest, pk: int) -> HttpResponse:
    """The file, for the one who asked for it. That it was fetched is written down."""
    mine = Export.objects.visible_to(request.user).filter(by=request.user)
    export = get_object_or_404(mine, pk=pk, standing=Export.Standing.READY)
    looked(request, export, page="file taken out", why=f"{export.rows} rows", student_id=None)
    answer = HttpResponse(bytes(export.content or b""), content_type="text/csv; charset=utf-8")
    day = timezone.localdate(export.asked_at).isoformat()
    answer["Content-Disposition"] = f'attachment; filename="referrals-{day}.csv"'
    return answer


def _owners(wanted: list[dict[str, str]]) -> dict[int, str]:
    """The names of those owners by whom somebody filtered."""
    keys = {int(w["owner"]) for w in wanted if w.get("owner", "").isdecimal()}
    found = User.objects.filter(pk__in=keys).values_list("pk", "name") if keys else ()
    return dict(found)
