"""A page for families speaks all of each language that families are written to in."""

import ast
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from hearth.kit.family_languages import LOCALE, family_languages
from hearth.partners.actions import consent as consents
from hearth.partners.models import Consent
from hearth.partners.paper import consent as consent_on
from hearth.partners.paper.hand_out import hand_out
from hearth.partners.paper.message import message
from hearth.partners.reading.sheet import sheet
from hearth.partners.tasks.outward import ask_family, ask_whether_met
from hearth.schools.models import School
from hearth.supports.actions import door
from hearth.supports.models import Team
from hearth.supports.paper import poster as posters
from hearth.supports.tasks.letters import tell_asker
from hearth.web.messages import told_to_families
from tests.cast import Cast
from tests.guards.english import english_in
from tests.guards.house import HEARTH, ROOT, addresses
from tests.partners.helping import Helping, helping
from tests.supports.test_door_pages import TYPED

LANGUAGES = list(family_languages())


@pytest.fixture
def help_there(cast: Cast) -> Helping:
    cache.clear()
    person = cast.minh_anh.person
    person.birth_date = timezone.localdate().replace(year=2016, day=4)
    person.save(update_fields=["birth_date"])
    Team.objects.create(district=cast.alder, school=cast.cottonwood, door_open=True)
    School.objects.create(district=cast.alder, name="Sycamore", slug="shut", source_id="shut")
    return helping(cast)


def phone(language: str, user: Any = None) -> Client:
    """An old telephone, set to this language."""
    client = Client(headers={"accept-language": f"{language};q=0.9, en;q=0.5"})
    if user:
        client.force_login(user)
        user.language = language
        user.save(update_fields=["language"])
    return client


def of_the_family(help_there: Helping, language: str) -> dict[str, list[str]]:
    """Every page for families by the name of its address, as a family meets it: also when something
    is wrong, and at every step of a consent."""
    waiting, back, out = help_there.asked(), help_there.asked(), help_there.sent()
    consents.answer(consent=back, yes=True, way=Consent.Way.LINK)
    consents.take_back(consent=back, by=None)
    no = consents.answer(consent=help_there.asked(), yes=False, way=Consent.Way.LINK)
    shut = help_there.asked()
    Consent.objects.filter(pk=shut.pk).update(wrong_tries=5)
    nobody, linh = phone(language), phone(language, help_there.cast.linh)
    born = help_there.cast.minh_anh.person.birth_date
    steps = [nobody.get(waiting.private_address()), nobody.get(shut.private_address())]
    steps.append(nobody.post(waiting.private_address(), {"birthday": "2001-01-01"}))
    steps.append(nobody.post(waiting.private_address(), {"birthday": "soon"}))
    for one in (waiting, back, no, out.consent):
        address = one.private_address()
        steps.append(nobody.post(address, {"birthday": born.isoformat()}, follow=True))
    steps.append(nobody.get(waiting.private_address().replace(str(waiting.key)[:8], "0" * 8)))
    steps.append(Client(enforce_csrf_checks=True, headers={"accept-language": language}).post(
        waiting.private_address(), {"answer": "yes"}))  # fmt: skip
    say = reverse("out:say", args=[waiting.pk])
    met, home = out.met_address(), reverse("out:at_home", args=[out.student_id])
    at = ["alder-valley", help_there.service.pk]
    find = reverse("offers:find", args=at[:1])
    wrong = {"asker": "", "reach_by": "sms", "reach_at": "12", "urgency": "now", "website": ""}
    ask = "/ask/alder-valley/cottonwood/"
    told = door.ask_at_door(school=help_there.cast.cottonwood, said=TYPED)
    urgent = door.ask_at_door(school=help_there.cast.cottonwood, said=TYPED | {"urgency": "now"})
    form = nobody.get(ask, follow=True)
    key = form.request["QUERY_STRING"]
    correct = nobody.get(reverse("offers:correct", args=at), follow=True)
    pages = {
        "consent:ask": steps,
        "consent:met": [nobody.get(met), nobody.post(met, {"met": ""}),
                        nobody.post(met, {"met": "partly"}, follow=True)],
        "out:at_home": [linh.get(home)],
        "out:say": [linh.post(say, {"answer": "yes"}, follow=True),
                    linh.post(say, {"answer": "no"}, follow=True)],
        "offers:find": [nobody.get(find), nobody.get(find, {"q": "xyz"}),
                        nobody.get(find, {"need": "talking", "language": "vi"})],
        "offers:offer": [nobody.get(reverse("offers:offer", args=at))],
        "offers:calendar": [],  # the organization's own words and hours
        "offers:correct": [correct, nobody.post(
            f"{reverse('offers:correct', args=at)}?{correct.request['QUERY_STRING']}", {})],
        "offers:thanks": [nobody.get(reverse("offers:thanks", args=at))],
        "door:ask": [form, nobody.post(f"{ask}?{key}", wrong),
                     nobody.get("/ask/alder-valley/shut/")],
        "door:told": [nobody.get(one.private_address()) for one in (told, urgent)],
    }  # fmt: skip
    return {name: [one.content.decode() for one in answers] for name, answers in pages.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_family_meets_no_english_on_pages_for_families(
    help_there: Helping, language: str
) -> None:
    pages = of_the_family(help_there, language)

    left = {name: found for name, answers in pages.items()
            for one in answers if (found := english_in(one, language))}  # fmt: skip
    assert not left, "Name their files in hearth/locale/families.toml and run `make messages`."
    assert all(f'<html lang="{language}"' in one for answers in pages.values() for one in answers)
    declared = {view.__module__ + view.__name__ for _address, view in addresses()
                if getattr(view, "families", False)}  # fmt: skip
    assert len(declared) == len(pages), "Each page for families is read here, in all its states."


def texts(drawn: Any) -> list[str]:
    """All that a paper prints, piece by piece."""
    if isinstance(drawn, dict | list):
        parts = drawn.values() if isinstance(drawn, dict) else drawn
        return [text for part in parts for text in texts(part)]
    return [str(drawn)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_in_letters_messages_and_on_paper(
    help_there: Helping, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, out = help_there.asked(language=language), help_there.sent()
    person = asked.adult.person
    person.email = "linh@families.example"
    person.save(update_fields=["email"])
    Consent.objects.filter(pk=out.consent_id).update(language=language)
    told = door.ask_at_door(
        school=help_there.cast.cottonwood,
        said=TYPED | {"reach_by": "email", "reach_at": person.email, "language": language},
    )
    door.set_aside(request=told, answer="Chào chị.", by=help_there.cast.rosa)
    mail.outbox.clear()
    here = {"district_id": help_there.cast.alder.pk}
    ask_family(consent_id=asked.pk, **here)
    ask_whether_met(out_id=out.pk, **here)
    tell_asker(request_id=told.pk, **here)
    said = [f"{letter.subject}\n{letter.body}" for letter in mail.outbox]
    assert len(said) == 3
    assert all(f"lang={language}" in one for one in said[:2])

    service = help_there.service
    with translation.override(language):
        facts = sheet(service, timezone.localtime())
    said.append(message(service, facts, help_there.cast.alder, language))
    for paper in (
        posters.poster(help_there.cast.cottonwood, help_there.cast.alder, language),
        hand_out(service, help_there.cast.alder, language),
        consent_on.paper(asked, timezone.localdate()),
    ):
        file = pypdf.PdfReader(BytesIO(paper))
        assert (len(file.pages), file.trailer["/Root"]["/Lang"]) == (1, language)
    drawn: list[str] = []
    for printing in (posters, consent_on):
        monkeypatch.setattr(printing, "pdf", lambda _file, words: drawn.extend(texts(words)) or b"")
    consent_on.paper(asked, timezone.localdate())
    posters.poster(help_there.cast.cottonwood, help_there.cast.alder, language)
    assert not english_in("<p>".join([*said, *drawn]), language)


def test_the_finder_finds_what_was_forgotten(help_there: Helping) -> None:
    page = Client().get(help_there.asked().private_address()).content.decode()

    assert "A question from your school" in english_in(page.replace('lang="en"', ""), LANGUAGES[0])


def test_a_page_that_is_not_for_families_stays_in_the_languages_of_the_house(
    help_there: Helping,
) -> None:
    linh = phone("vi", help_there.cast.linh)
    linh.cookies["django_language"] = "vi"

    today = linh.get("/").content.decode()
    assert '<html lang="en"' in today
    assert "Tiếng Việt" not in today
    home = linh.get(reverse("out:at_home", args=[help_there.cast.minh_anh.pk]))
    assert home.headers["Content-Language"] == "vi"
    for own_name in ("English", "Español", "Tiếng Việt"):
        assert own_name in home.content.decode()


def test_whatever_writes_in_a_familys_language_is_named_with_what_families_read() -> None:
    told, forgotten = told_to_families(), []
    # Not the one that decides the language, nor the demo, which only keeps it with a person.
    left = {"hearth/kit/spoken.py", "hearth/demo/settle.py"}
    for file in HEARTH.rglob("*.py"):
        name, source = file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        if name in left or "written_in" not in source:
            continue
        forgotten += [
            f"{name}:{call.lineno}"
            for call in ast.walk(ast.parse(source))
            if isinstance(call, ast.Call)
            and getattr(call.func, "id", getattr(call.func, "attr", "")) == "written_in"
            and call.lineno not in told.get(name, ())
        ]
    assert not forgotten, "Name the function in hearth/locale/families.toml; `make messages`."


def test_each_language_of_families_says_who_read_it_over() -> None:
    about = [file.parent.name for file in LOCALE.glob("*/about.toml")]
    assert sorted(about) == LANGUAGES
    for language in family_languages().values():
        assert language.name
        assert all(one.by and one.on for one in language.read_over)
