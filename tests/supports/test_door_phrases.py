"""Words that make Hearth stop and help: which are found, and which are not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.supports.rules import phrases
from hearth.supports.rules.phrases import Phrase, asks_for_assessment, found, shipped, with_own

SUNDAY = date(2026, 11, 22)


def kinds(text: str) -> set[str]:
    return {one.phrase.kind for one in found(text, shipped(), SUNDAY)}


@pytest.mark.parametrize(
    "text",
    [
        "He said he doesn’t want to live.",
        "SHE  WANTS\nTO DIE 😢",
        "Diego talks about suicide.",
        "He wrote: I'm going to kill myself",
        "Diego said his father hits him",
        "Her stepdad beats her",
        "She is afraid to go home.",
        "He brought a knife to school",
        "Dice que se quiere morir",
        "No quiero vivir",
        "mi hija se corta los brazos",
        "Mi papá me pega",
        "habla de SUICÍDIO",
        "Em ấy muốn chết",
        "muốn tự tử",
    ],
)
def test_danger_is_found(text: str) -> None:
    assert "danger" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "He executes his plans and has shortcuts for everything.",
        "She doesn't want to live with her aunt in Fresno.",
        "Diego hurt himself playing soccer and laughed about it.",
        "She plays the viola.",
        "Làm từ từ thôi",
        "Le pega a la pelota muy fuerte",
        "Ya no quiere vivir con su tío",
        "Reading is killing his joy; the test was a bomb.",
        "",
        "🙂",
    ],
)
def test_ordinary_words_are_not_danger(text: str) -> None:
    assert "danger" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "belongs"),
    [
        ("She is pregnant", "minor_consent"),
        ("Mi hija está embarazada", "minor_consent"),
        ("He told me in confidence that", "in_confidence"),
        ("They came out as bisexual", "in_confidence"),
        ("The family is undocumented", "never_asked"),
    ],
)
def test_a_private_word_says_where_it_belongs(text: str, belongs: str) -> None:
    listed = phrases.of_kind(phrases.PRIVATE, shipped())
    assert belongs in {one.phrase.leads_to for one in found(text, listed, SUNDAY)}


def test_growing_in_confidence_is_no_secret() -> None:
    assert "private" not in kinds("Minh Anh is growing in confidence. Its her own way.")


@pytest.mark.parametrize(
    "text",
    [
        "Please evaluate him for special education",
        "Mom wants an IEP",
        "Could she be tested for dyslexia?",
        "Quiero que la evalúen",
        "Solicito una evaluación para mi hijo",
        "an I.E.P., please",
    ],
)
def test_asking_for_an_assessment_is_heard_in_any_words(text: str) -> None:
    assert asks_for_assessment(text) == "special_education"


@pytest.mark.parametrize("text", ["He needs a 504 plan", "quiero un plan 504"])
def test_asking_for_a_504_plan_is_heard(text: str) -> None:
    assert asks_for_assessment(text) == "section_504"


@pytest.mark.parametrize(
    "text", ["He has an IEP and likes room 504", "Tiene un plan 504", "Reads for pleasure"]
)
def test_a_plan_that_stands_already_is_no_request(text: str) -> None:
    assert asks_for_assessment(text) is None


def test_a_phrase_holds_from_its_day_to_its_last() -> None:
    word = Phrase("danger", "en", "dragon", SUNDAY, SUNDAY + timedelta(days=1))
    days = [SUNDAY + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [bool(found("A dragon!", [word], day)) for day in days] == [False, True, True, False]


def test_a_district_ends_a_shipped_phrase_and_adds_its_own() -> None:
    ended = Phrase("danger", "en", "OVERDOS*", date(2026, 7, 1), SUNDAY - timedelta(days=1))
    own = Phrase("danger", "en", "the bridge", SUNDAY)
    listed = with_own([ended, own])
    assert not found("He overdosed", listed, SUNDAY)
    assert found("She went up on the BRIDGE", listed, SUNDAY)


def test_every_shipped_phrase_is_dated_sourced_and_leads_somewhere() -> None:
    for phrase in shipped():
        assert phrase.valid_from <= SUNDAY
        assert phrase.source
        assert phrase.words.strip()
        assert bool(phrase.leads_to) == (phrase.kind != "danger"), phrase


def test_every_shipped_phrase_is_found_in_its_own_first_words() -> None:
    for phrase in shipped():
        said = " ".join(slot.split("/")[0].rstrip("*") for slot in phrase.words.split())
        bare = Phrase(phrase.kind, phrase.language, phrase.words, SUNDAY, accents=phrase.accents)
        assert found(said, [bare], SUNDAY), phrase.words


@given(st.text(max_size=60), st.text(max_size=60))
def test_danger_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    word = Phrase("danger", "en", "want to die", SUNDAY)
    assert found(f"{before} wánt   TO die. {after}", [word], SUNDAY)


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text: str) -> None:
    found(text, shipped(), SUNDAY)
