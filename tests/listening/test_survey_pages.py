"""A survey from the address on a poster to what is told: pages, without a browser."""

import io

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from hearth.listening.actions import survey as surveys
from hearth.listening.models import Survey, TextPage
from hearth.listening.rules.ticket import ticket
from hearth.listening.tasks import sealing
from hearth.schools.acting import acting_for
from tests import cast as cast_maker
from tests.cast import Cast
from tests.listening.traces import moment, rows_in, tables, traces
from tests.listening.world import SHEET, asked_by_mail, count, make, opened, say


def address(survey: Survey, rest: str = "") -> str:
    return f"/say/alder-valley/{survey.key}/{rest}"


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_sam_answers_from_a_phone_and_is_thanked_once(cast: Cast) -> None:
    survey, sam = opened(cast), Client()
    page = sam.get(address(survey)).content.decode()
    assert "<legend" in page
    assert 'type="radio"' in page
    answer = sam.post(address(survey), {"grade": "g4", "home": "4", "better": "Music"})
    assert answer.headers["Location"] == address(survey, "thanks/")
    assert "Thank you. It is counted." in sam.get(address(survey, "thanks/")).content.decode()
    assert count(survey, "of", "g4", "home", "4") == 1
    again = sam.get(address(survey)).content.decode()
    assert "From this device somebody has answered already." in again
    assert "<legend" in sam.get(address(survey) + "?again=1").content.decode()


def test_a_family_answers_in_spanish(cast: Cast) -> None:
    survey = opened(cast)
    linh = Client(headers={"accept-language": "es"})
    page = linh.get(address(survey)).content.decode()
    assert "Un buen día" in page
    assert "Puede dejar sin contestar lo que quiera." in page
    linh.post(address(survey) + "?in=es", {"better": "Más música"})
    assert TextPage.objects.get(question="better", held=False).texts[0]["in"] == "es"


def test_on_a_tablet_for_everybody_nothing_stays_and_the_next_one_answers(cast: Cast) -> None:
    survey, tablet = opened(cast), Client()
    for _ in range(2):
        page = tablet.get(address(survey) + "?kiosk=1").content.decode()
        assert "data-draft=" not in page
        answer = tablet.post(address(survey), {"home": "2", "kiosk": "1"})
        assert answer.headers["Location"].endswith("thanks/?kiosk=1")
    assert count(survey, "n") == 2


def test_a_machine_that_fills_in_everything_is_not_counted(cast: Cast) -> None:
    survey = opened(cast)
    page = Client().post(address(survey), {"home": "2", "website": "http://spam"}).content.decode()
    assert "Please press send again" in page
    assert count(survey, "n") == 0


def test_a_link_of_ones_own_counts_once_and_only_for_its_survey(cast: Cast) -> None:
    survey, other = opened(cast, way="personal"), opened(cast, way="personal")
    mine = ticket(settings.SECRET_KEY, str(survey.key), 9)
    linh = Client()
    assert "<legend" in linh.get(address(survey, f"own/{mine}/")).content.decode()
    assert linh.get(address(other, f"own/{mine}/")).status_code == 404
    assert linh.post(address(other), {"ticket": mine, "home": "1"}).status_code == 404
    linh.post(address(survey), {"ticket": mine, "home": "1"})
    page = linh.post(address(survey), {"ticket": mine, "home": "4"}).content.decode()
    assert "This link has been used" in page
    assert count(survey, "n") == count(survey, "option", "home", "1") == 1
    assert "link of one&#x27;s own" in Client().get(address(survey)).content.decode()


def test_tom_reads_what_was_said_only_once_it_is_counted(cast: Cast) -> None:
    survey, tom = opened(cast), signed_in(cast.tom)
    for n in range(24):
        say(survey, grade="g3" if n < 13 else "g4", home="3", known="2", better=f"Idea {n}")
    for _ in range(4):
        say(survey, grade="g5", home="1")
    page = tom.get(f"/listening/surveys/{survey.pk}/").content.decode()
    assert "28 of 60 who are asked" in page
    assert tom.get(f"/listening/surveys/{survey.pk}/results/").status_code == 404
    assert tom.post(f"/listening/surveys/{survey.pk}/seal/").status_code == 403
    rosa = signed_in(cast.rosa)
    rosa.post(f"/listening/surveys/{survey.pk}/seal/")
    told = tom.get(f"/listening/surveys/{survey.pk}/results/").content.decode()
    assert "28 people answered." in told
    assert "Idea 7" in told
    assert "86 %" in told  # 24 of 28 feel at home
    assert "Grade 3" in told
    # A class of four, and one of eleven that would give it away.
    assert "Grade 5" not in told
    assert "Grade 4" not in told


def test_too_few_are_told_nothing(cast: Cast) -> None:
    survey = opened(cast)
    for _ in range(10):
        say(survey, home="1")
    surveys.seal(survey=survey, by=cast.rosa)
    page = signed_in(cast.tom).get(f"/listening/surveys/{survey.pk}/results/").content.decode()
    assert "Too few answered to tell what they said" in page
    assert "I feel at home here." not in page


def test_more_answers_than_people_are_flagged(cast: Cast) -> None:
    survey = opened(cast, known=12)
    for _ in range(13):
        say(survey, home="1")
    surveys.seal(survey=survey, by=cast.rosa)
    page = signed_in(cast.tom).get(f"/listening/surveys/{survey.pk}/results/").content.decode()
    assert "More answers came than the 12 people who were asked." in page


def test_rosa_looks_at_what_was_held_and_lets_others_read_it_without_the_name(cast: Cast) -> None:
    survey, rosa = opened(cast), signed_in(cast.rosa)
    for n in range(12):
        say(survey, better=f"Idea {n}")
    say(survey, better="Diego pushes everybody")
    held = f"/listening/surveys/{survey.pk}/held/"
    surveys.seal(survey=survey, by=cast.rosa)
    assert "duty to report" in rosa.get(f"/listening/surveys/{survey.pk}/").content.decode()
    assert "Diego pushes everybody" in rosa.get(held).content.decode()
    assert signed_in(cast.tom).get(held).status_code == 403
    page = survey.pages.get(held=True)
    said = {"page": page.pk, "said": "Diego pushes everybody", "instead": "Somebody pushes us"}
    rosa.post(held, said)
    told = signed_in(cast.tom).get(f"/listening/surveys/{survey.pk}/results/").content.decode()
    assert "Somebody pushes us" in told
    assert "Diego" not in told


def test_a_set_knows_whom_it_asks_and_ones_own_questions_do_not(cast: Cast) -> None:
    rosa, project = signed_in(cast.rosa), make(cast).project
    said = {"audience": "", "way": "open", "languages": ["en"], "opens": "2026-10-01",
            "closes": "2039-10-15"}  # fmt: skip
    rosa.post(f"/listening/{project.pk}/surveys/new/", said | {"begin_with": "staff"})
    assert Survey.objects.latest("pk").audience == "staff"
    page = rosa.post(f"/listening/{project.pk}/surveys/new/", said | {"begin_with": ""})
    assert "Please choose one." in page.content.decode()


def test_rosa_makes_a_survey_out_of_a_set_and_changes_it(cast: Cast) -> None:
    rosa, project = signed_in(cast.rosa), make(cast).project
    answer = rosa.post(
        f"/listening/{project.pk}/surveys/new/",
        {"begin_with": "families", "audience": "families", "way": "open",
         "languages": ["en", "es", "vi"], "opens": "2026-10-01", "closes": "2039-10-15"},
    )  # fmt: skip
    made = Survey.objects.latest("pk")
    build = f"/listening/surveys/{made.pk}/build/"
    assert answer.headers["Location"] == build
    assert "Families like ours are welcome" in rosa.get(build).content.decode()
    rosa.post(build, {"key": "words", "do": "remove"})
    rosa.post(build, {"key": "staff.time", "do": "add"})
    rosa.post(build, {"key": "time", "do": "up"})
    keys = [row["key"] for row in Survey.objects.get(pk=made.pk).sheet]
    assert "words" not in keys
    assert keys[-2:] == ["time", "need"]
    rosa.post(
        f"/listening/surveys/{made.pk}/questions/new/",
        {"kind": "choice", "words_en": "Do you walk to school?", "words_es": "¿Vienen a pie?",
         "options_en": "Yes\nNo", "options_es": "Sí\nNo", "only_if": ["welcome:1"]},
    )  # fmt: skip
    row = Survey.objects.get(pk=made.pk).sheet[-1]
    assert row["options"][0]["words"] == {"en": "Yes", "es": "Sí"}
    assert row["if"] == {"question": "welcome", "options": ["1"]}
    page = rosa.post(
        f"/listening/surveys/{made.pk}/questions/{row['key']}/",
        {"kind": "choice", "words_en": "Do you walk?", "options_en": "Yes\nNo", "options_es": "Sí"},
    ).content.decode()
    assert "Write as many answers in each language" in page
    rosa.post(f"/listening/surveys/{made.pk}/open/")
    assert rosa.get(build).status_code == 404
    assert "<legend" in Client().get(address(made)).content.decode()


@pytest.fixture
def everybody(transactional_db: None) -> Cast:
    return cast_maker.world()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_signed_in_or_not_no_page_leaves_a_trace_beside_the_answer(everybody: Cast) -> None:
    """Sam is signed in: his session, his address on the internet and the minute stay out of it."""
    with acting_for(everybody.alder.pk):
        survey = opened(everybody)
    sam = signed_in(everybody.login_of("sam"))
    sam.get("/")
    before, since = {table: rows_in(table) for table in tables()}, moment()
    for n in range(30):
        sam.get(address(survey) + "?again=1")
        sam.post(address(survey), {"home": str(1 + n % 4), "better": f"Idea {n * 7 % 30:02}"})
    login = everybody.login_of("sam")
    assert traces(since, before, 30, {login.email, login.name}) == []


def test_a_survey_by_links_of_their_own_opens_once_somebody_is_asked(cast: Cast) -> None:
    survey, rosa = make(cast, way="personal", audience="families"), signed_in(cast.rosa)
    page = rosa.post(f"/listening/surveys/{survey.pk}/open/", follow=True).content.decode()
    assert "Settle whom to ask before it opens." in page
    assert Survey.objects.get(pk=survey.pk).opened_at is None


def test_a_link_that_is_none_is_not_found_however_long(cast: Cast) -> None:
    survey = asked_by_mail(cast)
    slot = survey.invitations.get(person=cast.diego.person).slot
    own = ticket(settings.SECRET_KEY, str(survey.key), slot)
    for told in ("f" * 5000 + "-x", f"0x{own}", f"0{own}", "-1-x", own.upper() + "Z"):
        assert Client().post(address(survey), {"ticket": told}).status_code == 404, told[:9]
        assert Client().get(f"{address(survey)}own/{told}/").status_code == 404
        assert Client().get(f"{address(survey)}own/{told}/quiet/").status_code == 404
    assert Client().get(f"{address(survey)}own/{own}/").status_code == 200


def test_a_number_that_no_school_has_is_sent_back(cast: Cast) -> None:
    survey, rosa = opened(cast), signed_in(cast.rosa)
    for name in ("known", "of_g3"):
        said = {"closes": "2039-01-01", name: "2147483648"}
        page = rosa.post(f"/listening/surveys/{survey.pk}/change/", said).content.decode()
        assert "100000" in page.replace(",", "")


def test_each_family_has_a_link_and_rosa_sees_who_has_not_used_it(cast: Cast) -> None:
    survey, rosa = make(cast, way="personal", audience="families"), signed_in(cast.rosa)
    asked = f"/listening/surveys/{survey.pk}/asked/"
    rosa.post(asked)
    rosa.post(f"/listening/surveys/{survey.pk}/open/")
    page = rosa.get(asked).content.decode()
    assert cast.person("linh").called in page
    invitation = survey.invitations.get()
    link = ticket(settings.SECRET_KEY, str(survey.key), invitation.slot)
    assert link in page
    Client().post(address(survey), {"ticket": link, "home": "4"})
    assert "Everybody has answered" in rosa.get(asked).content.decode()
    assert signed_in(cast.tom).get(asked).status_code == 403


def test_a_survey_prints_as_poster_and_on_paper(cast: Cast) -> None:
    survey, rosa = opened(cast), signed_in(cast.rosa)
    for kind, words in (("poster", "Un buen día"), ("paper", "I feel at home here.")):
        answer = rosa.get(f"/listening/surveys/{survey.pk}/{kind}/es/")
        pages = PdfReader(io.BytesIO(answer.content)).pages
        assert words in " ".join(page.extract_text() for page in pages)
    assert rosa.get(f"/listening/surveys/{survey.pk}/paper/vi/").status_code == 404


def test_whose_last_day_is_over_is_counted_by_itself(cast: Cast) -> None:
    over, running = opened(cast), opened(cast)
    Survey.objects.filter(pk=over.pk).update(closes="2021-01-01")
    sealing.seal_what_is_over(timestamp=0)
    sealed = dict(Survey.objects.values_list("pk", "sealed_at"))
    assert sealed[over.pk] is not None
    assert sealed[running.pk] is None


def test_a_scale_is_called_by_its_words_and_ones_own_by_its_name(cast: Cast) -> None:
    own = [row | {"scale": "Mi escuela"} if row["key"] in ("home", "known") else row
           for row in SHEET]  # fmt: skip
    for sheet, called in ((SHEET, "Pertenencia"), (own, "Mi escuela")):
        survey = opened(cast, sheet=sheet)
        for n in range(12):
            say(survey, home=str(1 + n % 4), known=str(1 + n % 3))
        surveys.seal(survey=survey, by=cast.rosa)
        tom = signed_in(cast.tom)
        tom.cookies["django_language"] = "es"
        page = tom.get(f"/listening/surveys/{survey.pk}/results/").content.decode()
        assert f"<bdi>{called}</bdi>" in page
