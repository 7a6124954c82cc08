"""A query that is written once keeps its text for the process, and nothing of anybody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hearth.access.models import User
from hearth.access.written import NotWrittenOnce, written_once
from hearth.demo import clock
from hearth.people.models import Student
from tests.cast import Cast


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
    assert built[0].name == ""
    with clock.on(timezone.localdate() + timedelta(days=1)):
        students.statement(cast.rosa)
    assert len(built) == 2


def test_it_asks_the_database_once_and_never_while_it_is_built(cast: Cast) -> None:
    students = written_once(_names)
    cast.rosa.standing  # noqa: B018 - read once a request, before any page
    with CaptureQueriesContext(connection) as asked:
        students.statement(cast.rosa)
    assert len(asked) == 0


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
