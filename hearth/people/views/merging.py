"""Two entries, one person: find them, compare them, bring them together, take it back."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, looked, page
from hearth.access.permissions import May
from hearth.kit.notices import tell
from hearth.people import actions, duplicates
from hearth.people.duplicates import Pair
from hearth.people.forms import MergeForm
from hearth.people.models import Merge, PartnerWorker, Person, SectionMember, TwoPeople
from hearth.people.rules import NotAllowed

PAIRS_PER_PAGE = 25
MERGES_PER_PAGE = 50


@dataclass(frozen=True)
class Compared:
    """One fact about both, and whether they agree."""

    label: str
    one: Any
    other: Any

    @property
    def differs(self) -> bool:
        return bool(self.one != self.other)


@page(May.MERGE_PEOPLE)
def possible(request: PageRequest) -> HttpResponse:
    """Which entries may be one person?"""
    listed = Paginator(duplicates.pairs(), PAIRS_PER_PAGE).get_page(request.GET.get("page"))
    found: list[Pair] = list(listed.object_list)
    people = duplicates.people_in(found)
    return render(
        request,
        "people/duplicates.html",
        {
            "page": listed,
            "pairs": [(pair, people[pair.one], people[pair.other]) for pair in found],
            "at_most": duplicates.AT_MOST,
        },
    )


@page(May.MERGE_PEOPLE, methods=("GET", "POST"))
def compare(request: PageRequest, one: int, other: int) -> HttpResponse:
    """Is this one person? Both entries side by side; the reader says which stays."""
    first, second = comparable(request, one), comparable(request, other)
    form = MergeForm(request.POST or None, one=first, other=second)
    if request.method == "POST" and form.is_valid():
        kept, absorbed = form.chosen
        try:
            merged = actions.merge(kept=kept, absorbed=absorbed, by=request.user)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            undo = reverse("people:undo_merge", args=[merged.pk])
            tell(request, _("They are one person now."), undo=undo)
            return redirect("people:merges")
    for person in (first, second):
        reason = "May bring entries together"
        looked(request, person, page="compare", why=reason, student_id=_student_key(person))
    return render(
        request,
        "people/compare.html",
        {"one": first, "other": second, "form": form, "facts": _compared(first, second)},
    )


@page(May.MERGE_PEOPLE)
def merges(request: PageRequest) -> HttpResponse:
    """What was brought together or kept apart, by whom, and how to take it back?"""
    done = Merge.objects.select_related("kept", "absorbed", "by", "undone_by").order_by(
        "-at", "-pk"
    )
    listed = Paginator(done, MERGES_PER_PAGE).get_page(request.GET.get("page"))
    two = TwoPeople.objects.filter(undone_at=None).select_related("one", "other", "by")
    kept = Paginator(two.order_by("-at", "-pk"), MERGES_PER_PAGE).get_page(request.GET.get("two"))
    return render(request, "people/merges.html", {"page": listed, "two": kept})


@page(May.MERGE_PEOPLE, methods=("POST",))
def undo_merge(request: PageRequest, pk: int) -> HttpResponse:
    """They were two after all."""
    merged = get_object_or_404(Merge.objects.select_related("kept", "absorbed"), pk=pk)
    try:
        actions.unmerge(merge=merged, by=request.user)
    except NotAllowed as refused:
        tell(request, str(refused), tone="attention")
    else:
        tell(request, _("They are two people again; everything is back where it was."))
    return redirect("people:merges")


def comparable(request: PageRequest, pk: int) -> Person:
    """Somebody whom this reader may compare with others."""
    people = Person.objects.mergeable_by(request.user)
    return get_object_or_404(
        people.select_related("student__school", "guardian", "staff", "user"), pk=pk
    )


def _student_key(person: Person) -> int | None:
    return person.pk if hasattr(person, "student") else None


def _compared(one: Person, other: Person) -> list[Compared]:
    """What helps to decide; race, ethnicity and gender do not, and are not shown."""
    sides = (_facts(one), _facts(other))
    return [Compared(label, sides[0][label], sides[1][label]) for label in sides[0]]


def _facts(person: Person) -> dict[str, Any]:
    student = getattr(person, "student", None)
    sections = SectionMember.objects.filter(person=person, gone_on=None).select_related("section")
    return {
        _("Given name"): person.given_name,
        _("Middle name"): person.middle_name,
        _("Family name"): person.family_name,
        _("Preferred name"): person.preferred_name,
        _("Birth date"): person.birth_date,
        _("E-mail"): person.email,
        _("Phone"): person.phone,
        _("Is here as"): ", ".join(str(word) for word in _roles(person)),
        _("Student number"): student.local_id if student else "",
        _("School"): student.school.name if student else "",
        _("Grade"): student.grade_in_words if student else "",
        _("Classes"): ", ".join(sorted(member.section.title for member in sections)),
        _("Number in the roster file"): person.source_id,
        _("Can sign in"): _("yes") if person.user_id else _("no"),
    }


def _roles(person: Person) -> list[str]:
    words = {"student": _("student"), "guardian": _("parent or guardian"), "staff": _("staff")}
    work = PartnerWorker.objects.current().filter(person=person).order_by("organization")
    partner = [
        _("partner worker, %(organization)s") % {"organization": organization}
        for organization in work.values_list("organization", flat=True)
    ]
    return [word for role, word in words.items() if hasattr(person, role)] + partner
