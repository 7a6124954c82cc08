"""Every student, every year: the classes, the walk through one of them, one student at a time."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hearth.access.gate import PageRequest, page
from hearth.access.models import User
from hearth.access.permissions import May
from hearth.access.written import written_once
from hearth.kit.notices import tell
from hearth.people.models import Section, Student
from hearth.people.models.team import own_children
from hearth.schools.models import School
from hearth.supports.actions import review as actions
from hearth.supports.forms.review import StudentReviewForm
from hearth.supports.models import ClassReview, Referral, StudentReview
from hearth.supports.models.review import reviewable_by, taught_by
from hearth.supports.reading import coverage
from hearth.supports.rules import NotAllowed
from hearth.supports.rules.review import Walk, school_year, year_in_words
from hearth.supports.views.looking import look_noted

ROWS = 25


@page(May.REVIEW_CLASS)
def reviews(request: PageRequest) -> HttpResponse:
    """Which classes have been walked this year, mine first; for the team, the whole school."""
    user, year = request.user, school_year(timezone.localdate())
    sections = coverage.with_coverage(reviewable_by(user), year).order_by("title", "pk")
    mine = list(sections.filter(taught_by(user)))
    schools = list(School.objects.filter(pk__in=user.standing.schools(May.REVIEW_CLASS)))
    others = sections.exclude(taught_by(user)) if schools else sections.none()
    shown = Paginator(others, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "supports/review_classes.html",
        {
            "mine": mine,
            "shown": shown,
            "schools": [(school, coverage.of_school(school, year)) for school in schools],
            "year": year_in_words(year),
        },
    )


@page(May.REVIEW_CLASS, methods=("POST",))
def begin(request: PageRequest, section: int) -> HttpResponse:
    """Begin with a class, or go on where somebody left off."""
    chosen = get_object_or_404(reviewable_by(request.user), pk=section)
    return redirect("supports:class_review", actions.begin(section=chosen, by=request.user).pk)


@page(May.REVIEW_CLASS)
def class_review(request: PageRequest, pk: int) -> HttpResponse:
    """The whole class: who has been seen, and who is still to come."""
    room = _room(request, pk)
    look_noted(request, room.review, room.reasons, page="class review", student_id=None)
    return render(
        request,
        "supports/review_class.html",
        {
            "review": room.review,
            "reasons": room.reasons,
            "walk": room.walk,
            "next": next(iter(room.walk.left), None),
            "students": [(each, room.said.get(key)) for key, each in room.students.items()],
            "year": year_in_words(room.review.year),
        },
    )


@page(May.REVIEW_CLASS, methods=("GET", "POST"))
def student(request: PageRequest, pk: int, student: int) -> HttpResponse:
    """One student: what goes well comes first."""
    room = _room(request, pk)
    if student not in room.students:
        raise Http404
    form = _form(request, room.said.get(student))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.say(
                review=room.review,
                student=room.students[student],
                by=request.user,
                **form.cleaned_data,
            )
        except actions.WrittenMeanwhile as no:
            form = _once_more(form, room.said.get(student), str(no))
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            return _onward(room, row)
    return _one(request, room, room.students[student], form)


@page(May.REVIEW_CLASS, methods=("POST",))
def finish(request: PageRequest, pk: int) -> HttpResponse:
    """Everybody has been seen."""
    review = get_object_or_404(ClassReview.objects.visible_to(request.user), pk=pk)
    try:
        actions.finish(review=review, by=request.user)
    except NotAllowed as no:
        tell(request, str(no), tone="attention")
    else:
        tell(request, _("Thank you. Everybody in this class has been seen this year."))
    return redirect("supports:class_review", review.pk)


@dataclass(frozen=True)
class Room:
    """A class as one reader walks it: the students of whom they may speak, and what was said."""

    review: ClassReview
    reasons: list[Promise]
    students: dict[int, Student]
    said: dict[int, StudentReview]

    @property
    def walk(self) -> Walk:
        return Walk(tuple(self.students), frozenset(self.said))


def _room(request: PageRequest, pk: int) -> Room:
    """Of one's own child one speaks only as the teacher of the class, never as one of the team."""
    user = request.user
    found = _review(pk, user)
    if not found:
        raise Http404
    review = found[0]
    grounds = ClassReview.objects.all().footing_of(review)
    teaches = any(ground.key == "teacher" for ground in grounds)
    return Room(
        review,
        [ground.reason for ground in grounds],
        {each.pk: each for each in _here(review.section_id, user, teaches)},
        {row.student_id: row for row in _said(review.pk, user)},
    )


@written_once
def _review(pk: int, user: User) -> QuerySet[ClassReview]:
    rows: QuerySet[ClassReview] = ClassReview.objects.visible_to(user).with_footing(user)
    return rows.select_related("section", "school").filter(pk=pk)


@written_once
def _here(section: int, user: User, teaches: bool) -> QuerySet[Student]:
    here = Student.objects.visible_to(user).current().in_section(Section(pk=section)).with_people()
    return here if teaches else here.exclude(pk__in=own_children(user))


@written_once
def _said(review: int, user: User) -> QuerySet[StudentReview]:
    said = StudentReview.objects.visible_to(user).filter(review=review)
    rows: QuerySet[StudentReview] = said.select_related("by")
    return rows


def _form(request: PageRequest, row: StudentReview | None) -> StudentReviewForm:
    if request.method == "POST":
        return StudentReviewForm(request.POST)
    names = ("strength", "trusted_adult", "thought", "next")
    said = {name: getattr(row, name) for name in names} if row else {}
    return StudentReviewForm(initial={**said, "as_of": actions.version(row)})


def _once_more(form: StudentReviewForm, row: StudentReview | None, no: str) -> StudentReviewForm:
    """What was typed stays; sent once more, it is kept in place of what stands there now."""
    again = StudentReviewForm({**form.data.dict(), "as_of": actions.version(row)})  # type: ignore[attr-defined]  # a QueryDict
    again.add_error(None, no)
    return again


def _onward(room: Room, row: StudentReview) -> HttpResponse:
    """To the form for asking, where that is next; else to the next student; else to the class."""
    if row.next == StudentReview.Next.ASK and row.referral_id is None:
        asked = {"student": row.student_id, "review": row.pk}
        return redirect(f"{reverse('supports:new')}?{urlencode(asked)}")
    following = room.walk.next_after(row.student_id)
    if following:
        return redirect("supports:review_student", room.review.pk, following)
    return redirect("supports:class_review", room.review.pk)


def _one(
    request: PageRequest, room: Room, student: Student, form: StudentReviewForm
) -> HttpResponse:
    walk = room.walk
    look_noted(request, room.review, room.reasons, page="class review", student_id=student.pk)
    already = Referral.objects.visible_to(request.user).open().filter(student=student)
    return render(
        request,
        "supports/review_student.html",
        {
            "review": room.review,
            "reasons": room.reasons,
            "student": student,
            "row": room.said.get(student.pk),
            "form": form,
            "walk": walk,
            "place": walk.roster.index(student.pk) + 1,
            "skip_to": walk.next_after(student.pk),
            "back_to": walk.before(student.pk),
            "already": already.order_by("-asked_at")[:3],
        },
    )
