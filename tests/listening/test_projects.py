"""Rosa begins a listening project; whoever works at her school reads it, and changes stay known."""

from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import translation

from hearth.access.visible import people_who_may_see
from hearth.listening.actions import project as projects
from hearth.listening.actions.report import make_report
from hearth.listening.models import ListeningProject
from hearth.listening.reading.report_words import in_words
from tests.cast import Cast
from tests.listening.world import SAID, begin

POSTED = {
    **SAID, "session": "", "questions": "When do you feel at home here?\n\nWhat makes a day hard?",
}  # fmt: skip


def test_rosa_begins_a_project_and_tom_reads_it(cast: Cast) -> None:
    rosa, tom = Client(), Client()
    rosa.force_login(cast.rosa)
    tom.force_login(cast.tom)
    answer = rosa.post("/listening/new/", POSTED)
    made = ListeningProject.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert made.questions == SAID["questions"]
    page = tom.get(made.get_absolute_url()).content.decode()
    assert "What makes a day hard?" in page
    assert "Change the project" not in page


def test_what_staff_write_of_it_is_read_in_spanish_too(cast: Cast) -> None:
    """Where somebody wrote it so; else as it was written, and never by a machine."""
    rosa = Client()
    rosa.force_login(cast.rosa)
    spanish = {"title_es": "Un buen día", "purpose_es": "Para saber qué ayuda.",
               "questions_es": "¿Cuándo?\n¿Dónde?", "story": "We heard of gardens.",
               "story_es": "Nos hablaron de huertos."}  # fmt: skip
    made = begin(cast)
    rosa.post(f"/listening/{made.pk}/change/", POSTED | spanish)
    day = {"day": "2027-03-01", "what": "A forum", "what_es": "Un foro", "to_whom": "families",
           "to_whom_es": "las familias"}  # fmt: skip
    rosa.post(f"/listening/{made.pk}/days/new/", day)
    made.refresh_from_db()
    version, _new = make_report(project=made, by=cast.rosa)
    with translation.override("es"):
        told = in_words(version, ())
    assert (told["title"], told["questions"]) == ("Un buen día", ["¿Cuándo?", "¿Dónde?"])
    assert told["story"] == "Nos hablaron de huertos.", "the report begins with it"
    assert told["guiding_group"] == SAID["guiding_group"], "nobody wrote it in Spanish"
    assert in_words(version, ())["title"] == SAID["title"]
    rosa.cookies["django_language"] = "es"
    page = rosa.get(made.get_absolute_url()).content.decode()
    for words in ("Un buen día", "Para saber qué ayuda.", "¿Dónde?", "Un foro", "las familias"):
        assert words in page
    assert SAID["purpose"] not in page
    change = rosa.get(f"/listening/{made.pk}/change/").content.decode()
    assert "¿Cuándo?\n¿Dónde?" in change, "what was written is there to be changed"


def test_a_change_keeps_how_it_was(cast: Cast) -> None:
    made = begin(cast)
    projects.change_project(project=made, said=SAID | {"title": "A good day"}, by=cast.rosa)
    assert ListeningProject.objects.get().title == "A good day"
    history = apps.get_model("listening", "ListeningProjectEvent").objects.all()
    assert [row.title for row in history] == [SAID["title"]]


def test_what_comes_back_is_promised_and_then_done(cast: Cast) -> None:
    made = begin(cast)
    rosa = Client()
    rosa.force_login(cast.rosa)
    rosa.post(
        f"/listening/{made.pk}/days/new/",
        {"day": "2027-03-01", "what": "One page, read out", "to_whom": "every family"},
    )
    day = made.days.get()
    assert "every family" in rosa.get(made.get_absolute_url()).content.decode()
    rosa.post(f"/listening/days/{day.pk}/done/")
    day.refresh_from_db()
    assert day.done_on is not None


def test_a_form_that_is_sent_twice_makes_one_row(cast: Cast) -> None:
    """Pressed twice without a script. Other words by the same form, as after Back, are another."""
    rosa = Client()
    rosa.force_login(cast.rosa)
    opened = rosa.get("/listening/new/").headers["Location"]
    for _press in range(2):
        rosa.post(opened, POSTED)
    made = ListeningProject.objects.get()
    day = {"day": "2027-03-01", "what": "A forum", "to_whom": ""}
    days = rosa.get(f"/listening/{made.pk}/days/new/").headers["Location"]
    for what in ("A forum", "A forum", "A walk"):
        rosa.post(days, day | {"what": what})
    assert sorted(made.days.values_list("what", flat=True)) == ["A forum", "A walk"]
    survey = {"audience": "students", "title": "Us", "begin": "", "way": "open",
              "languages": ["en"], "opens": "2026-10-01", "closes": "2026-10-09"}  # fmt: skip
    at = f"/listening/{made.pk}/surveys/new/?form={uuid4()}"
    for _press in range(2):
        assert rosa.post(at, survey).status_code == 302
    assert made.surveys.count() == 1


@pytest.mark.parametrize("key", ["tom", "joy"])
def test_who_does_not_run_it_changes_nothing(cast: Cast, key: str) -> None:
    made, by = begin(cast), getattr(cast, key)
    with pytest.raises(PermissionDenied):
        projects.add_day(project=made, day=date(2027, 1, 4), what="x", to_whom="", by=by)


def test_those_of_the_school_and_the_district_see_it_and_nobody_else(cast: Cast) -> None:
    made = begin(cast)
    here = {watcher.user.name for watcher in people_who_may_see(made)}
    for user in (cast.rosa, cast.tom, cast.amina, cast.grace, cast.helen, cast.priya):
        assert ListeningProject.objects.visible_to(user).exists()
        assert user.name in here
    for user in (cast.joy, cast.linh, cast.login_of("sam"), cast.marcus):
        assert not ListeningProject.objects.visible_to(user).exists()
        assert user.name not in here
