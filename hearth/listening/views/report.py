"""What do we tell of what we heard, who stands behind it, and what has changed since?"""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.listening.actions import report as actions
from hearth.listening.forms.report import SignForm
from hearth.listening.models import ListeningProject, Report, SignOff
from hearth.listening.models.grounds import may_here
from hearth.listening.paper.report import paper as paper_of
from hearth.listening.reading.report import LANGUAGES, may_leave, what_may_differ
from hearth.listening.reading.report_words import in_words, what_differs
from hearth.listening.reading.share_back import pages
from hearth.listening.rules.report import differences


@page(May.SEE_LISTENING)
def report(request: PageRequest, pk: int) -> HttpResponse:
    """The newest version as it was made; beside it, what is different by now."""
    rows = ListeningProject.objects.visible_to(request.user).select_related("school")
    found = get_object_or_404(rows, pk=pk)
    versions = list(_versions(request).filter(project=found).order_by("-number"))
    facts: dict[str, Any] = {
        "found": found,
        "versions": versions,
        "runs": may_here(request.user, May.RUN_LISTENING, found.school_id),
    }
    if versions:
        newest, now = versions[0], what_may_differ(found)
        signed = [one.by_id for one in newest.signed.all()]
        facts |= {
            "newest": newest,
            "told": in_words(newest, {(one["pk"], one["words"]) for one in now["quotes"]}),
            "differs": [what_differs(one) for one in differences(newest.told, now)],
            # What goes back is the newest that somebody signed, whatever was made since.
            "back_number": next((one.number for one in versions if one.signed.all()), None),
            "signs": may_here(request.user, May.SIGN_LISTENING, found.school_id)
            and request.user.pk not in signed,
        }
        facts["back"] = pages() if facts["back_number"] else []
    return render(request, "listening/report.html", facts)


@page(May.RUN_LISTENING, methods=("POST",))
def make(request: PageRequest, pk: int) -> HttpResponse:
    rows = ListeningProject.objects.run_by(request.user).select_related("school", "session")
    made, new = actions.make_report(project=get_object_or_404(rows, pk=pk), by=request.user)
    if new:
        tell(request, _("Version %(number)s is made.") % {"number": made.number})
    else:
        tell(request, _("Nothing is different: version %(number)s stands.")
             % {"number": made.number})  # fmt: skip
    return redirect("listening:report", pk)


@page(May.SIGN_LISTENING, methods=("GET", "POST"))
def sign(request: PageRequest, pk: int, number: int) -> HttpResponse:
    """Do you stand behind this version?"""
    row = get_object_or_404(_versions(request), project=pk, number=number)
    if not may_here(request.user, May.SIGN_LISTENING, row.school_id):
        raise Http404
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.sign_report(report=row, by=request.user, **form.cleaned_data)
        tell(request, _("Your name stands beside it. Thank you."))
        return redirect("listening:report", pk)
    return render(request, "listening/report_sign.html", {"row": row, "form": form})


@page(May.SEE_LISTENING)
def paper(request: PageRequest, pk: int, number: int, language: str) -> HttpResponse:
    """One version for a table, a wall or an e-mail."""
    if language not in LANGUAGES:
        raise Http404
    row = get_object_or_404(_versions(request), project=pk, number=number)
    made = paper_of(row, list(row.signed.all()), may_leave([row.project_id]), language)
    headers = {"Content-Disposition": f'inline; filename="report-{pk}-{number}-{language}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _versions(request: PageRequest) -> Any:
    signed = Prefetch("signed", SignOff.objects.order_by("pk"))
    rows = Report.objects.visible_to(request.user).select_related("project", "made_by")
    return rows.prefetch_related(signed)
