"""Who pays for what, one source, one service or position, and what ends with a grant."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.sheets import as_csv
from hearth.partners.actions.funding import may_keep_for
from hearth.partners.models import Funded
from hearth.partners.paper.cliff import cliff as drawn
from hearth.partners.paper.cliff import counted
from hearth.partners.reading.funding import Braid


@page(May.KEEP_FUNDING)
def braid(request: PageRequest) -> HttpResponse:
    """Who pays for what? Services and positions beside the sources that bear them."""
    found = Braid(request.user, timezone.localdate())
    return render(
        request,
        "partners/braid.html",
        {
            "columns": found.columns(), "lines": found.lines(),
            "others": [one for one in found.sources.values() if one not in found.columns()],
            "ends": found.cliff()[:1],
        },
    )  # fmt: skip


@page(May.KEEP_FUNDING)
def cliff(request: PageRequest) -> HttpResponse:
    """What ends when a grant ends?"""
    found = Braid(request.user, timezone.localdate())
    ends = found.cliff()
    lines = [(one, counted(one)) for one in ends]
    return render(
        request,
        "partners/cliff.html",
        {"lines": lines, "chart": drawn(ends, found.steps()), "any": bool(found.funded)},
    )


@page(May.KEEP_FUNDING)
def as_file(request: PageRequest) -> HttpResponse:
    """The braid of today for a spreadsheet: a row to each share. No student is in it."""
    found = Braid(request.user, timezone.localdate())
    columns = found.columns()
    headings = [
        _("what"), _("kind"), _("school"), _("source"), _("percent"), _("source ends"),
        _("cost a year"),
    ]  # fmt: skip
    rows = [
        (
            line.funded.name,
            _("service") if line.funded.is_service else _("position"),
            line.funded.school.name if line.funded.school else _("all schools"),
            source.name, part, source.ends, line.cost,
        )
        for line in found.lines()
        for source, (_name, part) in zip(columns, line.named, strict=True)
        if part is not None
    ]  # fmt: skip
    content, _count = as_csv(headings, rows)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="funding.csv"'
    return answer


@page(May.KEEP_FUNDING)
def source(request: PageRequest, pk: int) -> HttpResponse:
    """What may this money pay for, what does it pay for now, and what ends with it?"""
    today = timezone.localdate()
    found = Braid(request.user, today)
    one = found.sources.get(pk)
    if one is None:
        raise Http404
    bears = [
        (line.funded, part)
        for line in found.lines()
        for name, part in line.named
        if part and name == one.name
    ]
    return render(
        request,
        "partners/funding.html",
        {
            "source": one, "bears": bears,
            "rules": [
                (rule, rule.starts <= today and (rule.ends is None or rule.ends >= today))
                for rule in one.rules.select_related("said_by")
            ],
            "ends": [each for each in found.cliff() if each.source == one],
        },
    )  # fmt: skip


@page(May.KEEP_FUNDING)
def funded(request: PageRequest, pk: int) -> HttpResponse:
    """Who pays for this, since when, and what was before?"""
    rows = Funded.objects.visible_to(request.user).select_related("service__organization", "school")
    one: Funded = get_object_or_404(rows, pk=pk)
    found = Braid(request.user, timezone.localdate(), only=[one.pk])
    splits = [
        (split, [(found.sources[s.funding_id], s.percent) for s in split.shares.all()])
        for split in reversed(found.splits.get(one.pk, []))
    ]
    return render(
        request,
        "partners/funded.html",
        {
            "funded": one, "splits": splits, "ends": found.cliff(),
            "may_keep": may_keep_for(request.user, one.school_id),
        },
    )  # fmt: skip
