"""A query that is written once keeps its text for the process, and nothing of anybody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hearth.access.models import Membership, User
from hearth.access.written import FIRST, NotWrittenOnce, Typed, written_once
from hearth.demo import clock
from hearth.people.models import Student
from tests.cast import Cast
from tests.conftest import as_in_production
from tests.makers import make_user


def _names(user: User) -> QuerySet[Student, int]:
    return Student.objects.visible_to(user).order_by("pk").values_list("pk", flat=True)


def test_each_reader_gets_their_own_rows_from_one_text(cast: Cast) -> None:
    students = written_once(_names)
    for reader in (cast.rosa, cast.tom, cast.linh, cast.tom, cast.rosa):
        assert students(reader) == list(_names(reader))
    assert students(cast.linh) != students(cast.rosa)


def test_whoever_loses_a_role_reads_nothing_in_the_next_request(cast: Cast) -> None:
    students = written_once(_names)
    assert students(cast.rosa)
    cast.rosa.memberships.update(ends=timezone.localdate() - timedelta(days=1))
    assert students(User.objects.get(pk=cast.rosa.pk)) == []


def test_looking_through_toms_eyes_one_sees_what_both_may_see(cast: Cast) -> None:
    students = written_once(_names)
    alone = students(cast.tom)
    through = User.objects.get(pk=cast.tom.pk)
    through.viewed_by = cast.linh
    assert students(through) == list(_names(through)) != alone


def test_the_text_is_put_together_once_for_a_role_and_anew_on_another_day(cast: Cast) -> None:
    built: list[User] = []

    @written_once
    def students(user: User) -> QuerySet[Student, int]:
        built.append(user)
        return _names(user)

    students.statement(cast.rosa)
    students.statement(User.objects.get(pk=cast.rosa.pk))
    assert len(built) == 1
    assert built[0].pk != cast.rosa.pk
    with clock.on(timezone.localdate() + timedelta(days=1)):
        students.statement(cast.rosa)
    assert len(built) == 2


def test_it_asks_the_database_once_and_never_while_it_is_built(cast: Cast) -> None:
    students = written_once(_names)
    cast.rosa.standing  # noqa: B018 - read once a request, before any page
    with CaptureQueriesContext(connection) as asked:
        students.statement(cast.rosa)
    assert len(asked) == 0


def test_one_text_serves_two_coordinators_each_their_own(cast: Cast) -> None:
    """Rosa at Cottonwood, and Ana in the same role at Sam's school."""
    students = written_once(_names)
    ana = make_user(cast.alder, "Ana Ruiz", "coordinator", school=cast.sam.school)
    assert students(cast.rosa) == list(_names(cast.rosa))
    assert students(ana) == list(_names(ana)) == [cast.sam.pk]
    assert cast.minh_anh.pk in students(cast.rosa)
    assert cast.sam.pk not in students(cast.rosa)
    assert len(students.kept) == 1


def test_another_role_at_another_school_is_another_text(cast: Cast) -> None:
    """Ben teaches at Cottonwood and coordinates at Sam's school; Cleo the other way round."""
    students = written_once(_names)
    for name, teaches, leads in [
        ("Ben", cast.cottonwood, cast.sam.school), ("Cleo", cast.sam.school, cast.cottonwood),
    ]:  # fmt: skip
        both = make_user(cast.alder, name, "teacher", school=teaches)
        Membership.objects.create(
            district=cast.alder, user=both, role="coordinator", school=leads,
            starts=timezone.localdate(),
        )  # fmt: skip
        assert students(both) == list(_names(both)) != []
        Membership.objects.filter(user=both, role="teacher").delete()
        assert students(User.objects.get(pk=both.pk)) == list(_names(both))
    assert len(students.kept) == 2


def test_a_build_that_makes_a_difference_by_key_is_found_in_tests(cast: Cast) -> None:
    """What the text cannot tell: for one user, by their key, another query."""
    rosa = cast.rosa.pk

    def but_rosa_sees_all(user: User) -> QuerySet[Student, int]:
        everybody = Student.objects.order_by("pk").values_list("pk", flat=True)
        return everybody if user.pk == rosa else _names(user)

    students = written_once(but_rosa_sees_all)
    assert students(cast.tom) == list(_names(cast.tom))
    with pytest.raises(AssertionError):
        students(cast.rosa)
    assert as_in_production(students, cast.rosa) == list(_names(cast.rosa))


def test_a_build_that_takes_the_first_of_some_keys_is_found_in_tests(cast: Cast) -> None:
    def lowest(keys: tuple[int, ...]) -> QuerySet[Student]:
        return Student.objects.filter(pk=min(keys)).exclude(pk=max(keys))

    two = sorted((cast.diego.pk, cast.sam.pk), reverse=True)
    with pytest.raises(AssertionError):
        written_once(lowest)(tuple(two))


@pytest.mark.parametrize("column", ["name", "email", "language", "is_active", "district"])
def test_a_build_that_asks_who_the_user_is_is_refused(cast: Cast, column: str) -> None:
    def named(user: User) -> QuerySet[Student]:
        return Student.objects.all() if getattr(user, column) else Student.objects.none()

    with pytest.raises(NotWrittenOnce):
        written_once(named).statement(cast.rosa)


def test_what_is_refused_is_built_where_it_is_asked(cast: Cast) -> None:
    def of_rosa_alone(user: User) -> QuerySet[Student, int]:
        return _names(user) if user.name == cast.rosa.name else _names(user).none()

    students = written_once(of_rosa_alone)
    assert as_in_production(students, cast.rosa) == list(_names(cast.rosa)) != []
    assert as_in_production(students, cast.tom) == []


@pytest.mark.parametrize("key", [0, -1, FIRST, FIRST + 1, 10**30])
def test_a_key_that_no_row_has_finds_none(cast: Cast, key: int) -> None:
    """Somebody may write any number into an address; also one that stands in for another."""

    def one(key: int, user: User) -> QuerySet[Student]:
        return Student.objects.visible_to(user).filter(pk=key)

    student = written_once(one)
    assert student.statement(cast.diego.pk, cast.rosa)
    with pytest.raises(NotWrittenOnce):
        student.statement(key, cast.rosa)
    assert as_in_production(student, key, cast.rosa) == []


def test_yes_is_not_one_and_a_name_is_not_a_value(cast: Cast) -> None:
    @written_once
    def students(some: object = None, other: object = None) -> QuerySet[Student]:
        return Student.objects.filter(local_id=f"{some} {other}")

    said: set[str] = set()
    for asked in (
        students.statement(True), students.statement(other=True),
        students.statement("other", True), students.statement(some=True),
    ):  # fmt: skip
        assert asked is not None
        said |= set(asked[1])
    assert said == {"True None", "None True", "other True"}


def test_a_build_that_reads_is_refused(cast: Cast) -> None:
    def peeks(user: User) -> QuerySet[Student]:
        return Student.objects.filter(pk__in=list(_names(user)))

    with pytest.raises(NotWrittenOnce):
        written_once(peeks).statement(cast.rosa)


def test_a_key_that_does_not_stand_in_the_text_is_refused(cast: Cast) -> None:
    def at_least(user: User, n: int) -> QuerySet[Student]:
        return Student.objects.annotate(n=Count("guardianships")).filter(local_id=str(n))

    with pytest.raises(NotWrittenOnce):
        written_once(at_least).statement(cast.rosa, 2)


def test_a_row_is_no_key(cast: Cast) -> None:
    def siblings(student: Student) -> QuerySet[Student]:
        return Student.objects.filter(pk=student.pk)

    with pytest.raises(NotWrittenOnce):
        written_once(siblings).statement(cast.diego)


def test_what_somebody_typed_is_asked_for_and_kept_nowhere(cast: Cast) -> None:
    @written_once
    def students(user: User, name: str, other: str) -> QuerySet[Student, str]:
        seen = Student.objects.visible_to(user)
        named = seen.filter(person__family_name__in=[name, other]) if name else seen
        return named.order_by("pk").values_list("person__family_name", flat=True)

    def named(*typed: str) -> list[str]:
        return students(cast.rosa, *map(Typed, typed))

    assert named("Nguyễn", "Nobody") == ["Nguyễn"]
    assert named("Nobody", "O'Brien-Ruiz") == ["O'Brien-Ruiz"]
    assert len(students.kept) == 1
    assert not any(name in repr(vars(students)) for name in ("Nguyễn", "O'Brien", "Nobody"))
    assert named("Nguyễn", "Nguyễn") == ["Nguyễn"]
    assert len(named("", "")) == 2, "blank asks for nothing"


def test_what_somebody_typed_is_not_hidden_in_another_value(cast: Cast) -> None:
    @written_once
    def students(user: User, name: str) -> QuerySet[Student, int]:
        seen = Student.objects.visible_to(user)
        return seen.filter(person__family_name__contains=name).values_list("pk", flat=True)

    with pytest.raises(NotWrittenOnce):
        students.statement(cast.rosa, Typed("guy"))
