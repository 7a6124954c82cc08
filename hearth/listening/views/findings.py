"""What did we find, and is it what was said?"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page, public_page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.kit.once import key_of, with_a_key
from hearth.listening.actions import finding as actions
from hearth.listening.forms.finding import DoubtForm, FindingForm, RecommendForm
from hearth.listening.models import Finding, ListeningProject, MemberCheck
from hearth.listening.models.finding import FindingSource, NotWhatWeSaid
from hearth.listening.models.grounds import may_here
from hearth.listening.reading.coding import things
from hearth.listening.reading.conditions import names
from hearth.listening.reading.findings import doubts_of, standing, what_stands
from hearth.listening.reading.share_back import pages, signed_version
from hearth.listening.rules.hearing import number
from hearth.listening.views.unasked import TRAP, too_often
from hearth.schools.models import District

MOST = 50
# Wide, because a whole forum may read it at once, behind one address on the internet.
AT_MOST = 100


@page(May.SEE_LISTENING)
def findings(request: PageRequest, pk: int) -> HttpResponse:
    """What did we find? Strengths first; a draft is for whoever runs it, and says why it is one."""
    rows = ListeningProject.objects.visible_to(request.user).select_related("school__district")
    found = get_object_or_404(rows, pk=pk)
    runs = may_here(request.user, May.RUN_LISTENING, found.school_id)
    told, words = standing(found), names(get_language() or "en")
    check = MemberCheck.objects.filter(project=found).first()
    doubts = doubts_of(found) if runs else []
    facts: dict[str, Any] = {
        "found": found,
        "runs": runs,
        "stands": [(one, words.get(one.row.about, "")) for one in told if not one.missing],
        "drafts": [(one, words.get(one.row.about, "")) for one in told if one.missing and runs],
        "check": _address(check, found.school.district) if check and runs else "",
        "doubts": doubts[:MOST],
        "harm": any(one.harm for one in doubts),
    }
    return render(request, "listening/findings.html", facts)


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def write(request: PageRequest, pk: int, finding: int | None = None) -> HttpResponse:
    """What did we find, and on what does it rest?"""
    found = get_object_or_404(ListeningProject.objects.run_by(request.user), pk=pk)
    row = get_object_or_404(Finding, project=found, pk=finding) if finding else None
    key = key_of(request)
    if row is None and key is None and request.method == "GET":
        return with_a_key(request)
    initial = {name: getattr(row, name) for name in (*actions.TOLD, *actions.ALSO)} if row else {}
    if row:
        sources = FindingSource.objects.filter(finding=row)
        initial["sources"] = ["{}-{}".format(*one.thing) for one in sources]
    # A page that found something, such as a difference, brings its words and its sources along.
    if not row:
        initial = {name: request.GET.get(name, "") for name in ("side", "words")}
        initial["sources"] = request.GET.getlist("source")
    form = FindingForm(
        request.POST or None, school=found.school_id, things=things(found, request.user),
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        actions.write_finding(
            project=found, said=form.cleaned_data, sources=form.cleaned_data["sources"],
            by=request.user, finding=row, form=key,
        )  # fmt: skip
        tell(request, _("It is written down."))
        return redirect("listening:findings", found.pk)
    return render(request, "listening/finding_form.html", {"found": found, "form": form})


@page(May.RUN_LISTENING, methods=("GET", "POST"))
def recommend(request: PageRequest, pk: int, finding: int) -> HttpResponse:
    """What do we do about it?"""
    found = get_object_or_404(ListeningProject.objects.run_by(request.user), pk=pk)
    row = get_object_or_404(Finding, project=found, pk=finding)
    key = key_of(request)
    if key is None and request.method == "GET":
        return with_a_key(request)
    form = RecommendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.recommend(finding=row, by=request.user, form=key, **form.cleaned_data)
        tell(request, _("It is written down."))
        return redirect("listening:findings", found.pk)
    facts = {"found": found, "row": row, "form": form}
    return render(request, "listening/recommend.html", facts)


@page(May.RUN_LISTENING, methods=("POST",))
def open_check(request: PageRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ListeningProject.objects.run_by(request.user), pk=pk)
    actions.open_check(project=found, by=request.user)
    tell(request, _("The page is open. Give its address to everybody who was heard."))
    return redirect("listening:findings", found.pk)


@public_page(methods=("GET", "POST"))
def is_it_so(request: PageRequest, district: District, key: UUID) -> HttpResponse:
    """Is this what you said? For everybody who has the address; only what stands is on it."""
    check = get_object_or_404(MemberCheck.objects.select_related("project__school"), key=key)
    rows = what_stands(check.project)
    form = DoubtForm(request.POST or None, findings=[one.row for one in rows])
    status = 200
    if request.method == "POST" and form.is_valid():
        status = _refused(request, check, form)
        if not form.errors:
            actions.doubt(**form.cleaned_data)
            tell(request, _("Thank you. Whoever wrote this reads it, and it is put right."))
            return redirect("heard:check", district.slug, key)
    facts = {"project": check.project, "rows": rows, "form": form, "trap": TRAP,
             "back": pages() if signed_version(check) else [], "check": check,
             "district": district}  # fmt: skip
    return render(request, "listening/is_it_so.html", facts, status=status)


def _refused(request: PageRequest, check: MemberCheck, form: DoubtForm) -> int:
    """Says in the form why it is not taken, and with which status the form comes back."""
    if request.POST.get(TRAP):
        form.add_error(
            None, _("Something filled in a field that nobody sees. Please press send again.")
        )
        return 200
    if too_often(request, "heard", AT_MOST):
        form.add_error(None, _("That was a lot at once. Wait a minute and press send again."))
        return 429
    said = NotWhatWeSaid.objects.filter(finding__project=check.project).count()
    if said >= number("doubts", check.opened_on):
        form.add_error(None, _("This page has had very many words. Please tell the school."))
    return 200


def _address(check: MemberCheck, district: District) -> str:
    return settings.HEARTH.address + reverse("heard:check", args=[district.slug, check.key])
