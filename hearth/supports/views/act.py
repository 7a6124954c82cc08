"""Acts on a referral: small forms, in place with htmx and each a page of its own without."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearth.access.gate import PageRequest, page
from hearth.access.permissions import May
from hearth.kit.forms import KitForm
from hearth.kit.notices import tell
from hearth.supports import actions
from hearth.supports.forms import AnswerForm, NoteForm
from hearth.supports.models import ClosedBecause, HelpRequest, Referral
from hearth.supports.models.circle import students_of_team
from hearth.supports.rules import NotAllowed
from hearth.supports.views.back import came_from
from hearth.supports.views.steps import BY_KEY
from hearth.supports.views.told_how import told_how

CAUTION = gettext_lazy(
    "Whoever asked at the school's door reads it, too, on a page of their own. You do not know "
    "for sure who that is: say nothing of what stands with the student."
)
CHANGES_TIER = (ClosedBecause.GOAL_MET, ClosedBecause.STEPPED_UP)


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def step(request: PageRequest, pk: int, key: str) -> HttpResponse:
    """Take one step. A step that is not open any more says so in words."""
    if key not in BY_KEY:
        raise Http404
    chosen = BY_KEY[key]
    referral = _of_team(request, pk, chosen.verb)
    form = chosen.form(_typed(request), referral=referral)
    said = {
        "question": chosen.question,
        "explain": chosen.explain,
        "submit": chosen.button,
        "done": _("Done. It stands in the history with your name."),
        "draft": f"step-{referral.pk}-{key}",
    }
    if not chosen.is_open(referral):
        return _show(request, referral, None, {**said, "stopped": actions.not_open(referral)})
    return _act(request, referral, form, chosen.act, said)


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def answer(request: PageRequest, pk: int) -> HttpResponse:
    """Answer the person who asked."""
    referral = _of_team(request, pk, May.WORK_REFERRALS)
    at_door = list(HelpRequest.objects.joined_to(referral))
    form = AnswerForm(_typed(request), initial={"answer": referral.answer})
    said = {
        "question": _("What may %(name)s know?") % {"name": referral.referrer.name},
        "explain": _(
            "They read your answer and this sentence: “%(told)s” They see no notes and no history. "
            "An e-mail tells them that an answer is here; it names nobody."
        )
        % {"told": referral.told},
        "caution": CAUTION if at_door else "",
        "submit": _("Send the answer"),
        "done": told_how(referral, at_door, by=request.user),
        "draft": f"answer-{referral.pk}",
    }
    if at_door and referral.referrer_id == request.user.pk:  # taken up from the door by the writer
        said["question"] = _("What may whoever asked at the door know?")
        said["explain"] = _("They read your answer and this sentence: “%(told)s”") % {
            "told": at_door[0].told
        }
    return _act(request, referral, form, actions.answer_referrer, said)


@page(May.WORK_REFERRALS, methods=("GET", "POST"))
def note(request: PageRequest, pk: int) -> HttpResponse:
    """Write a note. No draft is kept of it on the device."""
    referral = _of_team(request, pk, May.WORK_REFERRALS)
    may_restrict = referral.school_id in request.user.standing.schools(May.WRITE_RESTRICTED)
    form = NoteForm(_typed(request), may_restrict=may_restrict)
    said = {
        "question": _("What should the team remember?"),
        "submit": _("Keep the note"),
        "done": _("The note is kept."),
    }
    return _act(request, referral, form, actions.write_note, said)


def _of_team(request: PageRequest, pk: int, verb: May) -> Referral:
    rows = Referral.objects.where_team_may(request.user, verb).with_people()
    found: Referral = get_object_or_404(rows, pk=pk)
    return found


def _typed(request: PageRequest) -> QueryDict | None:
    """What was sent; nothing at all when somebody only looks at the form."""
    return request.POST if request.method == "POST" else None


def _act(
    request: PageRequest,
    referral: Referral,
    form: KitForm,
    act: Callable[..., Any],
    said: dict[str, Any],
) -> HttpResponse:
    """Do it and go back to where one came from, or show the form with what is to mend."""
    if request.method == "POST" and form.is_valid():
        try:
            act(referral=referral, by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, said["done"])
            return _onward(request, referral, form)
    return _show(request, referral, form, said)


def _onward(request: PageRequest, referral: Referral, form: KitForm) -> HttpResponse:
    """Back to the meeting, or to the referral; where a goal was met or more is needed, on to the
    tiers."""
    back = came_from(request.GET)
    closed_because = form.cleaned_data.get("because")
    of_team = students_of_team(request.user).filter(pk=referral.student_id)
    if closed_because in CHANGES_TIER and of_team.exists():
        if back:
            tell(request, _("If the tier changes too, say so on the student's page."))
            return redirect(back)
        tell(request, _("If the tier changes too, say so here."))
        return redirect("supports:student_supports", referral.student_id)
    return redirect(back or referral)


def _show(
    request: PageRequest, referral: Referral, form: KitForm | None, said: dict[str, Any]
) -> HttpResponse:
    template = "supports/act.html#act" if request.htmx else "supports/act.html"  # type: ignore[attr-defined]
    words = {"referral": referral, "form": form, "came_from": came_from(request.GET)}
    return render(request, template, {**words, **said})
