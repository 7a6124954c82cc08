"""What people say when they look for something, and what a telephone dials."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.partners.rules.calling import dialed
from hearth.partners.rules.needs import NEEDS, plain
from hearth.partners.rules.said import PHRASES, read_as

RAW = tomllib.loads((files("hearth.partners") / "needs.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # Rosa, with a mother beside her.
        ("somebody to talk to", ["talking"]),
        ("She needs someone she can talk to", ["talking"]),
        ("alguien con quien hablar", ["talking"]),
        ("¿Con quién puedo hablar?", ["talking"]),
        ("hungry", ["food"]),
        ("No tenemos qué comer", ["food"]),
        ("help with the rent", ["housing"]),
        ("ayuda para pagar la renta", ["housing"]),
        ("teeth", ["teeth_and_eyes"]),
        ("glasses", ["teeth_and_eyes"]),
        ("dolor de muelas", ["teeth_and_eyes"]),
        ("papers", ["legal"]),
        ("arreglar mis papeles", ["legal"]),
        ("a lawyer", ["legal"]),
        ("a place where we can sleep tonight", ["housing"]),
        ("no tenemos dónde dormir", ["housing"]),
        ("afraid at home", ["safety"]),
        ("tiene miedo en su casa", ["safety"]),
        ("somewhere to go after school", ["after_school"]),
        ("después de la escuela", ["after_school"]),
        ("learn English", ["adult_classes"]),
        ("aprender inglés", ["adult_classes"]),
        ("my son can't sleep", ["talking"]),
        ("diapers for the baby", ["little_ones"]),
        ("He drinks too much", ["recovery"]),
        ("DENTISTS", ["teeth_and_eyes"]),
        ("food and rent", ["food", "housing"]),
        ("she wants to die", ["talking", "safety"]),
        ("trente", []),
        ("", []),
        ("who is it for", []),
    ],
)
def test_plain_words_lead_to_a_need(typed: str, meant: list[str]) -> None:
    assert sorted(read_as(typed).needs) == sorted(meant)


def test_what_a_longer_phrase_has_taken_means_nothing_else() -> None:
    assert list(read_as("salud mental").needs) == ["talking"]  # and not a clinic
    assert list(read_as("the light bill").needs) == ["housing"]  # and not money
    assert list(read_as("English homework").needs) == ["learning"]  # and no class for adults


def test_a_language_is_read_beside_a_need_and_never_alone() -> None:
    for typed in ("Spanish-speaking counselor", "consejera en español", "a Spanish therapist"):
        assert list(read_as(typed).languages) == ["es"], typed
    assert read_as("doctor que hable vietnamita").languages == {"vi": ["vietnamita"]}
    assert read_as("Spanish").languages == {}
    assert read_as("doctor who speaks English").languages == {}


def test_what_is_not_meant_so_is_left_off_and_the_rest_stays() -> None:
    typed = "Spanish food and a ride"
    assert list(read_as(typed, off=["ride"]).needs) == ["food"]
    assert read_as(typed, off=["food", "ride"]).needs == {}
    assert read_as(typed, off=["spanish"]).languages == {}
    assert read_as("afraid at home", off=["afraid home"]).needs == {}


def test_every_need_is_said_in_both_languages_once() -> None:
    assert RAW.keys() == NEEDS.keys()
    for need, said in RAW.items():
        for name in ("words", "said_en", "said_es"):
            phrases = [plain(phrase) for phrase in said[name]]
            assert len(phrases) >= 3, f"{need} has too few {name}"
            again = {phrase for phrase in phrases if phrases.count(phrase) > 1}
            assert not again - {"crisis"}, f"{need} says {again} twice"
            for phrase in said[name]:
                assert need in read_as(phrase).needs, f"{phrase} does not lead to {need}"


@given(st.lists(st.sampled_from(sorted(PHRASES)), max_size=6), st.text(max_size=40))
def test_whatever_is_typed_is_read_without_harm(phrases: list[tuple[str, ...]], also: str) -> None:
    typed = " ".join([*(" ".join(phrase) for phrase in phrases), also])
    said = read_as(typed)
    assert set(said.needs) <= NEEDS.keys()
    assert read_as(typed, off=said.phrases()).needs == {}
    assert bool(said.needs) or not phrases


@pytest.mark.parametrize(
    ("written", "tel"),
    [
        ("(559) 555-0134", "tel:+15595550134"),
        ("1-559-555-0134", "tel:+15595550134"),
        ("559.555.0134 ext. 12", "tel:+15595550134;ext=12"),
        ("559-555-0134x12", "tel:+15595550134;ext=12"),
        ("1-800-273-TALK", "tel:+18002738255"),
        ("+52 55 1234 5678", "tel:+525512345678"),
        ("555-0134", "tel:5550134"),
        ("988", "tel:988"),
        ("ask at the desk", ""),
        ("555-0134 or 555-0135", ""),
        ("559-555-0134 559-555-0135", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialed_as_it_is_meant(written: str, tel: str) -> None:
    assert dialed(written) == tel


def test_an_extension_of_its_own_goes_along() -> None:
    assert dialed("555 0101", "7") == "tel:5550101;ext=7"
