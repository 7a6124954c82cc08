"""What we sort by: the conditions of the district, and the phase of each strategy."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.framework.elements import elements, load
from hearth.kit.notices import tell
from hearth.listening.actions import condition as actions
from hearth.listening.actions.phase import decide_phase
from hearth.listening.forms.condition import ConditionsForm, PhaseForm
from hearth.listening.models import ListeningProject
from hearth.listening.models.condition import Condition
from hearth.listening.models.grounds import may_here
from hearth.listening.models.phase import StrategyPhase
from hearth.listening.reading.conditions import Named, family, groups, own_or_default


@page(May.SEE_LISTENING)
def conditions(request: PageRequest) -> HttpResponse:
    """What does learner-centered work rest on here?"""
    language = get_language() or "en"
    _rows, own = own_or_default(language)
    facts = {"groups": groups(language), "own": own, "sets": actions.may_set(request.user)}
    return render(request, "listening/conditions.html", facts)


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def set_conditions(request: PageRequest) -> HttpResponse:
    """Which are ours?"""
    if not actions.may_set(request.user):
        raise Http404
    rows = list(Condition.objects.in_use())
    standing = {
        "english": "\n".join(one.words_en for one in rows),
        "spanish": "\n".join(one.words_es for one in rows),
    }
    form = ConditionsForm(request.POST or None, initial=standing)
    if request.method == "POST" and form.is_valid():
        actions.set_conditions(lines=form.cleaned_data["lines"], by=request.user)
        tell(request, _("It is written down."))
        return redirect("listening:conditions")
    return render(request, "listening/conditions_form.html", {"form": form})


@page(May.SEE_LISTENING)
def strategies(request: PageRequest, pk: int) -> HttpResponse:
    """Where are we with each of the five strategies?"""
    found = _project(request, pk)
    language = get_language() or "en"
    decided = {
        row.strategy: row
        for row in StrategyPhase.objects.visible_to(request.user).filter(
            school=found.school_id, session=found.session_id
        )
    }
    words = load().elements
    rows = [
        {
            "one": one,
            "slug": one.key.removeprefix("strategy."),
            "at": decided.get(one.key),
            "phase": words[decided[one.key].phase].name.said_in(language)
            if one.key in decided
            else "",
            "by": [
                words[key].name.said_in(language)
                for key in (decided[one.key].artifacts if one.key in decided else [])
                if key in words
            ],
        }
        for one in family("strategies", language)
    ]
    runs = may_here(request.user, May.RUN_LISTENING, found.school_id)
    return render(
        request, "listening/strategies.html", {"found": found, "rows": rows, "runs": runs}
    )


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def decide(request: PageRequest, pk: int, strategy: str) -> HttpResponse:
    """Where are we with this strategy, and who says so?"""
    found = get_object_or_404(ListeningProject.objects.run_by(request.user), pk=pk)
    one = load().elements.get(f"strategy.{strategy}")
    if one is None:
        raise Http404
    language = get_language() or "en"
    offered = [
        Named(each.key, each.name.said_in(language))
        for each in elements("artifacts")
        if each.belongs_to == one.key
    ]
    standing = StrategyPhase.objects.filter(
        school=found.school_id, session=found.session_id, strategy=one.key
    ).first()
    asked = ("phase", "artifacts", "also", "decided_by", "decided_on")
    form = PhaseForm(
        request.POST or None, artifacts=offered,
        explain={each.key: each.plain for each in family("phases", language)},
        initial={name: getattr(standing, name) for name in asked} if standing else {},
    )  # fmt: skip
    if request.method == "POST" and found.session_id and form.is_valid():
        decide_phase(project=found, strategy=one.key, said=form.cleaned_data, by=request.user)
        tell(request, _("It is written down."))
        return redirect("listening:strategies", found.pk)
    facts = {"found": found, "form": form, "name": one.name.said_in(language),
             "plain": one.plain.said_in(language) if one.plain else ""}  # fmt: skip
    return render(request, "listening/strategy.html", facts)


def _project(request: PageRequest, pk: int) -> ListeningProject:
    rows = ListeningProject.objects.visible_to(request.user).select_related("school", "session")
    found: ListeningProject = get_object_or_404(rows, pk=pk)
    return found
