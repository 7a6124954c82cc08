"""The student page: strengths and people first, then what is in place, and who can see all this."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from hearth.access.gate import PageRequest, looked, page
from hearth.access.models import Membership, User
from hearth.access.permissions import May
from hearth.access.roles import ROLES
from hearth.access.visible import Ground, Watcher, people_who_may_see
from hearth.access.written import written_once
from hearth.audit.models import Look
from hearth.partners.front.at_home import WITHOUT_AN_ACCOUNT, WithPartners, with_partners
from hearth.people.around import family_of, teachers_of
from hearth.people.models import Guardianship, Identity, Person, Student
from hearth.people.models.grounds import BY_POST, StudentQuerySet
from hearth.people.models.person import names
from hearth.people.words import GENDERS, RACES
from hearth.records.around import DaysAtSchool, days_at_school, days_beside, in_words
from hearth.schools.models import School
from hearth.supports.front import around_plan
from hearth.supports.front.shared import shared_about
from hearth.supports.front.today import for_student
from hearth.web.timeline import what_happened

# The grounds of a student once more, as somebody else reads them: nearest to the student first.
FOOTINGS = {
    "self": _("The student"),
    "child": _("Family who may see school records"),
    "class": _("Teach this student"),
    "school": _("Their role covers every student of this school"),
    "district": _("Their role covers every school of the district"),
}
LOOKS_SHOWN = 50
LOOKS_DAYS = 90
LOOKS_READ = 1000


@dataclass
class Looked:
    """Somebody who looked: in which role, when last, on which days, how often."""

    by: int | None
    by_name: str
    last: date
    times: int = 0
    roles: str = ""
    days: dict[date, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """A student together with the footing of the one who looks."""

    student: Student
    grounds: list[Ground[Any]]

    @property
    def keys(self) -> list[int]:
        """Under which keys the record speaks of this student: the rows merged into it count."""
        return [self.student.pk, *self.student.absorbed]  # type: ignore[attr-defined]

    @property
    def by_post(self) -> bool:
        """Seen as part of one's work; otherwise it is family, or the student."""
        return any(ground.key in BY_POST for ground in self.grounds)

    @property
    def as_family(self) -> bool:
        """Seen by the family or by the student, whatever else they are at this school."""
        return any(ground.key in ("child", "self") for ground in self.grounds)

    @property
    def is_self(self) -> bool:
        return any(ground.key == "self" for ground in self.grounds)


@page(May.SIGN_IN)
def student(request: PageRequest, pk: int) -> HttpResponse:
    """Who is this, who knows them well, and what is in place?"""
    today = timezone.localdate()
    seen = _noted(request, _with_siblings_and_days(pk, request.user, today), "student")
    row, user = seen.student, request.user
    if row.person.merged_into_id:
        return redirect("student", row.person.merged_into_id)
    unfold = seen.by_post and "folded" in request.GET
    if unfold:
        looked(request, row, page="folded away", why="Unfolded on purpose.", student_id=row.pk)
    around = around_plan.for_student(row, user)
    supports = for_student(row, user, unfold=unfold) if seen.by_post else []
    happened = what_happened(row, seen.keys, user, unfold=unfold) if seen.by_post else None
    return render(
        request,
        "web/student.html",
        {
            "student": row,
            "seen": seen,
            "teachers": teachers_of(row)[row.pk],
            "family": family_of(row),
            "siblings": [_sibling(told) for told in row.siblings],  # type: ignore[attr-defined]
            "around": around,
            "days": _days(seen, today),
            "by_law": around.by_law,
            "in_place": [support for support in supports if support.is_open],
            "before": [support for support in supports if not support.is_open],
            "happened": happened,
            "unfold": unfold,
            "looks": _looks(seen.keys)[:5] if not seen.by_post else [],
            "may_ask": seen.by_post and user.may(May.ASK_FOR_SUPPORT),
            "may_see_identity": user.may(May.SEE_IDENTITY),
        },
    )


def _days(seen: Seen, today: date) -> DaysAtSchool | None:
    """They came with the student; where rows were merged, all of them are counted."""
    row: Any = seen.student
    if row.absorbed:
        return days_at_school(seen.keys, today)
    return in_words({one["kind"]: one["n"] for one in row.days})


@page(May.SIGN_IN)
def who_can_see(request: PageRequest, pk: int) -> HttpResponse:
    """Who may open this student's page today, and why? And who did?"""
    seen = open_student(request, pk, "who_can_see")
    watchers = people_who_may_see(seen.student)
    may_see_looks = seen.as_family or request.user.may(May.SEE_AUDIT)
    looks = _looks(seen.keys) if may_see_looks else []
    roles = _roles_of([w.user.pk for w in watchers] + [look.by for look in looks if look.by])
    for look in looks:
        look.roles = roles.get(look.by or 0, look.roles)
    return render(
        request,
        "web/student_who.html",
        {
            "student": seen.student,
            "seen": seen,
            "groups": _by_footing(watchers, roles),
            "may_see_looks": may_see_looks,
            "looks": looks,
            "shared": shared_about(seen.student, request.user) if seen.as_family else [],
            "days": LOOKS_DAYS,
            "partners": _with_partners(seen, request.user),
        },
    )


def _with_partners(seen: Seen, user: User) -> WithPartners | None:
    """For the family and the student: how much partners were told."""
    return with_partners(seen.student, user) if seen.as_family else None


@page(May.SEE_IDENTITY)
def identity(request: PageRequest, pk: int) -> HttpResponse:
    """How has this family named gender, race and ethnicity, and since when?"""
    seen = open_student(request, pk, "identity")
    dated = Identity.objects.filter(person=seen.student.pk).order_by("-valid_from", "-pk")
    return render(
        request,
        "web/student_identity.html",
        {"student": seen.student, "seen": seen, "dated": [_in_words(row) for row in dated]},
    )


def open_student(request: PageRequest, pk: int, page: str) -> Seen:
    """The student, if this user may see them; that they looked is noted, and on what footing."""
    return _noted(request, _the_student(pk, request.user), page)


@written_once
def _the_student(pk: int, user: User) -> StudentQuerySet:
    students = Student.objects.visible_to(user).with_footing(user).with_absorbed()
    found: StudentQuerySet = students.select_related("person", "school").filter(pk=pk)
    return found


@written_once
def _with_siblings_and_days(pk: int, user: User, today: date) -> StudentQuerySet:
    beside = {"siblings": _siblings_for(user), "days": days_beside(today)}
    found: StudentQuerySet = _the_student.build(pk, user).annotate(**beside)
    return found


def _noted(request: PageRequest, found: list[Student], page: str) -> Seen:
    if not found:
        raise Http404
    row = found[0]
    grounds = Student.objects.all().footing_of(row)
    with translation.override(settings.LANGUAGE_CODE):
        reason = str(grounds[0].reason)
    looked(request, row, page=page, why=reason, student_id=row.pk)
    return Seen(row, grounds)


def _siblings_for(user: User) -> ArraySubquery:
    """Students with a guardian in common, as far as the reader may see them, too."""
    related = Guardianship.objects.filter(
        gone_on=None,
        guardian__guardianships__student=OuterRef(OuterRef("pk")),
        guardian__guardianships__gone_on=None,
    )
    siblings = Student.objects.visible_to(user).current().exclude(pk=OuterRef("pk"))
    shown = JSONObject(
        pk=F("pk"), grade=F("grade"), school=F("school__name"),
        **{path.removeprefix("person__"): F(path) for path in names("person")},
    )  # fmt: skip
    same = siblings.filter(pk__in=related.values("student")).order_by("grade", "pk")
    return ArraySubquery(same.values(row=shown))


def _sibling(told: dict[str, Any]) -> Student:
    pk, grade, school = told.pop("pk"), told.pop("grade"), told.pop("school")
    return Student(person=Person(pk=pk, **told), grade=grade, school=School(name=school))


def _looks(keys: list[int]) -> list[Looked]:
    """Who looked lately: by which name and in which role, on which days. The newest first."""
    since = timezone.now() - timedelta(days=LOOKS_DAYS)
    looks = Look.objects.filter(student_id__in=keys, at__gte=since).order_by("-at", "-pk")
    # Whoever comes by a link has no account: there the name tells one from another.
    found: dict[tuple[int | None, str], Looked] = {}
    for by, name, page_of, at in looks.values_list("by", "by_name", "page", "at")[:LOOKS_READ]:
        key = (by, "" if by else name)
        looked_by = found.setdefault(key, Looked(by, name, timezone.localdate(at)))
        looked_by.roles = looked_by.roles or str(WITHOUT_AN_ACCOUNT.get(page_of, ""))
        looked_by.days.setdefault(timezone.localdate(at))
        looked_by.times += 1
    return list(found.values())[:LOOKS_SHOWN]


def _roles_of(users: list[int]) -> dict[int, str]:
    """What each of these people is today, in words."""
    posts = Membership.objects.current().filter(user__in=users).values_list("user", "role")
    roles: dict[int, list[str]] = {}
    for user, role in posts.distinct():
        roles.setdefault(user, []).append(str(ROLES[role].name))
    return {user: ", ".join(held) for user, held in roles.items()}


def _by_footing(watchers: list[Watcher], roles: dict[int, str]) -> list[dict[str, Any]]:
    """People gathered under the first footing that holds for each, with the roles they have."""
    gathered: dict[str, list[tuple[str, str]]] = {key: [] for key in FOOTINGS}
    for watcher in watchers:
        key = next(g.key for g in StudentQuerySet.grounds if g.reason is watcher.reasons[0])
        gathered[key].append((watcher.user.name, roles.get(watcher.user.pk, "")))
    return [{"reason": FOOTINGS[key], "people": held} for key, held in gathered.items() if held]


def _in_words(row: Identity) -> dict[str, Any]:
    return {
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "gender": GENDERS.get(row.gender, row.gender),
        "hispanic": row.hispanic,
        "hispanic_reported": row.hispanic is not None,
        "races": [RACES.get(race, race) for race in row.races],
    }
