"""Linh reads who at the partner opened what was sent about Minh Anh, and when."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.audit.models import Look
from hearth.demo import clock
from hearth.partners.reading.looked import BY_FAMILY, BY_LINK
from tests.cast import Cast
from tests.partners.helping import Helping, helping
from tests.partners.test_out_pages import browser, read


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    return helping(cast)


class TestWhoLooked:
    def test_linh_reads_who_opened_it_there_and_when(self, help_there: Helping) -> None:
        out = help_there.sent()
        linh = browser(help_there.cast.linh)
        home = reverse("out:at_home", args=[help_there.cast.minh_anh.pk])
        assert "Nobody there has opened it yet." in read(linh.get(home))

        for name, day in (("Ines Duarte", "2026-11-16"), ("Ines Duarte", "2026-11-17")):
            with clock.on(date.fromisoformat(day)):
                Look.objects.create(
                    district_id=out.district_id, by=None, by_name=name, student_id=out.student_id,
                    about="partners.referralout", about_id=out.pk, page=BY_LINK, why="A code.",
                )  # fmt: skip

        page = read(linh.get(home))
        assert "Who opened it there:" in page
        assert "Ines Duarte" in page
        assert "Tuesday 17 November" in page
        assert "Monday 16 November" in page

    def test_whoever_came_by_a_link_is_told_apart(self, help_there: Helping) -> None:
        out = help_there.sent()
        for name, page in (("Linh Trần", BY_FAMILY), ("Ines Duarte", BY_LINK)):
            Look.objects.create(
                district_id=out.district_id, by=None, by_name=name, student_id=out.student_id,
                about="partners.referralout", about_id=out.pk, page=page, why="By a link.",
            )  # fmt: skip

        who = reverse("who_can_see", args=[help_there.cast.minh_anh.pk])
        page = read(browser(help_there.cast.linh).get(who)).split("Who looked lately")[1]
        assert "Linh Trần" in page
        assert "by the family" in page
        assert "Ines Duarte" in page
        assert "partner, by their link" in page

    def test_from_her_childs_page_it_is_one_tap(self, help_there: Helping) -> None:
        child = help_there.cast.minh_anh.pk
        home = reverse("out:at_home", args=[child])
        assert home in read(browser(help_there.cast.linh).get(reverse("student", args=[child])))
        assert home not in read(browser(help_there.cast.rosa).get(reverse("student", args=[child])))
