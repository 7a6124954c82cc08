"""Where do we see it differently?"""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.chart import Chart
from hearth.kit.dots import Dot, dots
from hearth.listening.actions.surveyed import take
from hearth.listening.models import ListeningProject
from hearth.listening.models.grounds import may_here
from hearth.listening.reading.gap import Gap, gaps
from hearth.listening.rules import dated


@page(May.SEE_LISTENING, methods=("GET", "POST"))
def gap(request: PageRequest, pk: int) -> HttpResponse:
    """Where do we see it differently? The same asked of several, side by side, widest first."""
    rows = ListeningProject.objects.visible_to(request.user).select_related("school")
    found = get_object_or_404(rows, pk=pk)
    today = timezone.localdate()
    told = gaps(found, (get_language() or "en")[:2], today)
    if request.method == "POST":
        return _to_finding(request, found, told)
    facts = {
        "found": found,
        "gaps": told,
        "chart": picture(told, today),
        "too_many": any(side.too_many for one in told for side in one.sides),
        "least": dated.number("least", today),
        "runs": may_here(request.user, May.RUN_LISTENING, found.school_id),
    }
    return render(request, "listening/gap.html", facts)


def picture(told: list[Gap], today: date) -> Chart | None:
    """Drawn of what is told; its table has the rest of the words too."""
    drawn = [
        Dot(one.title, side.name, side.seen.percent)
        for one in told for side in one.sides if side.seen
    ]  # fmt: skip
    if not drawn:
        return None
    names = list(dict.fromkeys(side.name for one in told for side in one.sides))
    clear = [one for one in told if one.found and one.found.clear]
    return dots(
        drawn,
        names=names,
        title=_("How many see it so"),
        description=f"{clear[0].title}: {clear[0].sentence}"
        if clear
        else _("No clear difference."),
        headings=[_("What several were asked"), *names],
        rows=[[one.title, *_cells(one, names)] for one in told],
        note=_(
            "Each mark is one audience: how many of a hundred chose an answer above the middle."
        ),
    )


def _cells(one: Gap, names: list[str]) -> list[str]:
    told = {side.name: side.told for side in one.sides}
    return [told.get(name, "–") for name in names]


def _to_finding(request: PageRequest, found: ListeningProject, told: list[Gap]) -> HttpResponse:
    """The page of a new finding in these words, resting on what each survey told; only `take`, and
    so only whoever runs the listening, makes a source of it."""
    one = next((one for one in told if one.key == request.POST.get("key") and one.seen), None)
    if one is None:
        raise Http404
    sides = [(side, side.survey) for side in one.sides if side.seen and side.survey]
    taken = [take(survey=survey, question=side.question, by=request.user) for side, survey in sides]
    said = ", ".join(f"{side.name}: {side.told}" for side, _survey in sides)
    words = [("side", "opportunity"), ("words", f"{one.title}. {one.sentence} {said}."),
             *(("source", f"surveyed-{row.pk}") for row in taken)]  # fmt: skip
    return redirect(f"{reverse('listening:new_finding', args=[found.pk])}?{urlencode(words)}")
