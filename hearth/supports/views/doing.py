"""A small form of one act: shown, mended, done, and back to where one came from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest
from hearth.kit.forms import KitForm
from hearth.kit.notices import tell
from hearth.people.models import Student
from hearth.supports.rules import NotAllowed


@dataclass(frozen=True)
class Act:
    """One act as its page says it. `do` gets what was typed, with the names of its fields."""

    question: str
    submit: str
    back: str
    student: Student
    do: Callable[..., Any]
    explain: str = ""
    done: str = ""
    template: str = "supports/plan_act.html"
    draft: str = ""
    extra: dict[str, Any] | None = None


def typed(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def act(request: PageRequest, form: KitForm, asked: Act) -> HttpResponse:
    """Do it and go back, or show the form with what is to mend."""
    if request.method == "POST" and form.is_valid():
        try:
            asked.do(by=request.user, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            tell(request, asked.done or _("Kept."))
            return redirect(asked.back)
    return render(request, asked.template, {"form": form, "act": asked, **(asked.extra or {})})
