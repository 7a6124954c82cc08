"""Marcus tutors for the Valley Tutoring Collective: a person, from a day to a day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from hearth.access.visible import people_who_may_see, why
from hearth.people import actions
from hearth.people.models import PartnerWorker, Student
from hearth.schools.acting import acting_for
from tests.makers import make_partner_worker, make_person

EVERYBODY = ["rosa", "tom", "amina", "grace", "linh", "priya", "helen", "marcus", "joy"]
NAMES = {"Rosa Delgado", "Amina Yusuf", "Grace Okafor", "Priya Raman", "Helen Marsh", "Marcus Hale"}


@pytest.fixture
def marcus(cast):
    return PartnerWorker.objects.get(person=cast.person("marcus"))


def test_marcus_is_a_person_who_works_for_a_partner(cast, marcus):
    assert (marcus.organization, marcus.does) == ("Valley Tutoring Collective", "Tutor")
    assert marcus.person.user == cast.marcus


def test_those_who_refer_to_marcus_see_him_and_he_sees_himself(cast, marcus):
    told = {watcher.user.name for watcher in people_who_may_see(marcus)}
    assert told == NAMES
    for key in EVERYBODY:
        user = getattr(cast, key)
        sees = PartnerWorker.objects.visible_to(user).filter(pk=marcus.pk).exists()
        assert sees == (user.name in told) == bool(why(user, marcus)), key


def test_another_district_does_not_know_marcus(cast, marcus):
    with acting_for(cast.bristlecone.pk):
        assert not PartnerWorker.objects.exists()


def test_that_marcus_is_a_person_opens_no_student(cast):
    assert not Student.objects.visible_to(cast.marcus).exists()


def test_marcus_works_until_his_last_day(marcus):
    today = timezone.localdate()
    PartnerWorker.objects.update(ends=today)
    assert marcus in PartnerWorker.objects.current()
    PartnerWorker.objects.update(ends=today - timedelta(days=1))
    assert marcus not in PartnerWorker.objects.current()


def test_marcus_does_not_end_before_he_begins(marcus):
    with pytest.raises(IntegrityError, match="partner_work_ends_after"):
        PartnerWorker.objects.update(ends=date(2019, 1, 1))


def test_marcus_works_for_the_same_partner_once_at_a_time(marcus):
    with pytest.raises(IntegrityError, match="partner_work_once"):
        make_partner_worker(marcus.person, marcus.organization)


def test_a_second_entry_of_marcus_brings_its_work_along_and_takes_it_back(cast, marcus):
    second = make_person(cast.alder, "Marc", "Hale")
    clinic = make_partner_worker(second, "Creekside Clinic")
    merged = actions.merge(kept=marcus.person, absorbed=second, by=cast.helen)
    assert PartnerWorker.objects.filter(person=marcus.person).count() == 2
    actions.unmerge(merge=merged, by=cast.helen)
    clinic.refresh_from_db()
    assert clinic.person == second


def test_helen_reads_for_whom_marcus_works_when_she_compares(cast, client, marcus):
    second = make_person(cast.alder, "Marc", "Hale")
    client.force_login(cast.helen)
    words = client.get(f"/people/duplicates/{marcus.person_id}/{second.pk}/").content.decode()
    assert "partner worker, Valley Tutoring Collective" in words
