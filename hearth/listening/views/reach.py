"""Who is still to be heard?"""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.listening.actions.reach import say_reached
from hearth.listening.forms.reach import ReachForm
from hearth.listening.models import ListeningProject, Reach
from hearth.listening.models.grounds import may_here
from hearth.listening.models.reach import Group
from hearth.listening.reading.reach import reached


@page(May.SEE_LISTENING)
def missing(request: PageRequest, pk: int) -> HttpResponse:
    """Who is still to be heard? In bands, and never how many there are."""
    rows = ListeningProject.objects.visible_to(request.user).select_related("school")
    found = get_object_or_404(rows, pk=pk)
    groups = reached(found, timezone.localdate())
    runs = may_here(request.user, May.RUN_LISTENING, found.school_id)
    facts = {"found": found, "groups": groups, "runs": runs,
             "missing": [one for one in groups if one.missing]}  # fmt: skip
    return render(request, "listening/missing.html", facts)


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def say(request: PageRequest, pk: int, group: str) -> HttpResponse:
    """How many of them were heard?"""
    found = get_object_or_404(ListeningProject.objects.run_by(request.user), pk=pk)
    if group not in Group.values:
        raise Http404
    row = Reach.objects.filter(project=found, group=group).first()
    asked = ("people", "anonymous", "known", "by", "rule")
    initial = {name: getattr(row, name) for name in asked} if row else {}
    form = ReachForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        say_reached(project=found, group=group, said=form.cleaned_data, by=request.user)
        tell(request, _("It is written down."))
        return redirect("listening:missing", found.pk)
    facts = {"found": found, "form": form, "name": Group(group).label}
    return render(request, "listening/reach_form.html", facts)
