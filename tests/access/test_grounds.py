"""One truth from three ends: which rows, which people, and why."""

import pytest

from hearth.access.models import User
from hearth.access.visible import people_who_may_see, why
from hearth.demo.cast import CAST
from hearth.people.models import Student
from hearth.supports.models import Referral
from tests import makers


@pytest.fixture
def everyone(cast):
    """All who sign in, three referrals by three people, and one role that has ended."""
    makers.make_referral(cast.diego, cast.tom)
    makers.make_referral(cast.minh_anh, cast.amina)
    makers.make_referral(cast.sam, cast.joy)
    emails = [member.email for member in CAST]
    return list(User.objects.filter(email__in=emails))


@pytest.mark.slow
def test_students_and_referrals_agree_from_all_three_ends(cast, everyone):
    assert len(everyone) >= 11
    for table in (Student, Referral):
        for row in table.objects.all():
            watchers = {watcher.user.pk: watcher.reasons for watcher in people_who_may_see(row)}
            for user in everyone:
                sees = table.objects.visible_to(user).filter(pk=row.pk).exists()
                reasons = why(user, row)
                where = f"{user.name} and {table.__name__} {row.pk}"
                assert sees == (user.pk in watchers) == bool(reasons), where
                assert [str(r) for r in watchers.get(user.pk, [])] == [str(r) for r in reasons], (
                    where
                )


def test_who_sees_diego(cast):
    seen_by = {watcher.user.name for watcher in people_who_may_see(cast.diego)}
    assert {"Rosa Delgado", "Tom Becker", "Amina Yusuf", "Grace Okafor", "Helen Marsh"} <= seen_by
    assert not {"Joy Castellanos", "Omar Haddad", "Marcus Hale", "Linh Trần"} & seen_by


def test_linh_sees_minh_anh_and_nobody_elses_child(cast):
    assert list(Student.objects.visible_to(cast.linh)) == [cast.minh_anh]


def test_sam_sees_only_himself(cast):
    assert list(Student.objects.visible_to(cast.login_of("sam"))) == [cast.sam]


def test_a_role_that_ended_yesterday_shows_nothing_more(cast, everyone):
    rosa = User.objects.get(pk=cast.rosa.pk)
    rosa.memberships.update(ends="2020-07-02")
    assert not Student.objects.visible_to(rosa).exists()
    assert "Rosa Delgado" not in {w.user.name for w in people_who_may_see(cast.diego)}


def test_while_viewing_only_what_both_may_see(cast):
    """Grace covers Cottonwood, Joy her own class at Larkspur: together nobody at all."""
    seen = User.objects.get(pk=cast.joy.pk)
    seen.viewed_by = User.objects.get(pk=cast.grace.pk)
    assert list(Student.objects.visible_to(seen)) == []
    seen = User.objects.get(pk=cast.tom.pk)
    seen.viewed_by = User.objects.get(pk=cast.helen.pk)
    assert set(Student.objects.visible_to(seen)) == {cast.diego, cast.minh_anh}
