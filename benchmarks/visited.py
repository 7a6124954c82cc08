"""The pages that are measured, each as the cast opens it, with many rows and with few."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from benchmarks import visitors
from benchmarks.figures import CUT, MEASURE, is_told_together
from benchmarks.referrals import few_school
from hearth.access.models import Membership, User
from hearth.demo.cast import BY_KEY, SCHOOL
from hearth.people.models import Student
from hearth.schools.acting import acting_for
from hearth.schools.models import School
from hearth.supports.models import ClassReview, Meeting, Referral

Body = Callable[[], dict[str, str]]


@dataclass(frozen=True)
class Door:
    """One address, opened by one user; with a body it is sent, and answers by leading on."""

    user: User
    path: str
    body: Body | None = None

    @property
    def answers(self) -> int:
        return 302 if self.body else 200

    def asking(self) -> visitors.Ask:
        """Makes the bytes of one question after another, all within one session."""
        client = Client()
        client.force_login(self.user)
        session = (
            f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        )
        if self.body is None:
            question = visitors.get(self.path, session)
            return lambda: question
        return lambda: self._send(session)

    def _send(self, session: str) -> bytes:
        token = secrets.token_hex(16)
        body = {**(self.body() if self.body else {}), "csrfmiddlewaretoken": token}
        cookies = f"{session}; {settings.CSRF_COOKIE_NAME}={token}"
        return visitors.post(self.path, cookies, urlencode(body))


@dataclass(frozen=True)
class Visited:
    """A page with many rows behind it, which is timed, and with few, beside which it is counted."""

    name: str
    many: Door
    few: Door


def visited_pages() -> list[Visited]:
    """The floor stands first: every other is told as a multiple of it."""
    rosa, tom = _user("rosa"), _user("tom")
    with acting_for(rosa.district_id):
        return [*_ground(rosa), *_pages(rosa, tom, *_elsewhere())]


def _ground(rosa: User) -> list[Visited]:
    door = Door(rosa, reverse("floor", args=[_student("diego").pk]))
    return [Visited("floor", door, door)]


def _pages(rosa: User, tom: User, fern: User, ivy: User) -> list[Visited]:
    """Fern and Ivy are whoever coordinates and teaches where hardly anybody has asked."""
    diego, minh_anh = _student("diego"), _student("minh_anh")
    few = Student.objects.visible_to(ivy).current().order_by("pk")[0]
    # Somebody whose page is not measured: each question that is sent makes that page longer.
    asked = Student.objects.visible_to(tom).current().exclude(pk__in=[diego.pk, minh_anh.pk])[0]
    board, ask, page = reverse("supports:board"), reverse("supports:new"), reverse("today")
    search = reverse("search")
    return [
        Visited("Today (rosa)", Door(rosa, page), Door(fern, page)),
        Visited("Today (tom)", Door(tom, page), Door(ivy, page)),
        _student_page("student page (rosa)", rosa, diego, fern, few),
        _student_page("student page (tom)", tom, minh_anh, ivy, few),
        Visited("board (rosa)", Door(rosa, board), Door(fern, board)),
        Visited("search nguyen", Door(rosa, f"{search}?q=nguyen"), Door(rosa, f"{search}?q=diego")),
        Visited("search obr", Door(rosa, f"{search}?q=obr"), Door(rosa, f"{search}?q=diego+obr")),
        Visited("referral page (rosa)", Door(rosa, _fullest(rosa)), Door(fern, _newest(fern))),
        _meeting(rosa, fern),
        Visited("class review (tom)", Door(tom, _walk(tom)), Door(ivy, _walk(ivy))),
        Visited("referral sent (tom)", _sent(ask, tom, asked), _sent(ask, ivy, few)),
        *_numbers(rosa, fern),
    ]


def _numbers(many: User, few: User) -> list[Visited]:
    """Figures are built ahead, so that a page of them reads as little as another."""
    busy, quiet = School.objects.get(source_id=SCHOOL["cottonwood"].source_id), few_school()
    named = {
        "school's picture": ("picture", ()),
        "measure page": ("measure", (MEASURE,)),
    }
    if is_told_together():
        named["together page"] = ("together", (MEASURE, CUT))
    return [
        Visited(
            f"{name} (rosa)",
            Door(many, reverse(f"insight:{address}", args=[busy.slug, *more])),
            Door(few, reverse(f"insight:{address}", args=[quiet.slug, *more])),
        )
        for name, (address, more) in named.items()
    ]


def _student_page(name: str, many: User, known: Student, few: User, new: Student) -> Visited:
    return Visited(
        name,
        Door(many, reverse("student", args=[known.pk])),
        Door(few, reverse("student", args=[new.pk])),
    )


def _meeting(many: User, few: User) -> Visited:
    """The agenda of a meeting in session."""
    session = Q(opened_at__isnull=False, closed_at=None)
    opened = [Meeting.objects.visible_to(user).get(session) for user in (many, few)]
    return Visited(
        "meeting (rosa)",
        Door(many, opened[0].get_absolute_url()),
        Door(few, opened[1].get_absolute_url()),
    )


def _walk(user: User) -> str:
    review = ClassReview.objects.visible_to(user).order_by("pk")[0]
    return reverse("supports:class_review", args=[review.pk])


def _sent(path: str, by: User, student: Student) -> Door:
    return Door(by, f"{path}?student={student.pk}", _words)


def _words() -> dict[str, str]:
    return {
        "strength": "Explains to others how things work.",
        "concern": "Comes in tired on most mornings.",
        "domain": "attendance",
        "urgency": "soon",
        "tried": "",
    }


def _fullest(user: User) -> str:
    """A referral with a long life and notes."""
    linked = Referral.objects.visible_to(user).filter(state="linked", notes__isnull=False)
    return linked.order_by("pk")[0].get_absolute_url()


def _newest(user: User) -> str:
    """A referral that has only just arrived."""
    return Referral.objects.visible_to(user).order_by("moves__went_to", "pk")[0].get_absolute_url()


def _user(key: str) -> User:
    return User.objects.get(email=BY_KEY[key].email)


def _student(key: str) -> Student:
    found: Student = Student.objects.get(person__source_id=BY_KEY[key].source_id)
    return found


def _elsewhere() -> tuple[User, User]:
    school: School = few_school()
    posts = Membership.objects.filter(school=school).order_by("pk").select_related("user")
    return posts.filter(role="coordinator")[0].user, posts.filter(role="teacher")[0].user
